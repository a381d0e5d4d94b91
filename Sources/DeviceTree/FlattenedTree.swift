internal import CFDT

/// Reads and edits a flattened tree where it lies, through libfdt, so that the bytes become what libfdt makes of them.
///
/// A span starts at the tree and may be longer than it. Offsets of nodes and properties count from the start of
/// the structure block, ranges of values from the start of the tree. Names and paths are bytes without a NUL;
/// what follows a NUL is ignored, as in C.
///
/// All functions but `check` refuse what `fdt_check_header` refuses, and, with `FDT_ERR_TRUNCATED`, a tree that
/// is longer than its span.
public enum FlattenedTree {
    /// `fdt_check_header`: the header alone, for which 40 bytes must be there, else `FDT_ERR_TRUNCATED`.
    ///
    /// The rest of the tree may lie outside the span.
    public static func check(_ bytes: RawSpan) throws(FDTError) {
        guard bytes.byteCount >= FDTHeader.byteCount else { throw .truncated }
        try unsafe FDTError.checked(bytes.withUnsafeBytes { unsafe fdt_check_header($0.baseAddress) })
    }

    /// Calls `body` with the start of a tree that lies inside `bytes`, and with the offset as libfdt wants it.
    static func reading<R>(
        _ bytes: RawSpan,
        from offset: Int = 0,
        _ body: (UnsafeRawPointer, Int32) throws(FDTError) -> R
    ) throws(FDTError) -> R {
        try unsafe bytes.withUnsafeBytes { (raw) throws(FDTError) -> R in
            let offset = try libfdtOffset(offset)
            return try unsafe body(accept(raw, from: offset), offset)
        }
    }

    /// Calls `body` with the start of a tree that lies inside `tree`, and with the offset as libfdt wants it.
    @discardableResult
    static func editing<R>(
        _ tree: inout MutableRawSpan,
        from offset: Int = 0,
        _ body: (UnsafeMutableRawPointer, Int32) throws(FDTError) -> R
    ) throws(FDTError) -> R {
        try unsafe tree.withUnsafeMutableBytes { (raw) throws(FDTError) -> R in
            let offset = try libfdtOffset(offset)
            _ = try unsafe accept(UnsafeRawBufferPointer(raw), from: offset)
            guard let base = raw.baseAddress else { throw .truncated }
            return try unsafe body(base, offset)
        }
    }

    /// The bytes of a name up to its first NUL, and a NUL.
    static func terminated(_ name: [UInt8]) -> [CChar] {
        name.prefix { $0 != 0 }.map { CChar(bitPattern: $0) } + [0]
    }

    private static func libfdtOffset(_ offset: Int) throws(FDTError) -> Int32 {
        guard let offset = Int32(exactly: offset) else { throw .badOffset }
        return offset
    }

    private static func accept(_ raw: UnsafeRawBufferPointer, from offset: Int32) throws(FDTError) -> UnsafeRawPointer {
        let header = try unsafe FDTHeader(raw.bytes)
        guard let base = raw.baseAddress else { throw .truncated }
        try unsafe FDTError.checked(fdt_check_header(base))
        guard Int(header.totalSize) <= raw.count else { throw .truncated }
        try unsafe StructureGuard.check(base, header, from: offset)
        return unsafe base
    }
}
