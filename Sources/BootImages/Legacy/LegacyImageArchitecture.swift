/// The processor a legacy image is for, as U-Boot numbers it.
public struct LegacyImageArchitecture: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The number in the header; any is allowed.
    public var rawValue: UInt8

    /// Keeps the number, known or not.
    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// 32-bit ARM.
    public static let arm = Self(rawValue: 2)
    /// 32-bit x86.
    public static let i386 = Self(rawValue: 3)
    /// 32-bit MIPS.
    public static let mips = Self(rawValue: 5)
    /// 64-bit MIPS.
    public static let mips64 = Self(rawValue: 6)
    /// PowerPC.
    public static let powerPC = Self(rawValue: 7)
    /// MicroBlaze.
    public static let microBlaze = Self(rawValue: 14)
    /// U-Boot running as a Linux process.
    public static let sandbox = Self(rawValue: 19)
    /// AArch64.
    public static let arm64 = Self(rawValue: 22)
    /// 64-bit x86.
    public static let x86_64 = Self(rawValue: 24)
    /// RISC-V of either width.
    public static let riscv = Self(rawValue: 26)

    /// The words that U-Boot prints for it.
    public var description: String {
        Self.names[rawValue] ?? "Unknown Architecture"
    }

    private static let names: [UInt8: String] = [
        0: "Invalid ARCH",
        1: "Alpha",
        2: "ARM",
        3: "Intel x86",
        4: "IA64",
        5: "MIPS",
        6: "MIPS 64 Bit",
        7: "PowerPC",
        8: "IBM S390",
        9: "SuperH",
        10: "SPARC",
        11: "SPARC 64 Bit",
        12: "M68K",
        14: "MicroBlaze",
        15: "NIOS II",
        16: "Blackfin",
        17: "AVR32",
        19: "Sandbox",
        20: "NDS32",
        21: "OpenRISC 1000",
        22: "AArch64",
        23: "ARC",
        24: "AMD x86_64",
        25: "Xtensa",
        26: "RISC-V",
    ]
}
