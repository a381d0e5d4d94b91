/// The first two words of a flattened device tree (DTSpec 0.4 §5.2); a FIT is one too.
public struct DeviceTreeHeader: Sendable, Equatable {
    /// How many bytes are looked at; the whole header is longer.
    public static let byteCount = 8
    /// The first word, big-endian.
    public static let magic: UInt32 = 0xd00d_feed

    /// Bytes of the whole tree as it says itself, not checked against what is there.
    public var totalByteCount: UInt32

    /// Looks at the start of `bytes`; `truncated` below 8 bytes, `badMagic` when it is something else.
    public init(_ bytes: RawSpan) throws(ImageFormatError) {
        guard bytes.byteCount >= Self.byteCount else {
            throw .truncated(need: Self.byteCount, have: bytes.byteCount)
        }
        let found = bytes.bigEndian(UInt32.self, at: 0)
        guard found == Self.magic else { throw .badMagic(offset: 0, found: found, expected: Self.magic) }
        totalByteCount = bytes.bigEndian(UInt32.self, at: 4)
    }
}
