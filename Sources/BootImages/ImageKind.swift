/// What a file is, by its first bytes.
public enum ImageKind: Sendable, Equatable, Hashable {
    /// An AArch64 `Image` of Linux or Xen; with `efi` it is a PE executable too.
    case arm64Image(efi: Bool)
    /// A 32-bit ARM `zImage`.
    case zImage
    /// An x86 `bzImage`.
    case bzImage
    /// A PE executable that is none of the above.
    case pe
    /// An ELF file.
    case elf
    /// A legacy U-Boot image ("uImage").
    case legacyImage
    /// A flattened device tree; a FIT is one as far as this goes.
    case deviceTree
    /// gzip with deflate.
    case gzip
    /// xz.
    case xz
    /// Zstandard.
    case zstd
    /// LZ4 in its frame format.
    case lz4Frame
    /// LZ4 in the older format of the Linux kernel (`lz4 -l`).
    case lz4Legacy
    /// bzip2.
    case bzip2
    /// LZMA in the format before xz.
    case lzma
    /// lzop.
    case lzo
    /// A cpio archive, as initial RAM disks are.
    case cpio(Cpio)
    /// Text, which may be a script.
    case plainText
    /// None of these, or too short to tell.
    case unknown

    /// Whether UEFI takes it for a program: a PE executable.
    public var isEFIProgram: Bool { self == .pe || self == .arm64Image(efi: true) }

    /// The portable formats of cpio.
    public enum Cpio: Sendable, Equatable, Hashable {
        /// New ASCII ("070701"), the kernel's own.
        case newc
        /// New ASCII with checksums ("070702").
        case crc
        /// POSIX.1 ("070707").
        case odc
    }

    /// Whether the bytes are compressed as a whole, and the kind of what is inside is not known yet.
    public var isCompressed: Bool {
        switch self {
        case .gzip, .xz, .zstd, .lz4Frame, .lz4Legacy, .bzip2, .lzma, .lzo: true
        default: false
        }
    }
}

extension ImageKind: CustomStringConvertible {
    /// A short name for messages.
    public var description: String {
        switch self {
        case .arm64Image(efi: false): "arm64 Image"
        case .arm64Image(efi: true): "arm64 Image with EFI stub"
        case .zImage: "zImage"
        case .bzImage: "bzImage"
        case .pe: "PE executable"
        case .elf: "ELF file"
        case .legacyImage: "legacy U-Boot image"
        case .deviceTree: "flattened device tree"
        case .gzip: "gzip file"
        case .xz: "xz file"
        case .zstd: "zstd file"
        case .lz4Frame: "lz4 file"
        case .lz4Legacy: "legacy lz4 file"
        case .bzip2: "bzip2 file"
        case .lzma: "lzma file"
        case .lzo: "lzop file"
        case .cpio(.newc): "cpio archive (newc)"
        case .cpio(.crc): "cpio archive (crc)"
        case .cpio(.odc): "cpio archive (odc)"
        case .plainText: "text"
        case .unknown: "unknown"
        }
    }
}
