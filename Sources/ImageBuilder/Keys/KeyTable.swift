/// All keys of configs: the one table that reading them and documenting them share.
public enum KeyTable {
    /// The keys by family, in the order of the documentation.
    public static let families: [(title: String, keys: [KeyDefinition])] = [
        ("The board and the boot", boardKeys),
        ("Xen and Dom0", xenKeys),
        ("DomUs", domainKeys),
        ("CPU pools", poolKeys),
        ("Plain Linux", linuxKeys),
        ("Outputs", outputKeys),
        ("Disk images", diskKeys),
    ]

    /// All keys in that order.
    public static let all: [KeyDefinition] = families.flatMap(\.keys)

    private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

    /// The key of a name.
    public static func find(_ name: String) -> KeyDefinition? { byName[name] }

    /// Names that upstream's script keeps values of its own in, so that a config must not set them.
    static let internalNames: Set<String> = [
        "offset", "prepend_path", "uboot_dir", "load_opt", "fit_opt", "memaddr", "load_addr", "filesize",
        "fit_algo", "kernel_addr", "device_tree_addr", "ramdisk_addr",
    ]

    static let boardKeys: [KeyDefinition] = [
        .init("MEMORY_START", .none, .number, "start of RAM", default: "0, with a warning"),
        .init("MEMORY_END", .none, .number, "end of RAM: the first address behind it"),
        .init(
            "LOAD_CMD", .none, .line, "U-Boot's command that loads a file, up to the address; `-t` wins",
            default: "from `-t`", for: .both),
        .init(
            "BOOT_CMD", .none, .choice(["booti", "bootm", "bootefi", "bootz", "none"]),
            "command that boots; `none` leaves the addresses in `host_kernel_addr` and `host_fdt_addr`",
            default: "booti", since: "2023.1 or before; `bootz` 2023-11"),
        .init("DEVICE_TREE", .none, .file, "device tree of the host", for: .both),
        .init("NUM_DT_OVERLAY", .none, .count(0...1024), "number of overlays", default: "0", for: .both),
        .init("DT_OVERLAY", .overlay, .file, "overlay that is applied to the host's device tree", for: .both),
        .init(
            "PASSTHROUGH_DTS_REPO", .none, .words,
            "folder or git URL with partial device trees `NODE.dts`, and a folder in it", for: .both),
        .init("LOPPER_PATH", .none, .file, "lopper.py, which makes the partial device trees", for: .both),
        .init(
            "LOPPER_CMD", .none, .line, "arguments of lopper's `extract`",
            default: "`\(lopperDefault)`", for: .both),
        .init("BITSTREAM", .none, .file, "bitstream that the FPGA is loaded with", for: .both),
        .init("APPEND_EXTRA_CMDS", .none, .file, "text with commands to be put before the boot command"),
        .init(
            "DBG_FDT_PRINT_CHOSEN", .none, .presence, "prints `/chosen` before the boot", default: "0",
            since: "2025-03"),
    ]

    static let lopperDefault =
        "-i zynqmp-firmware -x interrupt-controller -x pinctrl -x power-domains -x resets -x current-speed"

    static let xenKeys: [KeyDefinition] = [
        .init("XEN", .none, .file, "Xen; without it LINUX is booted", for: .both),
        .init("XEN_CMD", .none, .bytes, "Xen's command line", default: "made of the keys below"),
        .init("XEN_COLORS", .none, .colours(most: 1023), "cache colours of Xen; only without XEN_CMD"),
        .init("XEN_STATIC_HEAP", .none, .regions, "`base size …` of the static heap", since: "2023-03"),
        .init("XEN_POLICY", .none, .file, "XSM policy", since: "2025-04"),
        .init("XEN_LOAD", .none, .line, "LOAD_CMD for Xen and the device tree", default: "LOAD_CMD", since: "2025-08"),
        .init("DOM0_KERNEL", .none, .file, "kernel of Dom0; without it there is no Dom0", for: .both),
        .init("DOM0_MEM", .none, .megabytes, "memory of Dom0 in MB; only without XEN_CMD", default: "1500"),
        .init("DOM0_VCPUS", .none, .count(1...4096), "CPUs of Dom0; only without XEN_CMD", default: "1"),
        .init("DOM0_COLORS", .none, .colours(most: 1023), "cache colours of Dom0; only without XEN_CMD"),
        .init(
            "DOM0_VIOMMU", .none, .flag, "virtual IOMMU for Dom0; only without XEN_CMD", default: "0", since: "2023.2"),
        .init(
            "DOM0_CMD", .none, .bytes, "command line of Dom0; ` root=…` is added if there is none",
            default: "`\(dom0Default)`"),
        .init("DOM0_RAMDISK", .none, .file, "ramdisk of Dom0", for: .both),
        .init("DOM0_ROOTFS", .none, .file, "archive with the root file system of Dom0", for: .both),
        .init("DOM0_LOAD", .none, .line, "LOAD_CMD for Dom0's files", default: "LOAD_CMD", since: "2025-08"),
    ]

    static let dom0Default = "console=hvc0 earlycon=xen earlyprintk=xen clk_ignore_unused"

    static let poolKeys: [KeyDefinition] = [
        .init("NUM_CPUPOOLS", .none, .count(0...1024), "number of CPU pools", default: "0"),
        .init("CPUPOOL", .pool, .pool, "`cpu@1,cpu@2 [scheduler]`: node names below `/cpus`"),
        .init("DOMU_CPUPOOL", .domain, .count(0...1023), "number of the DomU's CPU pool"),
    ]

    static let linuxKeys: [KeyDefinition] = [
        .init("LINUX", .none, .file, "kernel of a boot without Xen; ignored where XEN is set"),
        .init(
            "LINUX_CMD", .none, .bytes, "its command line; ` root=…` is added if there is none",
            default: "`earlycon console=ttyPS0,115200`"),
        .init("LINUX_RAMDISK", .none, .file, "its ramdisk"),
        .init("LINUX_ROOTFS", .none, .file, "says that its root file system is on the partition behind the files"),
    ]

    static let outputKeys: [KeyDefinition] = [
        .init("UBOOT_SOURCE", .none, .output, "the script as text; `-o` wins", for: .both),
        .init(
            "UBOOT_SCRIPT", .none, .output, "the script as image; `-o` wins", default: "UBOOT_SOURCE with `.scr`",
            for: .both),
        .init("FDTEDIT", .none, .output, "the device tree as the script leaves it", default: "with FIT: `…-fit.dtb`"),
        .init("FIT", .none, .output, "FIT image with all files and the script"),
        .init("FIT_ENC_KEY_DIR", .none, .line, "`DIR/HINT` of the key that signs the FIT; `-k` wins"),
        .init("FIT_ENC_UB_DTB", .none, .output, "U-Boot's device tree that gets the public key; `-u` wins"),
    ]

    static let diskKeys: [KeyDefinition] = [
        .init("GPT", .none, .presence, "GPT instead of MBR", default: "0", for: .diskImage),
        .init(
            "NUM_BOOT_AUX_FILE", .none, .count(0...1024), "number of further files", default: "0", for: .diskImage),
        .init("BOOT_AUX_FILE", .auxiliary, .file, "further file of the boot partition", for: .diskImage),
    ]
}
