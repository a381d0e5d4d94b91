import Digest

/// A legacy image to be written, as `mkimage` does; the sizes and checksums come from the data.
public struct LegacyImage: Sendable, Equatable {
    /// What it holds.
    public var type: LegacyImageType
    /// The operating system it is for.
    public var os: LegacyImageOS
    /// The processor it is for.
    public var architecture: LegacyImageArchitecture
    /// How the data is compressed already; nothing is compressed here.
    public var compression: LegacyImageCompression
    /// Its name; what is past 32 bytes of UTF-8 is cut off, even within a character.
    public var name: String
    /// When it was made, in seconds since 1970 UTC.
    public var time: UInt32
    /// Where the data wants to be.
    public var loadAddress: UInt32
    /// Where execution starts.
    public var entryPoint: UInt32

    /// An image to be written; without an entry point it starts at its load address.
    public init(
        type: LegacyImageType,
        os: LegacyImageOS = .linux,
        architecture: LegacyImageArchitecture = .arm64,
        compression: LegacyImageCompression = .none,
        name: String = "",
        time: UInt32 = 0,
        loadAddress: UInt32 = 0,
        entryPoint: UInt32? = nil
    ) {
        self.type = type
        self.os = os
        self.architecture = architecture
        self.compression = compression
        self.name = name
        self.time = time
        self.loadAddress = loadAddress
        self.entryPoint = entryPoint ?? loadAddress
    }

    /// The image with `data` as it is behind the header; `tooLarge` from 4 GiB on.
    public func encode(data: [UInt8]) throws(LegacyImageError) -> [UInt8] {
        guard let byteCount = UInt32(exactly: data.count) else { throw .tooLarge(byteCount: data.count) }
        var header: [UInt8] = []
        header.reserveCapacity(LegacyImageHeader.byteCount + data.count)
        header.appendBigEndian(LegacyImageHeader.magic)
        header.appendBigEndian(0)
        header.appendBigEndian(time)
        header.appendBigEndian(byteCount)
        header.appendBigEndian(loadAddress)
        header.appendBigEndian(entryPoint)
        header.appendBigEndian(crc32(data))
        header += [os.rawValue, architecture.rawValue, type.rawValue, compression.rawValue]
        header += name.utf8.prefix(LegacyImageHeader.nameByteCount)
        header += repeatElement(0, count: LegacyImageHeader.byteCount - header.count)

        var checksum: [UInt8] = []
        checksum.appendBigEndian(crc32(header))
        header.replaceSubrange(LegacyImageHeader.Offset.headerChecksum..<LegacyImageHeader.Offset.time, with: checksum)
        return header + data
    }

    /// The image with a table of sizes and the parts behind it, as types `multi` and `script` have them.
    ///
    /// All parts but the last are padded to 4 bytes. Throws `emptyPart` (a size of zero would end the table) and
    /// `tooLarge`.
    public func encode(parts: [[UInt8]]) throws(LegacyImageError) -> [UInt8] {
        var table: [UInt8] = []
        var body: [UInt8] = []
        for (index, part) in parts.enumerated() {
            guard !part.isEmpty else { throw .emptyPart(index: index) }
            guard let byteCount = UInt32(exactly: part.count) else { throw .tooLarge(byteCount: part.count) }
            table.appendBigEndian(byteCount)
            body += repeatElement(0, count: -body.count & 3)
            body += part
        }
        table.appendBigEndian(0)
        return try encode(data: table + body)
    }
}

extension [UInt8] {
    fileprivate mutating func appendBigEndian(_ word: UInt32) {
        self += [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> $0) }
    }
}
