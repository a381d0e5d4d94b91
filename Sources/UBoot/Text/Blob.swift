/// Bytes that stand in text formats as hexadecimal digits.
public struct Blob: Sendable, Hashable, Codable {
    /// The bytes.
    public var bytes: [UInt8]

    /// Holds bytes.
    public init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Reads hexadecimal digits.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let digits = Array(try container.decode(String.self).utf8)
        let values = digits.map { Numbers.isHexDigit($0) ? Numbers.hex(ByteString([$0])) : 16 }
        guard digits.count % 2 == 0, !values.contains(16) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an even number of hex digits")
        }
        bytes = stride(from: 0, to: values.count, by: 2).map { UInt8(values[$0] << 4 | values[$0 + 1]) }
    }

    /// Writes hexadecimal digits.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(bytes.map { hexadecimal(UInt64($0), width: 2) }.joined())
    }
}
