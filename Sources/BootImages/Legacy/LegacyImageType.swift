/// What a legacy image holds, as U-Boot numbers it.
public struct LegacyImageType: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The number in the header; any is allowed.
    public var rawValue: UInt8

    /// Keeps the number, known or not.
    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// A program for `go`, not a kernel.
    public static let standalone = Self(rawValue: 1)
    /// A kernel for `bootm`.
    public static let kernel = Self(rawValue: 2)
    /// An initial RAM disk.
    public static let ramdisk = Self(rawValue: 3)
    /// Several files behind a table of their sizes.
    public static let multi = Self(rawValue: 4)
    /// Firmware.
    public static let firmware = Self(rawValue: 5)
    /// A script for `source`, behind a table of sizes as in `multi`.
    public static let script = Self(rawValue: 6)
    /// A file system image.
    public static let filesystem = Self(rawValue: 7)
    /// A flattened device tree.
    public static let flatDeviceTree = Self(rawValue: 8)
    /// A kernel that runs where it was loaded.
    public static let kernelNoLoad = Self(rawValue: 14)
    /// Anything else that is loaded beside a kernel; U-Boot has no words for it.
    public static let loadable = Self(rawValue: 22)
    /// A bit stream for an FPGA.
    public static let fpga = Self(rawValue: 29)
    /// A trusted execution environment.
    public static let tee = Self(rawValue: 31)
    /// i.MX firmware signed for High Assurance Boot.
    public static let firmwareIVT = Self(rawValue: 32)

    /// The words that U-Boot prints for it.
    public var description: String { name(.v2025) }

    /// The words that a U-Boot prints for it.
    public func name(_ vocabulary: ImageVocabulary) -> String {
        guard vocabulary == .v2025 || rawValue <= Self.lastOf2023 else { return Self.unknown }
        return Self.names[rawValue] ?? Self.unknown
    }

    private static let lastOf2023: UInt8 = 41
    private static let unknown = "Unknown Image"

    private static let names: [UInt8: String] = [
        0: "Invalid Image",
        1: "Standalone Program",
        2: "Kernel Image",
        3: "RAMDisk Image",
        4: "Multi-File Image",
        5: "Firmware",
        6: "Script",
        7: "Filesystem Image",
        8: "Flat Device Tree",
        9: "Kirkwood Boot Image",
        10: "Freescale i.MX Boot Image",
        11: "Davinci UBL image",
        12: "TI OMAP SPL With GP CH",
        13: "Davinci AIS image",
        14: "Kernel Image (no loading done)",
        15: "Freescale PBL Boot Image",
        16: "Freescale MXS Boot Image",
        17: "TI Keystone SPL Image",
        18: "ATMEL ROM-Boot Image",
        19: "Altera SoCFPGA CV/AV preloader",
        20: "x86 setup.bin",
        21: "LPC32XX Boot Image",
        23: "Rockchip Boot Image",
        24: "Rockchip SD Boot Image",
        25: "Rockchip SPI Boot Image",
        26: "Xilinx Zynq Boot Image",
        27: "Xilinx ZynqMP Boot Image",
        28: "Xilinx ZynqMP Boot Image (bif)",
        29: "FPGA Image",
        30: "Vybrid Boot Image",
        31: "Trusted Execution Environment Image",
        32: "Firmware with HABv4 IVT",
        33: "TI Power Management Micro-Controller Firmware",
        34: "STMicroelectronics STM32 Image",
        35: "Altera SoCFPGA A10 preloader",
        36: "MediaTek BootROM loadable Image",
        37: "NXP i.MX8M Boot Image",
        38: "NXP i.MX8 Boot Image",
        39: "Coprocessor Image",
        40: "Allwinner eGON Boot Image",
        41: "Allwinner TOC0 Boot Image",
        42: "legacy Image with Flat Device Tree ",
        43: "Renesas SPKG Image",
        44: "StarFive SPL Image",
    ]
}
