/// One of the 32-byte entries of a FAT directory.
struct FATSlot: Equatable {
    static let byteCount = 32

    static let isVolume: UInt8 = 0x08
    static let isDirectory: UInt8 = 0x10
    static let isArchive: UInt8 = 0x20
    /// The attributes that mark a piece of a long name.
    static let isLongName: UInt8 = 0x0f
    static let isLastPiece: UInt8 = 0x40
    static let deletedMark: UInt8 = 0xe5
    /// Characters of a long name in one entry.
    static let charactersPerPiece = 13

    var bytes: [UInt8]

    /// The first byte: 0 behind the last entry, `deletedMark` in a deleted one.
    var mark: UInt8 { bytes[0] }
    var attributes: UInt8 { bytes[11] }
    var isPieceOfName: Bool { attributes & Self.isLongName == Self.isLongName }
    /// The checksum of the short name that a piece of a long name belongs to.
    var pieceChecksum: UInt8 { bytes[13] }
    var byteSize: Int { bytes.littleInt(at: 28, 4) }

    /// The eleven bytes of the short name.
    var shortName: [UInt8] { Array(bytes[..<11]) }

    func firstCluster(_ width: FATVolume.Width) -> Int {
        let low = bytes.littleInt(at: 26, 2)
        return width == .bits32 ? low | bytes.littleInt(at: 20, 2) << 16 : low
    }

    /// Where the low bytes of the characters of a piece of a long name are.
    static let piecePlaces = [1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30]

    /// The low byte of each of the characters of a piece of a long name.
    var pieceCharacters: [UInt8] { Self.piecePlaces.map { bytes[$0] } }

    /// The short name as U-Boot shows it: a dot between its parts, small letters where the case bits say so.
    var displayName: [UInt8] {
        var base = Self.trimmed(bytes[..<8])
        if base.first == 0x05 { base[0] = 0xe5 }
        if bytes[12] & 0x08 != 0 { base = base.map(Self.lower) }
        var suffix = Self.trimmed(bytes[8..<11])
        if bytes[12] & 0x10 != 0 { suffix = suffix.map(Self.lower) }
        return suffix.isEmpty ? base : base + [UInt8(ascii: ".")] + suffix
    }

    /// The checksum that pieces of a long name carry.
    static func checksum(_ shortName: [UInt8]) -> UInt8 {
        shortName.reduce(0) { sum, byte in ((sum & 1) << 7 | sum >> 1) &+ byte }
    }

    static func lower(_ byte: UInt8) -> UInt8 {
        byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte + 32 : byte
    }

    private static func trimmed(_ part: ArraySlice<UInt8>) -> [UInt8] { Array(part.prefix { $0 != 0x20 && $0 != 0 }) }
}
