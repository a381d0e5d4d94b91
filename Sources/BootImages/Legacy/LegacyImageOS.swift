/// The operating system a legacy image is for, as U-Boot numbers it; it decides how `bootm` starts it.
public struct LegacyImageOS: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The number in the header; any is allowed.
    public var rawValue: UInt8

    /// Keeps the number, known or not.
    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// NetBSD.
    public static let netBSD = Self(rawValue: 2)
    /// Linux, and Xen where `bootm` starts it.
    public static let linux = Self(rawValue: 5)
    /// VxWorks.
    public static let vxWorks = Self(rawValue: 14)
    /// QNX.
    public static let qnx = Self(rawValue: 16)
    /// U-Boot itself.
    public static let uBoot = Self(rawValue: 17)
    /// RTEMS.
    public static let rtems = Self(rawValue: 18)
    /// Plan 9.
    public static let plan9 = Self(rawValue: 23)
    /// Trusted Firmware-A.
    public static let armTrustedFirmware = Self(rawValue: 25)
    /// A trusted execution environment.
    public static let tee = Self(rawValue: 26)
    /// OpenRTOS.
    public static let openRTOS = Self(rawValue: 24)
    /// EFI firmware.
    public static let efi = Self(rawValue: 28)
    /// An ELF program, which newer releases know.
    public static let elf = Self(rawValue: 29)

    /// The words that U-Boot prints for it.
    public var description: String { name(.v2025) }

    /// The words that a U-Boot prints for it.
    public func name(_ vocabulary: ImageVocabulary) -> String {
        guard vocabulary == .v2025 || rawValue <= Self.efi.rawValue else { return Self.unknown }
        return Self.names[rawValue] ?? Self.unknown
    }

    private static let unknown = "Unknown OS"

    private static let names: [UInt8: String] = [
        0: "Invalid OS",
        2: "NetBSD",
        5: "Linux",
        14: "VxWorks",
        16: "QNX",
        17: "U-Boot",
        18: "RTEMS",
        22: "Enea OSE",
        23: "Plan 9",
        25: "ARM Trusted Firmware",
        26: "Trusted Execution Environment",
        27: "RISC-V OpenSBI",
        28: "EFI Firmware",
        29: "ELF Image",
    ]
}
