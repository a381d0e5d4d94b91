internal import Disks

/// A file system on a disk, as the commands for files take it.
enum FileSystem {
    /// One that looks like FAT, or what U-Boot says when it looks closer and finds that it is not.
    case fat(FATVolume?, complaint: ByteString)
    case ext(ExtVolume)

    /// The kinds that U-Boot knows, in the order in which it tries them.
    enum Kind {
        case fat, ext
    }

    /// The name that `fstype` gives.
    var name: ByteString {
        switch self {
        case .fat: "fat"
        case .ext: "ext4"
        }
    }
}

extension Machine {
    /// The file system of a place, of one kind or of any; nil if there is none.
    mutating func fileSystem(at place: DiskPlace, wanted: FileSystem.Kind?) -> FileSystem? {
        guard let slice = place.slice else { return nil }
        if wanted != .ext, FATVolume.isPresent(in: slice) {
            do throws(FATVolume.Problem) {
                return .fat(try FATVolume(slice), complaint: "")
            } catch {
                return .fat(nil, complaint: release >= .v2025_01 ? "" : Self.complaint(error))
            }
        }
        guard wanted != .fat else { return nil }
        guard let volume = reportingFailedReads(of: place.device.disk, { _ in ExtVolume(slice) }) else { return nil }
        let unknown = volume.neededFeatures & ~Self.knownFeatures
        if release >= .v2025_01, unknown != 0 {
            print("fs uses incompatible features: \(hex: unknown, width: 8), ignoring\n")
        }
        return .ext(volume)
    }

    /// The features of ext4 that U-Boot 2025.01 does not warn of.
    private static let knownFeatures: UInt32 = 0x123c6

    private static func complaint(_ problem: FATVolume.Problem) -> ByteString {
        switch problem {
        case .unreadable: ""
        case .sectorSize(let size): "Error: FAT sector size mismatch (fs=\(size), dev=512)\n"
        case .noClusterSize: "Error: FAT cluster size not set\n"
        case .clusterSize(let size): "Error: FAT cluster size too big (cs=\(size), max=\(FATVolume.largestCluster))\n"
        }
    }

    /// The volume of a FAT file system; without one says why.
    mutating func fatVolume(of fileSystem: FileSystem?) -> FATVolume? {
        guard case .fat(let volume, let complaint)? = fileSystem else { return nil }
        print(complaint)
        return volume
    }

    /// Prints what U-Boot says where a disk ends inside a partition.
    mutating func reportingFailedReads<Result>(
        of disk: Disk, _ body: (inout Machine) throws -> Result
    ) rethrows -> Result {
        let before = disk.failedReadCount
        let badExtents = disk.badExtentCount
        let result = try body(&self)
        for _ in badExtents..<disk.badExtentCount { print("invalid extent block\n") }
        for _ in before..<disk.failedReadCount { print(" ** fs_devread read error - block\n") }
        return result
    }

    /// The place that a command for files names, and its file system; prints what is wrong, as far as U-Boot does.
    mutating func filePlace(
        _ interface: ByteString, _ device: ByteString?, wanted: FileSystem.Kind?
    ) -> (place: DiskPlace, fileSystem: FileSystem)? {
        let place: DiskPlace?
        if let device, let named = namedPlace(interface, device) {
            place = named
        } else {
            place = diskPlace(interface, device, allowsWhole: true)
            if place == nil { print("Couldn't find partition \(interface) \(device ?? "<NULL>")\n") }
        }
        guard let place, let fileSystem = fileSystem(at: place, wanted: wanted) else { return nil }
        return (place, fileSystem)
    }

    /// Finds `DEVICE#NAME`, a partition by its name; nil where it is not that, or there is none.
    private mutating func namedPlace(_ interface: ByteString, _ word: ByteString) -> DiskPlace? {
        guard let mark = word.bytes.firstIndex(of: UInt8(ascii: "#")) else { return nil }
        let name = ByteString(word.bytes[(mark + 1)...])
        guard let device = blockDevice(interface, ByteString(word.bytes[..<mark])) else { return nil }
        guard let info = partition(named: name, on: device) else {
            print("Could not find \"\(name)\" partition\n")
            return nil
        }
        return DiskPlace(device: device, partition: info.number, info: info)
    }
}
