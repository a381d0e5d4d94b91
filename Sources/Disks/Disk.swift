import Glibc

/// A disk: an image file that is only read, and what was written on top of it, which goes when the disk goes.
///
/// All offsets and lengths are in bytes. A range that leaves the disk is refused, never cut.
@safe public final class Disk {
    /// The bytes of a block.
    public static let blockSize = 512

    /// The image file as it was named.
    public let path: String
    /// The length in bytes, a multiple of a block.
    public let byteCount: Int
    /// The open image file, for mapping parts of it; it is closed with the disk.
    public let descriptor: Int32
    /// How often the content was changed, so that whoever keeps something read from it can tell.
    public private(set) var changeCount = 0
    /// How often a file system asked for bytes inside its partition that the disk does not have.
    public internal(set) var failedReadCount = 0
    /// How often a file system found something else than extents where it wanted to read some.
    public internal(set) var badExtentCount = 0
    private let base: UnsafeRawPointer
    private var pages: [Int: [UInt8]] = [:]

    private static let pageSize = 4096

    /// Opens an image file.
    public init(path: String) throws(DiskError) {
        let opened = unsafe open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        guard opened >= 0 else { throw .unreadable(errno: errno) }
        do throws(DiskError) {
            let count = try Self.measure(opened)
            guard let mapped = unsafe mmap(nil, count, PROT_READ, MAP_PRIVATE | MAP_NORESERVE, opened, 0),
                unsafe mapped != MAP_FAILED
            else { throw .unreadable(errno: errno) }
            unsafe base = UnsafeRawPointer(mapped)
            byteCount = count
        } catch {
            _ = close(opened)
            throw error
        }
        descriptor = opened
        self.path = path
    }

    deinit {
        unsafe munmap(UnsafeMutableRawPointer(mutating: base), byteCount)
        _ = close(descriptor)
    }

    private static func measure(_ descriptor: Int32) throws(DiskError) -> Int {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw .unreadable(errno: errno) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw status.st_mode & S_IFMT == S_IFDIR ? .unreadable(errno: EISDIR) : .notAFile
        }
        guard status.st_size > 0 else { throw .empty }
        var head = [UInt8](repeating: 0, count: 64)
        let got = unsafe pread(descriptor, &head, head.count, 0)
        guard got >= 0 else { throw .unreadable(errno: errno) }
        try ImageFormatCheck.check(Array(head.prefix(got)))
        guard status.st_size % blockSize == 0 else { throw .unevenSize(byteCount: status.st_size) }
        return status.st_size
    }

    /// The number of blocks.
    public var blockCount: Int { byteCount / Self.blockSize }

    /// Whether a range lies on the disk.
    public func contains(_ offset: Int, _ count: Int) -> Bool {
        offset >= 0 && count >= 0 && count <= byteCount && offset <= byteCount - count
    }

    /// A copy of the bytes of a range; nil where it leaves the disk.
    public func read(_ offset: Int, _ count: Int) -> [UInt8]? {
        guard contains(offset, count) else { return nil }
        var bytes = unsafe Array(UnsafeRawBufferPointer(start: base + offset, count: count))
        guard !pages.isEmpty, count > 0 else { return bytes }
        for page in (offset / Self.pageSize)...((offset + count - 1) / Self.pageSize) {
            guard let changed = pages[page] else { continue }
            let start = page * Self.pageSize
            let first = max(start, offset)
            let last = min(start + changed.count, offset + count)
            bytes.replaceSubrange((first - offset)..<(last - offset), with: changed[(first - start)..<(last - start)])
        }
        return bytes
    }

    /// A little-endian number of up to eight bytes; nil where it leaves the disk.
    public func number(at offset: Int, byteCount count: Int) -> UInt64? {
        guard contains(offset, count) else { return nil }
        guard pages.isEmpty else { return read(offset, count)?.little(at: 0, count) }
        var value: UInt64 = 0
        for index in 0..<count {
            value |= unsafe UInt64(base.load(fromByteOffset: offset + index, as: UInt8.self)) << (8 * UInt64(index))
        }
        return value
    }

    /// Changes bytes, in memory only; false where the range leaves the disk.
    @discardableResult
    public func write(_ bytes: [UInt8], at offset: Int) -> Bool {
        guard contains(offset, bytes.count) else { return false }
        guard !bytes.isEmpty else { return true }
        changeCount += 1
        for page in (offset / Self.pageSize)...((offset + bytes.count - 1) / Self.pageSize) {
            let start = page * Self.pageSize
            let length = min(Self.pageSize, byteCount - start)
            let first = max(start, offset)
            let last = min(start + length, offset + bytes.count)
            var content = pages.removeValue(forKey: page) ?? read(start, length) ?? []
            content.replaceSubrange(
                (first - start)..<(last - start), with: bytes[(first - offset)..<(last - offset)])
            pages[page] = content
        }
        return true
    }

    /// Whether all of a range is as the image file has it.
    public func isUnchanged(_ offset: Int, _ count: Int) -> Bool {
        guard !pages.isEmpty, count > 0 else { return true }
        let touched = (offset / Self.pageSize)...((offset + count - 1) / Self.pageSize)
        if touched.count > pages.count { return !pages.keys.contains { touched.contains($0) } }
        return !touched.contains { pages[$0] != nil }
    }
}

extension DiskError {
    /// The system's words for a number.
    static func text(errno number: Int32) -> String {
        guard let text = unsafe strerror(number) else { return "error \(number)" }
        return unsafe String(cString: text)
    }
}
