public import BootImages
public import UBoot

/// What a file is for.
public enum FileRole: Sendable, Hashable {
    /// Dom0's kernel or ramdisk.
    case dom0Kernel, dom0Ramdisk
    /// A DomU's files, by its number.
    case domainKernel(Int), domainRamdisk(Int), domainTree(Int)
    /// Xen and its policy.
    case xen, policy
    /// The kernel and ramdisk of a boot without Xen.
    case linux, linuxRamdisk
    /// An overlay, by its number.
    case overlay(Int)
    /// The host's device tree.
    case deviceTree
    /// What the FPGA is loaded with.
    case bitstream

    /// The name of its image in a FIT, and of its variables.
    public var imageName: String {
        switch self {
        case .dom0Kernel: "dom0_linux"
        case .dom0Ramdisk: "dom0_ramdisk"
        case .domainKernel(let index): "domU\(index)_kernel"
        case .domainRamdisk(let index): "domU\(index)_ramdisk"
        case .domainTree(let index): "domU\(index)_fdt"
        case .xen, .linux: "host_kernel"
        case .policy: "xen_policy"
        case .linuxRamdisk: "host_ramdisk"
        case .overlay(let index): "host_fdto\(index)"
        case .deviceTree: "host_fdt"
        case .bitstream: "fpga_bitstream"
        }
    }

    /// The key of the config that names it, with its index.
    var key: (name: String, index: Int) {
        switch self {
        case .dom0Kernel: ("DOM0_KERNEL", 0)
        case .dom0Ramdisk: ("DOM0_RAMDISK", 0)
        case .domainKernel(let index): ("DOMU_KERNEL", index)
        case .domainRamdisk(let index): ("DOMU_RAMDISK", index)
        case .domainTree(let index): ("DOMU_PASSTHROUGH_DTB", index)
        case .xen: ("XEN", 0)
        case .policy: ("XEN_POLICY", 0)
        case .linux: ("LINUX", 0)
        case .linuxRamdisk: ("LINUX_RAMDISK", 0)
        case .overlay(let index): ("DT_OVERLAY", index)
        case .deviceTree: ("DEVICE_TREE", 0)
        case .bitstream: ("BITSTREAM", 0)
        }
    }

    /// The key as it is written.
    var spelling: String { KeyTable.find(key.name)?.indexing == Optional.none ? key.name : spelled }

    private var spelled: String {
        switch self {
        case .domainKernel, .domainRamdisk, .domainTree, .overlay: "\(key.name)[\(key.index)]"
        default: key.name
        }
    }
}

/// A file of a build, and where it lies in memory.
public struct PlannedFile: Sendable, Equatable {
    /// What it is for.
    public var role: FileRole
    /// The file on this machine.
    public var path: String
    /// What the script calls it, without the prefix.
    public var loadName: String
    /// What it is.
    public var kind: ImageKind
    /// Bytes of the file.
    public var size: UInt64
    /// Bytes that the running image takes, if its header says so.
    public var imageSize: UInt64?
    /// Where it is loaded.
    public var address: UInt64 = 0
    /// The assignment that named it.
    public var place: ScriptPlace?

    /// The first address behind what it takes.
    public var end: UInt64 { address + max(size, imageSize ?? 0) }
}

/// A build, worked out: which files lie where, and what follows from the config.
public struct BuildPlan: Sendable {
    /// Whether Xen is booted, and not Linux by itself.
    public var isXen: Bool
    /// The files in the order in which they are loaded.
    public var files: [PlannedFile] = []
    /// Where the script lies.
    public var scriptAddress: UInt64 = 0
    /// The address behind the last slot.
    public var end: UInt64 = 0
    /// Start and end of the RAM that the config names.
    public var memory: Range<UInt64> = 0..<0
    /// Whether all files are there; those that are not have the size 0.
    public var hasAllFiles = true
    /// U-Boot's command that loads most files.
    public var loader: String = ""
    /// Its last word: what boots.
    public var bootCommand: String = "booti"

    /// Whether the kernel gets a header, without which `bootm` does not start it.
    public var wrapsKernel = false

    /// The file of a role.
    public subscript(role: FileRole) -> PlannedFile? { files.first { $0.role == role } }

    /// Whether a file is loaded with a header in front.
    func wraps(_ file: PlannedFile) -> Bool { wrapsKernel && (file.role == .xen || file.role == .linux) }

    var kernel: PlannedFile? { self[isXen ? .xen : .linux] }
}
