/// A FAT12, FAT16 or FAT32 file system as U-Boot sees it.
public struct FATVolume {
    /// How wide the entries of the allocation table are.
    public enum Width: Int, Sendable {
        case bits12 = 12
        case bits16 = 16
        case bits32 = 32

        /// The first value that ends a chain.
        var endMark: Int {
            switch self {
            case .bits12: 0xff0
            case .bits16: 0xfff0
            case .bits32: 0xffffff0
            }
        }
    }

    /// Why a file system that looks like FAT cannot be read.
    public enum Problem: Error, Sendable, Equatable {
        /// The boot sector cannot be read, or its name of the file system is unknown.
        case unreadable
        /// Sectors are not as large as blocks of the disk.
        case sectorSize(Int)
        /// Clusters have no sectors.
        case noClusterSize
        /// Clusters are too large.
        case clusterSize(Int)
    }

    let slice: DiskSlice
    /// How wide the entries of the allocation table are.
    public let width: Width
    let clusterByteCount: Int
    let tableOffset: Int
    let tableByteCount: Int
    let tableCount: Int
    /// Where the root directory of FAT12 and FAT16 lies.
    let rootOffset: Int
    let rootByteCount: Int
    /// Where the root directory of FAT32 begins.
    let rootCluster: Int
    /// Where cluster 2 begins.
    let dataOffset: Int
    let totalByteCount: Int

    static let sectorSize = Disk.blockSize
    /// The most bytes that a cluster can have.
    public static let largestCluster = 65536

    /// Whether a slice's first sector looks like FAT: nothing else is asked for the type of a file system.
    public static func isPresent(in slice: DiskSlice) -> Bool {
        guard let sector = slice.read(0, sectorSize), sector[510] == 0x55, sector[511] == 0xaa else { return false }
        return sector[54..<57].elementsEqual(Array("FAT".utf8)) || sector[82..<87].elementsEqual(Array("FAT32".utf8))
    }

    /// Reads the boot sector.
    public init(_ slice: DiskSlice) throws(Problem) {
        guard let boot = FATBootSector(slice) else { throw .unreadable }
        let sector = boot.bytes
        self.slice = slice
        width = boot.width
        let shortTable = sector.littleInt(at: 22, 2)
        let bytesPerSector = sector.littleInt(at: 11, 2)
        guard bytesPerSector == Self.sectorSize else { throw .sectorSize(bytesPerSector) }
        let clusterSectors = Int(sector[13])
        guard clusterSectors != 0 else { throw .noClusterSize }
        clusterByteCount = clusterSectors * Self.sectorSize
        guard clusterByteCount <= Self.largestCluster else { throw .clusterSize(clusterByteCount) }
        tableCount = Int(sector[16])
        tableOffset = sector.littleInt(at: 14, 2) * Self.sectorSize
        tableByteCount = (width == .bits32 ? sector.littleInt(at: 36, 4) : shortTable) * Self.sectorSize
        rootOffset = tableOffset + tableByteCount * tableCount
        let rootEntries = width == .bits32 ? 0 : sector.littleInt(at: 17, 2)
        rootByteCount = rootEntries * FATSlot.byteCount / Self.sectorSize * Self.sectorSize
        rootCluster = width == .bits32 ? sector.littleInt(at: 44, 4) : 0
        dataOffset = rootOffset + rootByteCount
        let shortTotal = sector.littleInt(at: 19, 2)
        totalByteCount = (shortTotal == 0 ? sector.littleInt(at: 32, 4) : shortTotal) * Self.sectorSize
    }

    /// Where a cluster lies in the slice; U-Boot takes the root directory for number 0.
    func offset(ofCluster cluster: Int) -> Int {
        cluster == 0 ? rootOffset : dataOffset + (cluster - 2) * clusterByteCount
    }

    /// Whether a number is a cluster of a chain, and neither its end nor nonsense.
    func isCluster(_ number: Int) -> Bool { number > 1 && number < width.endMark }

    /// What the allocation table has for a cluster; nil where it cannot be read.
    func next(after cluster: Int) -> Int? {
        let place: Int
        switch width {
        case .bits12: place = cluster + cluster / 2
        case .bits16: place = cluster * 2
        case .bits32: place = cluster * 4
        }
        guard place < tableByteCount else { return nil }
        switch width {
        case .bits12:
            guard let pair = slice.number(at: tableOffset + place, byteCount: 2) else { return nil }
            return Int(cluster % 2 == 0 ? pair & 0xfff : pair >> 4)
        case .bits16: return slice.number(at: tableOffset + place, byteCount: 2).map { Int($0) }
        case .bits32: return slice.number(at: tableOffset + place, byteCount: 4).map { Int($0) }
        }
    }
}
