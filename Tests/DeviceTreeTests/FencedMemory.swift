import DeviceTree
import Glibc

/// Memory whose first byte behind the end is not mapped, so that reading past the end stops the tests.
@safe
struct FencedMemory: ~Copyable {
    private let base: UnsafeMutableRawPointer
    private static let usable = 16384

    init() throws {
        let count = Self.usable + 4096
        guard
            let base = unsafe mmap(nil, count, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
            unsafe base != MAP_FAILED, unsafe mprotect(base + Self.usable, 4096, PROT_NONE) == 0
        else { throw ProgramFailure(program: "mmap") }
        unsafe self.base = unsafe base
    }

    deinit { _ = unsafe munmap(base, Self.usable + 4096) }

    /// Copies `blob` to the end, or up to seven bytes before it, so that it starts on a boundary of eight.
    func withCopy<R>(of blob: [UInt8], _ body: (inout MutableRawSpan) throws(FDTError) -> R) throws(FDTError) -> R {
        let start = unsafe base + (Self.usable - (blob.count + (-blob.count & 7)))
        let memory = unsafe UnsafeMutableRawBufferPointer(start: start, count: blob.count)
        unsafe memory.copyBytes(from: blob)
        var span = unsafe memory.mutableBytes
        return try body(&span)
    }
}
