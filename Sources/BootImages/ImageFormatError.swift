/// Why bytes are not the header that was asked for.
public enum ImageFormatError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Fewer bytes than the header has.
    case truncated(need: Int, have: Int)
    /// The word at `offset` (a byte offset) is not the magic number; both in the byte order of the format.
    case badMagic(offset: Int, found: UInt32, expected: UInt32)

    /// What was wanted and what was there.
    public var description: String {
        switch self {
        case .truncated(let need, let have):
            "the header has \(need) bytes and only \(have) are there"
        case .badMagic(let offset, let found, let expected):
            "0x\(String(found, radix: 16)) at offset \(offset) is not the magic number 0x\(String(expected, radix: 16))"
        }
    }
}
