internal import CZlib

/// Unpacks a deflate stream, as zlib does it.
public enum Inflate {
    /// How it ended, in zlib's own numbers: 1 at the end of the stream, -3 for damaged data, -5 where input or room ended.
    public struct Result: Sendable, Equatable {
        /// zlib's number.
        public var code: Int32
        /// Bytes written.
        public var byteCount: Int
        /// Bytes of the input that were used.
        public var consumed: Int
    }

    /// Unpacks a stream without header as far as input and room go.
    public static func run(_ input: RawSpan, into output: inout MutableRawSpan) -> Result {
        var stream = unsafe z_stream()
        let size = Int32(unsafe MemoryLayout<z_stream>.size)
        guard unsafe inflateInit2_(&stream, -MAX_WBITS, ZLIB_VERSION, size) == Z_OK else {
            return Result(code: Z_MEM_ERROR, byteCount: 0, consumed: 0)
        }
        defer { unsafe inflateEnd(&stream) }
        let code = unsafe input.withUnsafeBytes { source in
            unsafe output.withUnsafeMutableBytes { target in
                unsafe stream.next_in = UnsafeMutablePointer(
                    mutating: source.baseAddress?.assumingMemoryBound(to: Bytef.self))
                unsafe stream.avail_in = uInt(clamping: source.count)
                unsafe stream.next_out = target.baseAddress?.assumingMemoryBound(to: Bytef.self)
                unsafe stream.avail_out = uInt(clamping: target.count)
                return unsafe inflate(&stream, Z_FINISH)
            }
        }
        return unsafe Result(code: code, byteCount: Int(stream.total_out), consumed: Int(stream.total_in))
    }
}
