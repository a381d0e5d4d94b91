import Glibc

/// One contiguous piece of simulated memory: anonymous pages that cost nothing until they are touched.
@safe final class Region {
    let count: Int
    private let base: UnsafeMutableRawPointer
    static let pageSize = sysconf(Int32(_SC_PAGESIZE))

    /// Reserves `count` bytes of zeros; nil if the system refuses.
    init?(count: Int) {
        let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
        guard count > 0, let base = unsafe mmap(nil, count, PROT_READ | PROT_WRITE, flags, -1, 0),
            unsafe base != MAP_FAILED
        else { return nil }
        unsafe self.base = base
        self.count = count
    }

    deinit {
        unsafe munmap(base, count)
    }

    /// Gives the bytes from an offset on for reading; the range has to lie inside.
    func withBytes<Result, Failure: Error>(
        _ offset: Int, _ count: Int, _ body: (RawSpan) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        precondition(offset >= 0 && count >= 0 && offset <= self.count - count, "range outside of the region")
        return try body(unsafe RawSpan(_unsafeStart: UnsafeRawPointer(base + offset), byteCount: count))
    }

    /// A copy of the bytes from `offset` on.
    func copy(_ offset: Int, _ count: Int) -> [UInt8] {
        withBytes(offset, count) { bytes in unsafe bytes.withUnsafeBytes { unsafe Array($0) } }
    }

    /// Gives the bytes from an offset on for writing; the range has to lie inside.
    func withMutableBytes<Result, Failure: Error>(
        _ offset: Int, _ count: Int, _ body: (inout MutableRawSpan) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        precondition(offset >= 0 && count >= 0 && offset <= self.count - count, "range outside of the region")
        var span = unsafe MutableRawSpan(_unsafeStart: base + offset, byteCount: count)
        return try body(&span)
    }

    /// Copies bytes inside the region; the ranges may overlap.
    func move(from source: Int, to destination: Int, count: Int) {
        precondition(source >= 0 && destination >= 0 && count >= 0, "negative range")
        precondition(source <= self.count - count && destination <= self.count - count, "range outside of the region")
        unsafe memmove(base + destination, base + source, count)
    }

    /// Stores bytes at `offset`.
    func store(_ bytes: some Collection<UInt8>, at offset: Int) {
        precondition(offset >= 0 && offset <= count - bytes.count, "range outside of the region")
        unsafe UnsafeMutableRawBufferPointer(start: base + offset, count: bytes.count).copyBytes(from: bytes)
    }

    /// Fills `count` bytes with one value.
    func fill(_ offset: Int, count: Int, with byte: UInt8) {
        precondition(offset >= 0 && count >= 0 && offset <= self.count - count, "range outside of the region")
        unsafe memset(base + offset, Int32(byte), count)
    }

    /// From this size on, mapping a file is cheaper than copying it.
    private static let mappingThreshold = 1 << 16

    /// Puts bytes of an open file at `offset`: whole pages of a large file are mapped copy-on-write, the rest is read.
    ///
    /// Returns how many bytes arrived, fewer than asked for only where the file ends or cannot be read.
    func load(descriptor: Int32, from fileOffset: Int, count: Int, at offset: Int) -> Int {
        precondition(offset >= 0 && count >= 0 && offset <= self.count - count, "range outside of the region")
        var done = 0
        let isAligned = offset % Self.pageSize == 0 && fileOffset % Self.pageSize == 0
        let wholePages = count / Self.pageSize * Self.pageSize
        if isAligned && count >= Self.mappingThreshold {
            let flags = MAP_PRIVATE | MAP_FIXED | MAP_NORESERVE
            let mapped = unsafe mmap(
                base + offset, wholePages, PROT_READ | PROT_WRITE, flags, descriptor, fileOffset)
            if unsafe mapped != MAP_FAILED { done = wholePages }
        }
        while done < count {
            let got = unsafe pread(descriptor, base + offset + done, count - done, off_t(fileOffset + done))
            if got < 0 && errno == EINTR { continue }
            guard got > 0 else { break }
            done += got
        }
        return done
    }
}
