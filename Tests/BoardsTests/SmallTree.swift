/// The smallest device tree: a root node without properties, 0x48 bytes.
enum SmallTree {
    static let bytes: [UInt8] = words.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (24 - 8 * $0)) }
    }

    /// The header, one empty reservation, BEGIN_NODE, the empty name, END_NODE, END.
    private static let words: [UInt32] = [
        0xd00d_feed, 0x48, 0x38, 0x48, 0x28, 17, 16, 0, 0, 0x10,
        0, 0, 0, 0,
        1, 0, 2, 9,
    ]
}
