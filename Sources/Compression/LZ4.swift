/// Unpacks the LZ4 frame format (LZ4 Frame Format Description 1.6) as U-Boot does.
public enum LZ4 {
    /// How it ended, in Linux's error numbers: 0 well, -22 for a damaged frame, -93 for one of another kind, -105 for too
    /// little room, -71 for a damaged block.
    public struct Result: Sendable, Equatable {
        /// The number.
        public var code: Int
        /// Bytes of whole blocks that were written; more may have been for the one that failed.
        public var byteCount: Int
    }

    private enum Code {
        static let invalid = -22
        static let damaged = -71
        static let unsupported = -93
        static let noRoom = -105
    }
    private static let magic: UInt32 = 0x184d_2204

    /// Unpacks one frame; checksums are not looked at, and blocks that need the ones before them are refused.
    public static func run(_ input: [UInt8], into output: inout MutableRawSpan) -> Result {
        guard input.count >= 7 else { return Result(code: Code.invalid, byteCount: 0) }
        let flags = input[4]
        guard word(input, 0) == magic, flags >> 6 == 1 else { return Result(code: Code.unsupported, byteCount: 0) }
        guard flags & 0x03 == 0, input[5] & 0x8f == 0 else { return Result(code: Code.invalid, byteCount: 0) }
        guard flags & 0x20 != 0 else { return Result(code: Code.unsupported, byteCount: 0) }
        let hasSize = flags & 0x08 != 0
        guard !hasSize || input.count >= 15 else { return Result(code: Code.invalid, byteCount: 0) }
        return blocks(input, from: hasSize ? 15 : 7, haveChecksums: flags & 0x10 != 0, into: &output)
    }

    private static func blocks(
        _ input: [UInt8], from start: Int, haveChecksums: Bool, into output: inout MutableRawSpan
    ) -> Result {
        var next = start
        var done = 0
        while true {
            let header = word(input, next)
            next += 4
            let size = Int(header & 0x7fff_ffff)
            guard next + size <= input.count else { return Result(code: Code.invalid, byteCount: done) }
            guard size > 0 else { return Result(code: 0, byteCount: done) }
            if header >> 31 == 1 {
                let count = min(size, output.byteCount - done)
                for index in 0..<count {
                    output.storeBytes(of: input[next + index], toByteOffset: done + index, as: UInt8.self)
                }
                done += count
                guard count == size else { return Result(code: Code.noRoom, byteCount: done) }
            } else {
                guard let count = block(input[next..<(next + size)], into: &output, at: done) else {
                    return Result(code: Code.damaged, byteCount: done)
                }
                done += count
            }
            next += size + (haveChecksums ? 4 : 0)
        }
    }

    /// Unpacks one block and gives its length; nil if it is damaged or does not fit.
    ///
    /// The limits near both ends are those that LZ4's own decoder sets.
    private static func block(_ input: ArraySlice<UInt8>, into output: inout MutableRawSpan, at start: Int) -> Int? {
        var next = input.startIndex
        var position = start
        let end = output.byteCount
        while next < input.endIndex {
            let token = input[next]
            next += 1
            guard let literals = length(token >> 4, input, &next), literals <= input.endIndex - next else { return nil }
            let isLast = position + literals > end - 12 || next + literals > input.endIndex - 8
            if isLast, next + literals != input.endIndex || position + literals > end { return nil }
            for index in 0..<literals {
                output.storeBytes(of: input[next + index], toByteOffset: position + index, as: UInt8.self)
            }
            next += literals
            position += literals
            if isLast { return position - start }
            let distance = Int(input[next]) | Int(input[next + 1]) << 8
            next += 2
            guard let extra = length(token & 15, input, &next) else { return nil }
            let count = extra + 4
            guard distance <= position - start, position + count <= end - 5 else { return nil }
            for index in 0..<count {
                let byte = distance == 0 ? 0 : load(output, position + index - distance)
                output.storeBytes(of: byte, toByteOffset: position + index, as: UInt8.self)
            }
            position += count
        }
        return nil
    }

    /// A length of 15 goes on in the bytes that follow.
    private static func length(_ first: UInt8, _ input: ArraySlice<UInt8>, _ next: inout Int) -> Int? {
        var length = Int(first)
        guard length == 15 else { return length }
        while next < input.endIndex {
            let byte = input[next]
            next += 1
            length += Int(byte)
            if byte != 255 { return length }
        }
        return nil
    }

    private static func load(_ output: borrowing MutableRawSpan, _ offset: Int) -> UInt8 {
        unsafe output.bytes.unsafeLoad(fromByteOffset: offset, as: UInt8.self)
    }

    private static func word(_ bytes: [UInt8], _ offset: Int) -> UInt32 {
        (0..<4).reduce(0) { value, index in
            value | (offset + index < bytes.count ? UInt32(bytes[offset + index]) << (8 * UInt32(index)) : 0)
        }
    }
}
