internal import CCompress
internal import SharedLibrary

/// Unpacks the format of `lzop` as U-Boot does, its blocks with liblzo2.
public enum LZO {
    /// How it ended, in liblzo2's numbers: 0 well, -1 for damaged data, -4 where input ended, -5 for too little room.
    public struct Result: Sendable, Equatable {
        /// liblzo2's number.
        public var code: Int
        /// Bytes of whole blocks that were written.
        public var byteCount: Int
    }

    private enum Code {
        static let damaged = -1
        static let inputOverrun = -4
        static let outputOverrun = -5
    }

    private static let magic: [UInt8] = [0x89, 0x4c, 0x5a, 0x4f, 0x00, 0x0d, 0x0a, 0x1a, 0x0a]
    private static let hasFilter: UInt32 = 0x800
    private static let library = SharedLibrary("liblzo2.so.2")

    /// Unpacks blocks up to the one without length; checksums are not looked at.
    ///
    /// `byteCount` is how long the file is: no block begins behind it, though one may end there.
    public static func run(
        _ input: [UInt8], byteCount: Int, into output: inout MutableRawSpan
    ) throws(CompressionError) -> Result {
        guard let unpack: lzo1x_decompress_safe_function = unsafe library?.function("lzo1x_decompress_safe")
        else { throw CompressionError(library: "liblzo2.so.2", package: "liblzo2-2") }
        guard input.starts(with: magic) else { return Result(code: Code.damaged, byteCount: 0) }
        var next = headerByteCount(input)
        var done = 0
        while next < byteCount {
            let length = Int(word(input, next))
            guard length > 0 else { return Result(code: 0, byteCount: done) }
            let packed = Int(word(input, next + 4))
            next += 12
            guard packed > 0, packed <= length else { return Result(code: Code.damaged, byteCount: done) }
            guard length <= output.byteCount - done else { return Result(code: Code.outputOverrun, byteCount: done) }
            guard next + packed <= input.count else { return Result(code: Code.inputOverrun, byteCount: done) }
            let block = input[next..<(next + packed)]
            var room = length
            let code: Int32 = unsafe output.withUnsafeMutableBytes { target in
                let place = unsafe UnsafeMutableRawBufferPointer(rebasing: target[done..<(done + length)])
                guard packed < length else {
                    unsafe place.copyBytes(from: block)
                    return 0
                }
                var count = lzo_uint(length)
                let code = unsafe Array(block).withUnsafeBytes { source in
                    unsafe unpack(
                        source.baseAddress?.assumingMemoryBound(to: UInt8.self), lzo_uint(packed),
                        place.baseAddress?.assumingMemoryBound(to: UInt8.self), &count, nil)
                }
                room = Int(count)
                return code
            }
            guard code == 0 else { return Result(code: Int(code), byteCount: done) }
            guard room == length else { return Result(code: Code.damaged, byteCount: done) }
            next += packed
            done += length
        }
        return Result(code: Code.inputOverrun, byteCount: done)
    }

    /// The size of what stands before the first block.
    private static func headerByteCount(_ input: [UInt8]) -> Int {
        let isNew = word(input, 7) & 0xffff >= 0x0940
        var next = magic.count + 7 + (isNew ? 1 : 0)
        if word(input, next) & hasFilter != 0 { next += 4 }
        next += isNew ? 16 : 12
        return next + 1 + Int(byte(input, next)) + 4
    }

    private static func byte(_ input: [UInt8], _ place: Int) -> UInt8 {
        input.indices.contains(place) ? input[place] : 0
    }

    private static func word(_ input: [UInt8], _ place: Int) -> UInt32 {
        (0..<4).reduce(0) { $0 << 8 | UInt32(byte(input, place + $1)) }
    }
}
