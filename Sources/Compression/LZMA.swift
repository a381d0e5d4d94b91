/// Unpacks the LZMA format before xz: a byte of properties, the dictionary's size, the length, and one stream.
public enum LZMA {
    /// How it ended, in the numbers of the LZMA SDK.
    public struct Result: Sendable, Equatable {
        /// 0 well, 1 for damaged data, 4 for properties out of range, 6 where input ended, 7 for too little room.
        public var code: Int
        /// Bytes written.
        public var byteCount: Int
    }

    /// The bytes before the stream.
    public static let headerByteCount = 13
    private static let streamHeaderByteCount = 5

    /// Unpacks a stream that fills `output`, or ends in it if its length is not given.
    ///
    /// - Parameters:
    ///   - input: the file.
    ///   - output: where it is unpacked to.
    ///   - room: how many bytes the stream may say that it has, which can be more than there are; nil for as
    ///     many as `output` has.
    ///   - outputPlace: where in the input the output begins, which can be before its start; nil if they share no byte.
    /// - Returns: how it ended.
    public static func run(
        _ input: [UInt8], into output: inout MutableRawSpan, room: UInt64? = nil, outputPlace: Int? = nil
    ) -> Result {
        guard input.count >= headerByteCount else { return Result(code: 6, byteCount: 0) }
        let length = (0..<8).reduce(UInt64(0)) { $0 | UInt64(input[5 + $1]) << (8 * UInt64($1)) }
        if length != .max, length > room ?? UInt64(output.byteCount) { return Result(code: 7, byteCount: 0) }
        let limit = Int(min(length, UInt64(output.byteCount)))
        guard input.count >= headerByteCount + streamHeaderByteCount else { return Result(code: 6, byteCount: 0) }
        guard input[0] < 9 * 5 * 5 else { return Result(code: 4, byteCount: 0) }
        guard input[headerByteCount] == 0 else { return Result(code: 1, byteCount: 0) }
        var decoder = LZMADecoder(
            input, from: headerByteCount, properties: input[0],
            dictionary: (1...4).reversed().reduce(UInt32(0)) {
                $0 << 8 | UInt32(input[$1])
            }, outputPlace: outputPlace)
        return decoder.run(into: &output, limit: limit)
    }
}
