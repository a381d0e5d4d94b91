internal import CCompress
internal import SharedLibrary

/// Unpacks a bzip2 file with libbz2.
public enum BZip2 {
    /// How it ended, in libbz2's own numbers: 0 well, -4 for damaged data, -5 for another format, -7 where input ended,
    /// -8 for too little room.
    public struct Result: Sendable, Equatable {
        /// libbz2's number.
        public var code: Int
        /// Bytes written.
        public var byteCount: Int
    }

    private static let library = SharedLibrary("libbz2.so.1.0")

    /// Unpacks one stream; what follows it is not looked at.
    public static func run(
        _ input: RawSpan, into output: inout MutableRawSpan
    ) throws(CompressionError) -> Result {
        guard let unpack: BZ2_bzBuffToBuffDecompress_function = unsafe library?.function("BZ2_bzBuffToBuffDecompress")
        else { throw CompressionError(library: "libbz2.so.1.0", package: "libbz2-1.0") }
        var size = UInt32(clamping: output.byteCount)
        let code = unsafe input.withUnsafeBytes { source in
            unsafe output.withUnsafeMutableBytes { target in
                unsafe unpack(
                    target.baseAddress?.assumingMemoryBound(to: CChar.self), &size,
                    UnsafeMutablePointer(mutating: source.baseAddress?.assumingMemoryBound(to: CChar.self)),
                    UInt32(clamping: source.count), 0, 0)
            }
        }
        return Result(code: Int(code), byteCount: Int(size))
    }
}
