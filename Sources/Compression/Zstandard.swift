internal import CCompress
internal import SharedLibrary

/// Unpacks a Zstandard frame (RFC 8878) with libzstd.
public enum Zstandard {
    /// How it ended.
    public enum Result: Sendable, Equatable {
        /// All is there: so many bytes.
        case done(byteCount: Int)
        /// libzstd's number of what keeps it from finding the frame's end.
        case endless(code: Int)
        /// Nothing more could be unpacked; libzstd's number of the reason, and how much was written before.
        case failed(code: Int, byteCount: Int)
    }

    /// libzstd's number for a frame that needs more memory than it may have.
    public static let windowTooLarge = 16

    /// Unpacks a frame as `ZSTD_decompressStream` does, which looks only at as much input as it needs.
    ///
    /// A frame that does not say its length, or does not fit, must not refer back further than `window` bytes.
    public static func stream(
        _ input: RawSpan, into output: inout MutableRawSpan, window: UInt64
    ) throws(CompressionError) -> Result {
        let library = try Functions()
        return unsafe input.withUnsafeBytes { source in
            unsafe output.withUnsafeMutableBytes { target in
                unsafe library.stream(source, target, window: window)
            }
        }
    }

    /// Unpacks a frame as `ZSTD_decompress` does, after finding out where it ends.
    public static func frame(_ input: RawSpan, into output: inout MutableRawSpan) throws(CompressionError) -> Result {
        let library = try Functions()
        return unsafe input.withUnsafeBytes { source in
            unsafe output.withUnsafeMutableBytes { target in
                unsafe library.frame(source, target)
            }
        }
    }

    private static let library = SharedLibrary("libzstd.so.1")

    @safe private struct Functions {
        let create: ZSTD_createDStream_function
        let free: ZSTD_freeDStream_function
        let initialize: ZSTD_initDStream_function
        let step: ZSTD_decompressStream_function
        let whole: ZSTD_decompress_function
        let frameSize: ZSTD_findFrameCompressedSize_function
        let contentSize: ZSTD_getFrameContentSize_function
        let isError: ZSTD_isError_function
        let errorCode: ZSTD_getErrorCode_function

        init() throws(CompressionError) {
            guard let library,
                let create: ZSTD_createDStream_function = unsafe library.function("ZSTD_createDStream"),
                let free: ZSTD_freeDStream_function = unsafe library.function("ZSTD_freeDStream"),
                let initialize: ZSTD_initDStream_function = unsafe library.function("ZSTD_initDStream"),
                let step: ZSTD_decompressStream_function = unsafe library.function("ZSTD_decompressStream"),
                let whole: ZSTD_decompress_function = unsafe library.function("ZSTD_decompress"),
                let frameSize: ZSTD_findFrameCompressedSize_function = unsafe library.function(
                    "ZSTD_findFrameCompressedSize"),
                let contentSize: ZSTD_getFrameContentSize_function = unsafe library.function(
                    "ZSTD_getFrameContentSize"),
                let isError: ZSTD_isError_function = library.function("ZSTD_isError"),
                let errorCode: ZSTD_getErrorCode_function = library.function("ZSTD_getErrorCode")
            else { throw CompressionError(library: "libzstd.so.1", package: "libzstd1") }
            unsafe (self.create, self.free, self.initialize, self.step) = (create, free, initialize, step)
            unsafe (self.whole, self.frameSize, self.contentSize) = (whole, frameSize, contentSize)
            (self.isError, self.errorCode) = (isError, errorCode)
        }

        func failure(_ code: Int, after byteCount: Int = 0) -> Result {
            .failed(code: Int(errorCode(code).rawValue), byteCount: byteCount)
        }

        func frame(_ source: UnsafeRawBufferPointer, _ target: UnsafeMutableRawBufferPointer) -> Result {
            let size = unsafe frameSize(source.baseAddress, source.count)
            guard isError(size) == 0 else { return .endless(code: Int(errorCode(size).rawValue)) }
            let count = unsafe whole(target.baseAddress, target.count, source.baseAddress, size)
            return isError(count) == 0 ? .done(byteCount: count) : failure(count)
        }

        func stream(
            _ source: UnsafeRawBufferPointer, _ target: UnsafeMutableRawBufferPointer, window: UInt64
        ) -> Result {
            let content = unsafe contentSize(source.baseAddress, source.count)
            // The two largest numbers say that the frame has none, or is none.
            if content > 0, content < .max - 1, content <= UInt64(target.count),
                unsafe isError(frameSize(source.baseAddress, source.count)) == 0
            {
                return unsafe frame(source, target)
            }
            if let needed = unsafe FrameWindow.size(of: source), needed > window {
                return .failed(code: Zstandard.windowTooLarge, byteCount: 0)
            }
            let state = unsafe create()
            defer { _ = unsafe free(state) }
            _ = unsafe initialize(state)
            var input = unsafe ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: 0)
            var output = unsafe ZSTD_outBuffer(dst: target.baseAddress, size: target.count, pos: 0)
            while true {
                let (read, written) = unsafe (input.pos, output.pos)
                let rest = unsafe step(state, &output, &input)
                guard isError(rest) == 0 else { return unsafe failure(rest, after: output.pos) }
                let isStuck = unsafe input.pos == read && output.pos == written
                guard rest > 0, unsafe input.pos < source.count, !isStuck else {
                    return unsafe .done(byteCount: output.pos)
                }
            }
        }
    }
}

/// How far back a Zstandard frame refers (RFC 8878 §3.1.1.1).
private enum FrameWindow {
    static func size(of frame: UnsafeRawBufferPointer) -> UInt64? {
        guard frame.count >= 6, unsafe frame[0] == 0x28, unsafe frame[1] == 0xb5, unsafe frame[2] == 0x2f,
            unsafe frame[3] == 0xfd
        else { return nil }
        let descriptor = unsafe frame[4]
        guard descriptor & 0x20 == 0 else { return unsafe contentSize(frame, descriptor) }
        let window = unsafe frame[5]
        let base = UInt64(1) << (10 + UInt64(window >> 3))
        return base + base / 8 * UInt64(window & 7)
    }

    /// The size of a frame of one segment, which is its own window.
    private static func contentSize(_ frame: UnsafeRawBufferPointer, _ descriptor: UInt8) -> UInt64? {
        let start = 5 + [0, 1, 2, 4][Int(descriptor & 3)]
        let count = [1, 2, 4, 8][Int(descriptor >> 6)]
        guard frame.count >= start + count else { return nil }
        let value = (0..<count).reversed().reduce(UInt64(0)) { unsafe $0 << 8 | UInt64(frame[start + $1]) }
        return max(1024, count == 2 ? value + 256 : value)
    }
}
