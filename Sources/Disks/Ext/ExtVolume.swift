/// An ext2, ext3 or ext4 file system as U-Boot reads it.
///
/// U-Boot asks for no feature but wide group descriptors: checksums, journals and what else Linux wants to know about are
/// nothing to it, and what it does not understand it reads as if it were an old file system.
public struct ExtVolume {
    let slice: DiskSlice
    let blockSize: Int
    private let inodeSize: Int
    private let inodesPerGroup: Int
    private let descriptorSize: Int
    private let firstDataBlock: Int
    /// The bits of what a reader has to know to read the file system.
    public let neededFeatures: UInt32
    /// The identifier in the superblock: 16 bytes.
    public let identifier: [UInt8]

    private static let superblockOffset = 1024
    private static let superblockSize = 1024
    private static let largestBlockShift = 16

    /// Reads the superblock; nil where there is none, or no root directory.
    public init?(_ slice: DiskSlice) {
        guard slice.byteCount >= Self.superblockOffset + Self.superblockSize,
            let block = slice.readInside(Self.superblockOffset, Self.superblockSize),
            block.little(at: 56, 2) == 0xef53
        else { return nil }
        let shift = block.littleInt(at: 24, 4)
        guard shift <= Self.largestBlockShift else { return nil }
        self.slice = slice
        blockSize = 1024 << shift
        let isOldest = block.little(at: 76, 4) == 0
        inodeSize = isOldest ? 128 : block.littleInt(at: 88, 2)
        inodesPerGroup = block.littleInt(at: 40, 4)
        firstDataBlock = block.littleInt(at: 20, 4)
        neededFeatures = UInt32(truncatingIfNeeded: block.little(at: 96, 4))
        let hasWideDescriptors = neededFeatures & 0x80 != 0
        descriptorSize = hasWideDescriptors ? block.littleInt(at: 254, 2) : 32
        identifier = Array(block[104..<120])
        guard inodesPerGroup > 0, inodeSize > 0, inodeSize <= blockSize, descriptorSize > 0,
            descriptorSize <= blockSize, inode(Self.rootNumber) != nil
        else { return nil }
    }

    static let rootNumber = 2

    /// The bytes of a range of a block; nil where it leaves the partition or the disk.
    func read(block: Int, from offset: Int, count: Int) -> [UInt8]? {
        guard let start = place(ofBlock: block, offset: offset, count: count) else { return nil }
        return slice.readInside(start, count)
    }

    /// Where a range of a block lies in the slice; nil where it leaves the partition.
    func place(ofBlock block: Int, offset: Int, count: Int) -> Int? {
        let (start, overflow) = block.multipliedReportingOverflow(by: blockSize)
        guard block >= 0, !overflow, start <= slice.byteCount, count <= slice.byteCount - start - offset else {
            return nil
        }
        return start + offset
    }

    /// Reads an inode; nil where its table does not lie in the partition.
    func inode(_ number: Int) -> ExtInode? {
        let index = (number - 1) & 0xffff_ffff
        let group = index / inodesPerGroup
        let perBlock = blockSize / descriptorSize
        guard
            let descriptor = read(
                block: firstDataBlock + 1 + group / perBlock, from: group % perBlock * descriptorSize,
                count: min(descriptorSize, 64))
        else { return nil }
        var table = descriptor.littleInt(at: 8, 4)
        if descriptorSize >= 64 { table |= descriptor.littleInt(at: 40, 4) << 32 }
        let inodesPerBlock = blockSize / inodeSize
        let (block, overflow) = table.addingReportingOverflow(index % inodesPerGroup / inodesPerBlock)
        guard !overflow,
            let bytes = read(block: block, from: index % inodesPerBlock * inodeSize, count: min(inodeSize, 128))
        else { return nil }
        return ExtInode(bytes: bytes)
    }
}

/// A file's entry in the table of inodes.
struct ExtInode: Equatable {
    var bytes: [UInt8]

    var mode: Int { bytes.littleInt(at: 0, 2) }
    /// The length in bytes, as far as U-Boot knows: it reads only 32 bits of it.
    var byteCount: Int { bytes.littleInt(at: 4, 4) }
    /// Where its blocks are, or the text of a short symbolic link.
    var map: [UInt8] { Array(bytes[40..<100]) }
    var hasExtents: Bool { bytes.little(at: 32, 4) & 0x8_0000 != 0 }

    var kind: ExtEntry.Kind {
        switch mode & 0xf000 {
        case 0x4000: .directory
        case 0xa000: .link
        case 0x8000: .file
        default: .other
        }
    }
}
