/// Where the parts of a multi-file or script image lie.
///
/// The data begins with their sizes, big-endian words up to a zero word; the parts follow, each padded to 4 bytes.
public struct LegacyImageParts: Sendable, Equatable {
    /// How many sizes are read at most.
    ///
    /// Divergence: U-Boot reads on until it meets a zero word, however far.
    public static let limit = 65536

    /// Each part in bytes from the start of the image; not checked against the image's data nor against what is there.
    public private(set) var ranges: [Range<Int>] = []
    /// Whether the zero word that ends the table was found.
    public private(set) var isTerminated = false

    /// Reads the table of the legacy image that `bytes` begin with; like U-Boot, past the image's own end if need be.
    public init(_ bytes: RawSpan) {
        var offset = LegacyImageHeader.byteCount
        var sizes: [Int] = []
        while bytes.byteCount - offset >= 4, sizes.count < Self.limit {
            let size = bytes.bigEndian(UInt32.self, at: offset)
            offset += 4
            guard size != 0 else {
                isTerminated = true
                break
            }
            sizes.append(Int(size))
        }
        for size in sizes {
            ranges.append(offset..<offset + size)
            offset += (size + 3) & ~3
        }
    }

    /// The index of the first part that does not end within `byteCount` bytes from the start of the image.
    public func firstOutside(byteCount: Int) -> Int? {
        ranges.firstIndex { $0.upperBound > byteCount }
    }
}
