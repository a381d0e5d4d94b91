/// A part of a disk that a file system lies in.
public struct DiskSlice {
    /// The disk.
    public let disk: Disk
    /// Where it begins, in bytes.
    public let start: Int
    /// Its length in bytes.
    public let byteCount: Int

    /// Names a part of a disk in blocks; nil where the numbers are too large to be counted in bytes.
    public init?(disk: Disk, firstBlock: UInt64, blockCount: UInt64) {
        let size = UInt64(Disk.blockSize)
        let limit = UInt64(Int.max) / size / 4
        guard firstBlock <= limit, blockCount <= limit else { return nil }
        self.disk = disk
        start = Int(firstBlock * size)
        byteCount = Int(blockCount * size)
    }

    /// All of a disk.
    public init(all disk: Disk) {
        self.disk = disk
        start = 0
        byteCount = disk.byteCount
    }

    /// The bytes of a range, also behind the slice's end as long as the disk goes on; nil behind that.
    func read(_ offset: Int, _ count: Int) -> [UInt8]? {
        guard let place = place(offset) else { return nil }
        return disk.read(place, count)
    }

    /// The bytes of a range that lies in the slice; where the disk ends before, that is counted.
    func readInside(_ offset: Int, _ count: Int) -> [UInt8]? {
        let bytes = read(offset, count)
        if bytes == nil { disk.failedReadCount += 1 }
        return bytes
    }

    /// Changes bytes; false where the range leaves the disk.
    func write(_ bytes: [UInt8], at offset: Int) -> Bool {
        guard let place = place(offset) else { return false }
        return disk.write(bytes, at: place)
    }

    /// A little-endian number; nil behind the end of the disk.
    func number(at offset: Int, byteCount: Int) -> UInt64? {
        guard let place = place(offset) else { return nil }
        return disk.number(at: place, byteCount: byteCount)
    }

    private func place(_ offset: Int) -> Int? {
        guard offset >= 0 else { return nil }
        let (place, overflow) = start.addingReportingOverflow(offset)
        return overflow ? nil : place
    }
}

/// A run of bytes of a file.
public struct FileRun: Sendable, Equatable {
    /// Where the bytes lie on the disk; nil where the file has a hole, which reads as zeros.
    public var diskOffset: Int?
    /// How many there are.
    public var byteCount: Int

    /// Names a run.
    public init(diskOffset: Int?, byteCount: Int) {
        self.diskOffset = diskOffset
        self.byteCount = byteCount
    }
}

extension [FileRun] {
    /// Adds a run and joins it with the last one where they lie side by side.
    mutating func extend(_ diskOffset: Int?, _ byteCount: Int) {
        guard byteCount > 0 else { return }
        if let last, last.diskOffset.map({ $0 + last.byteCount }) == diskOffset,
            (last.diskOffset == nil) == (diskOffset == nil)
        {
            self[count - 1].byteCount += byteCount
        } else {
            append(FileRun(diskOffset: diskOffset, byteCount: byteCount))
        }
    }
}
