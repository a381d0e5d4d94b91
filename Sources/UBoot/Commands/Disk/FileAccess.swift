internal import Disks

/// A file on a disk that was found.
enum FoundFile {
    case fat(FATVolume, FATVolume.Node)
    case ext(ExtVolume, ExtVolume.File)

    /// The length in bytes that U-Boot takes it to have.
    var byteCount: Int {
        switch self {
        case .fat(_, .root): 0
        case .fat(_, .entry(let entry)): entry.isDirectory ? 0 : entry.byteCount
        case .ext(_, let file): file.byteCount
        }
    }

    /// Where its bytes are from a position on; nil where none can be read.
    func runs(from position: Int, limit: Int) -> FATVolume.FileRuns? {
        switch self {
        case .fat(let volume, .entry(let entry)):
            return entry.isDirectory ? nil : volume.runs(of: entry, from: position, limit: limit)
        case .fat: return nil
        case .ext(let volume, let file):
            return volume.runs(of: file, from: position, limit: limit).map { FATVolume.FileRuns(runs: $0) }
        }
    }
}

extension Machine {
    /// Finds what U-Boot opens under a name: on FAT also a folder, on ext only a file.
    mutating func open(_ path: ByteString, in fileSystem: FileSystem, of place: DiskPlace) -> FoundFile? {
        switch fileSystem {
        case .fat:
            guard let volume = fatVolume(of: fileSystem) else { return nil }
            return volume.find(path.bytes).map { .fat(volume, $0) }
        case .ext(let volume):
            return reportingFailedReads(of: place.device.disk) { machine in
                guard let file = machine.find(path, in: volume), file.kind == .file else { return nil }
                return .ext(volume, file)
            }
        }
    }

    /// Finds what has a name on an ext file system; says where a folder ends in an entry of no length.
    mutating func find(_ path: ByteString, in volume: ExtVolume) -> ExtVolume.File? {
        var broken: [[UInt8]] = []
        let found = volume.find(path.bytes) { broken.append($0) }
        for name in broken { print("Failed to iterate over directory \(ByteString(name))\n") }
        return found
    }
}

/// The commands `size`, `fatsize`, `ext4size`, and `test -e`.
enum FileSizes {
    static func run(_ call: CommandCall, _ machine: inout Machine, _ wanted: FileSystem.Kind?) -> CommandStatus {
        guard call.count == 4 else { return .usage }
        guard let (place, fileSystem) = machine.filePlace(call.word(1), call[2], wanted: wanted) else {
            return .failure
        }
        guard let file = machine.open(call.word(3), in: fileSystem, of: place) else { return .failure }
        machine.environment.set("filesize", "\(hex: file.byteCount)")
        return .success
    }

    /// Whether a file is there, as `test -e INTERFACE DEVICE[:PARTITION] FILE` asks.
    static func exists(
        _ interface: ByteString, _ device: ByteString, _ path: ByteString, _ machine: inout Machine
    ) -> Bool {
        guard let (place, fileSystem) = machine.filePlace(interface, device, wanted: nil) else { return false }
        if case .ext(let volume) = fileSystem, machine.release >= .v2025_01 {
            return machine.reportingFailedReads(of: place.device.disk) { $0.find(path, in: volume) != nil }
        }
        return machine.open(path, in: fileSystem, of: place) != nil
    }
}
