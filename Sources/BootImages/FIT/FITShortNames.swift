/// The names that a FIT has for what a legacy image has numbers for.
extension LegacyImageType {
    static let shortNames: [String: UInt8] = [
        "invalid": 0, "standalone": 1, "kernel": 2, "ramdisk": 3, "multi": 4, "firmware": 5, "script": 6,
        "filesystem": 7, "flat_dt": 8, "kwbimage": 9, "imximage": 10, "ublimage": 11, "omapimage": 12, "aisimage": 13,
        "kernel_noload": 14, "pblimage": 15, "mxsimage": 16, "gpimage": 17, "atmelimage": 18, "socfpgaimage": 19,
        "x86_setup": 20, "lpc32xximage": 21, "rkimage": 23, "rksd": 24, "rkspi": 25, "zynqimage": 26,
        "zynqmpimage": 27, "zynqmpbif": 28, "fpga": 29, "vybridimage": 30, "tee": 31, "firmware_ivt": 32, "pmmc": 33,
        "stm32image": 34, "socfpgaimage_v1": 35, "mtk_image": 36, "imx8mimage": 37, "imx8image": 38, "copro": 39,
        "sunxi_egon": 40, "sunxi_toc0": 41,
    ]
    static let laterShortNames: [String: UInt8] = ["fdt_legacy": 42, "spkgimage": 43, "sfspl": 44]
}

extension LegacyImageOS {
    static let shortNames: [String: UInt8] = [
        "invalid": 0, "netbsd": 2, "linux": 5, "vxworks": 14, "qnx": 16, "u-boot": 17, "rtems": 18, "ose": 22,
        "plan9": 23, "arm-trusted-firmware": 25, "tee": 26, "opensbi": 27, "efi": 28,
    ]
    static let laterShortNames: [String: UInt8] = ["elf": 29]
}

extension LegacyImageArchitecture {
    static let shortNames: [String: UInt8] = [
        "invalid": 0, "alpha": 1, "arm": 2, "x86": 3, "ia64": 4, "mips": 5, "mips64": 6, "powerpc": 7, "ppc": 7,
        "s390": 8, "sh": 9, "sparc": 10, "sparc64": 11, "m68k": 12, "microblaze": 14, "nios2": 15, "blackfin": 16,
        "avr32": 17, "sandbox": 19, "nds32": 20, "or1k": 21, "arm64": 22, "arc": 23, "x86_64": 24, "xtensa": 25,
        "riscv": 26,
    ]
}

extension LegacyImageCompression {
    static let shortNames: [String: UInt8] = [
        "none": 0, "gzip": 1, "bzip2": 2, "lzma": 3, "lzo": 4, "lz4": 5, "zstd": 6,
    ]
}
