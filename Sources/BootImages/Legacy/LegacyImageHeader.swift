import Digest

/// The header of a legacy U-Boot image ("uImage"; U-Boot include/image.h, `struct legacy_img_hdr`), all big-endian.
public struct LegacyImageHeader: Sendable, Equatable {
    /// The length of the header in bytes; the data follows it.
    public static let byteCount = 64
    /// The first word.
    public static let magic: UInt32 = 0x2705_1956
    /// Room for the name in bytes; a name that fills it has no NUL.
    public static let nameByteCount = 32

    enum Offset {
        static let magic = 0
        static let headerChecksum = 4
        static let time = 8
        static let dataByteCount = 12
        static let loadAddress = 16
        static let entryPoint = 20
        static let dataChecksum = 24
        static let os = 28
        static let architecture = 29
        static let type = 30
        static let compression = 31
        static let name = 32
    }

    /// CRC-32 of the header with this field zero, as the header says it.
    public var headerChecksum: UInt32
    /// When the image was made, in seconds since 1970 UTC.
    public var time: UInt32
    /// Bytes of data after the header.
    public var dataByteCount: UInt32
    /// Where the data wants to be.
    public var loadAddress: UInt32
    /// Where execution starts.
    public var entryPoint: UInt32
    /// CRC-32 of the data, as the header says it.
    public var dataChecksum: UInt32
    /// The operating system it is for.
    public var os: LegacyImageOS
    /// The processor it is for.
    public var architecture: LegacyImageArchitecture
    /// What it holds.
    public var type: LegacyImageType
    /// How the data is compressed.
    public var compression: LegacyImageCompression
    /// The bytes of the name, up to its first NUL; any encoding.
    public var name: [UInt8]

    /// Reads the header that `bytes` begin with; checksums are not looked at.
    ///
    /// Throws `truncated` below 64 bytes and `badMagic` when it is something else.
    public init(_ bytes: RawSpan) throws(ImageFormatError) {
        guard bytes.byteCount >= Self.byteCount else {
            throw .truncated(need: Self.byteCount, have: bytes.byteCount)
        }
        let found = bytes.bigEndian(UInt32.self, at: Offset.magic)
        guard found == Self.magic else {
            throw .badMagic(offset: Offset.magic, found: found, expected: Self.magic)
        }
        headerChecksum = bytes.bigEndian(UInt32.self, at: Offset.headerChecksum)
        time = bytes.bigEndian(UInt32.self, at: Offset.time)
        dataByteCount = bytes.bigEndian(UInt32.self, at: Offset.dataByteCount)
        loadAddress = bytes.bigEndian(UInt32.self, at: Offset.loadAddress)
        entryPoint = bytes.bigEndian(UInt32.self, at: Offset.entryPoint)
        dataChecksum = bytes.bigEndian(UInt32.self, at: Offset.dataChecksum)
        os = LegacyImageOS(rawValue: bytes.byte(at: Offset.os))
        architecture = LegacyImageArchitecture(rawValue: bytes.byte(at: Offset.architecture))
        type = LegacyImageType(rawValue: bytes.byte(at: Offset.type))
        compression = LegacyImageCompression(rawValue: bytes.byte(at: Offset.compression))
        name = Array(bytes.array(Offset.name..<Self.byteCount).prefix { $0 != 0 })
    }

    /// Where the data lies, in bytes from the start of the image; it may be past the end of what is there.
    public var dataRange: Range<Int> {
        Self.byteCount..<Self.byteCount + Int(dataByteCount)
    }

    /// Whether the data is a table of sizes with one or more parts behind it.
    public var hasParts: Bool { type == .multi || type == .script }

    /// Whether the header at the start of `bytes` has the checksum that this one says.
    public func headerChecksumMatches(_ bytes: RawSpan) -> Bool {
        guard bytes.byteCount >= Self.byteCount else { return false }
        var header = bytes.array(0..<Self.byteCount)
        header.replaceSubrange(Offset.headerChecksum..<Offset.time, with: [0, 0, 0, 0])
        return crc32(header) == headerChecksum
    }

    /// Whether the data after the header of `bytes` has the checksum that the header says; false when some is missing.
    ///
    /// Takes time in proportion to the data.
    public func dataChecksumMatches(_ bytes: RawSpan) -> Bool {
        guard bytes.byteCount >= dataRange.upperBound else { return false }
        return crc32(bytes.extracting(dataRange)) == dataChecksum
    }
}
