/// The header of an AArch64 Linux or Xen `Image` (Linux Documentation/arm64/booting.rst).
public struct Arm64ImageHeader: Sendable, Equatable {
    /// The length of the header in bytes.
    public static let byteCount = 64
    /// `ARM\x64` as a little-endian word.
    public static let magic: UInt32 = 0x644d_5241

    private enum Offset {
        static let textOffset = 8
        static let imageSize = 16
        static let flags = 24
        static let magic = 56
    }
    private static let dosMagic: [UInt8] = [0x4d, 0x5a]

    /// Where the image wants to be, in bytes behind a 2 MiB boundary.
    public var textOffset: UInt64
    /// Bytes that the running image takes, with its BSS: often more than the file has; 0 in kernels before 3.17.
    public var imageSize: UInt64
    /// The flags as they stand in the header.
    public var flags: UInt64
    /// Whether the image is a PE executable for EFI too ("MZ").
    public var isEFI: Bool

    /// Reads the header that `bytes` begin with; `truncated` below 64 bytes, `badMagic` when it is something else.
    public init(_ bytes: RawSpan) throws(ImageFormatError) {
        guard bytes.byteCount >= Self.byteCount else {
            throw .truncated(need: Self.byteCount, have: bytes.byteCount)
        }
        let found = bytes.littleEndian(UInt32.self, at: Offset.magic)
        guard found == Self.magic else {
            throw .badMagic(offset: Offset.magic, found: found, expected: Self.magic)
        }
        textOffset = bytes.littleEndian(UInt64.self, at: Offset.textOffset)
        imageSize = bytes.littleEndian(UInt64.self, at: Offset.imageSize)
        flags = bytes.littleEndian(UInt64.self, at: Offset.flags)
        isEFI = bytes.holds(Self.dosMagic)
    }

    /// Whether the kernel runs big-endian (flag bit 0).
    public var isBigEndian: Bool { flags & 1 != 0 }

    /// The kernel's page size in bytes (flag bits 1 and 2), nil when the header does not say.
    public var pageByteCount: Int? {
        switch flags >> 1 & 3 {
        case 1: 4 << 10
        case 2: 16 << 10
        case 3: 64 << 10
        default: nil
        }
    }

    /// Whether any 2 MiB boundary will do (flag bit 3), and not only the one near the start of RAM.
    public var canBeAnywhere: Bool { flags & 8 != 0 }
}
