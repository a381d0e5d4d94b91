extension FlattenedTree {
    /// Calls `body` with the bytes of an array, which are aligned as libfdt wants them.
    public static func withBytes<R, E: Error>(
        of blob: [UInt8], _ body: (RawSpan) throws(E) -> R
    ) throws(E) -> R {
        try unsafe body(blob.span.bytes)
    }

    /// Calls `body` with the bytes of an array, to be edited where they lie.
    public static func withMutableBytes<R, E: Error>(
        of blob: inout [UInt8], _ body: (inout MutableRawSpan) throws(E) -> R
    ) throws(E) -> R {
        var span = blob.mutableSpan
        var bytes = unsafe span.mutableBytes
        return try body(&bytes)
    }
}
