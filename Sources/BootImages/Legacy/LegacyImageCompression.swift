/// How the data of a legacy image is compressed, as U-Boot numbers it; the data may be anything else.
public struct LegacyImageCompression: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The number in the header; any is allowed.
    public var rawValue: UInt8

    /// Keeps the number, known or not.
    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// Not compressed.
    public static let none = Self(rawValue: 0)
    /// A gzip stream.
    public static let gzip = Self(rawValue: 1)
    /// A bzip2 stream.
    public static let bzip2 = Self(rawValue: 2)
    /// An LZMA stream of the old format.
    public static let lzma = Self(rawValue: 3)
    /// An lzop file.
    public static let lzo = Self(rawValue: 4)
    /// An LZ4 frame.
    public static let lz4 = Self(rawValue: 5)
    /// A Zstandard frame.
    public static let zstd = Self(rawValue: 6)

    /// The words that U-Boot prints for it.
    public var description: String {
        Self.names[rawValue] ?? "Unknown Compression"
    }

    private static let names: [UInt8: String] = [
        0: "uncompressed",
        1: "gzip compressed",
        2: "bzip2 compressed",
        3: "lzma compressed",
        4: "lzo compressed",
        5: "lz4 compressed",
        6: "zstd compressed",
    ]
}
