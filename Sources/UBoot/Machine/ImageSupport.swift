import BootImages

/// Which boot images a build of U-Boot can read; the defaults are those of Debian's `qemu_arm64`.
public struct ImageSupport: Sendable {
    /// Whether it knows FIT images at all (`CONFIG_FIT`); without, one is a device tree like any other.
    public var readsFIT = true
    /// Whether signatures of FITs count (`CONFIG_FIT_SIGNATURE`), which also rules out `@` in names.
    public var verifiesSignatures = true
    /// Whether the configuration that fits the board is looked for (`CONFIG_FIT_BEST_MATCH`), and not the default one.
    public var choosesBestMatch = true
    /// Whether signatures with PSS padding can be verified (`CONFIG_FIT_RSASSA_PSS`).
    public var verifiesPSS = false
    /// What becomes of ECDSA signatures.
    public var ecdsa = ECDSA.unknown
    /// Whether times of creation are shown (`CONFIG_TIMESTAMP` or `CONFIG_CMD_DATE`).
    public var showsTimes = true
    /// What it can unpack (`CONFIG_GZIP`, `CONFIG_LZMA` …).
    public var compressions: Set<Compression> = [.gzip, .lzma, .lz4]
    /// The digests it can compute for a FIT (`CONFIG_SHA1` …), by U-Boot's names.
    public var digests: Set<String> = ["crc32", "crc16-ccitt", "md5", "sha1", "sha256", "sha384", "sha512"]
    /// The most bytes that a kernel may unpack to (`CONFIG_SYS_BOOTM_LEN`).
    public var kernelByteLimit: UInt64 = 0x400_0000
    /// The bytes of U-Boot's own heap (`CONFIG_SYS_MALLOC_LEN`), of which unpackers take some.
    public var heapByteCount: UInt64 = 0x102_0000
    /// The architecture of images that the board starts.
    public var architecture = Architecture.arm64

    /// What becomes of ECDSA signatures: few builds know the algorithm, and of those few have a chip that verifies it.
    public enum ECDSA: Sendable {
        /// The build does not know the algorithm (no `CONFIG_ECDSA_VERIFY`).
        case unknown
        /// It knows it, and finds no device that could verify it.
        case withoutDevice
        /// It verifies.
        case verified
    }

    /// A way of packing.
    public enum Compression: String, Sendable, CaseIterable {
        case gzip, bzip2, lzma, lzo, lz4, zstd
    }

    /// The processor that a board's kernels run on.
    public enum Architecture: String, Sendable, CaseIterable {
        case arm64, arm, x86
    }

    /// Describes the build of Debian's `qemu_arm64`.
    public init() {}
}

extension ImageSupport {
    /// The way in which data is packed, if the build can unpack it; nil otherwise.
    func packing(_ compression: LegacyImageCompression) -> Compression? {
        let known: Compression? =
            switch compression {
            case .gzip: .gzip
            case .bzip2: .bzip2
            case .lzma: .lzma
            case .lzo: .lzo
            case .lz4: .lz4
            case .zstd: .zstd
            default: nil
            }
        return known.flatMap { compressions.contains($0) ? $0 : nil }
    }
}

extension ImageSupport.Architecture {
    /// The number that images have for it.
    var imageArchitecture: LegacyImageArchitecture {
        switch self {
        case .arm64: .arm64
        case .arm: .arm
        case .x86: .i386
        }
    }
}
