import BootImages

/// What a boot command has found so far; `bootm` keeps it from one of its steps to the next.
struct BootState {
    /// The steps of a boot, in U-Boot's order; raw values are its bits.
    enum Step: Int, CaseIterable {
        case start = 0x1
        case loadOS = 0x8
        case ramdisk = 0x10
        case tree = 0x20
        case commandLine = 0x40
        case boardInfo = 0x80
        case prepare = 0x100
        case pretend = 0x200
        case go = 0x400
    }

    /// The operating system's image.
    struct OSImage {
        /// The whole image, header included.
        var whole = AddressRange(start: 0, size: 0)
        /// Its data.
        var data = AddressRange(start: 0, size: 0)
        /// Where the data goes.
        var load: Address = 0
        /// Where it is started.
        var entry: Address = 0
        var type = LegacyImageType(rawValue: 0)
        var os = LegacyImageOS(rawValue: 0)
        var architecture = LegacyImageArchitecture(rawValue: 0)
        var compression = LegacyImageCompression.none
    }

    /// The highest step that was tried.
    var reached = 0
    /// Whether checksums and hashes are looked at.
    var verifies = true
    var os = OSImage()
    /// Where the legacy image with the kernel lies, and its header, copied before the kernel may be put over it.
    var legacy: (address: Address, header: LegacyImageHeader)?
    /// Where the FIT with the kernel lies; nil if it came from elsewhere.
    var fit: Address?
    /// The name of the kernel's image in that FIT.
    var kernelName: [UInt8]?
    /// The name of the configuration that is used.
    var configuration: [UInt8]?
    /// Where the FIT with the ramdisk lies.
    var ramdiskFIT: Address?
    /// The ramdisk where it was found.
    var ramdisk: AddressRange?
    /// The ramdisk where the kernel finds it; empty without one.
    var initrd = AddressRange(start: 0, size: 0)
    /// The device tree, with the size that it has or gets.
    var tree: AddressRange?
    /// Where the tree was found.
    var treeFoundAt: Address?
    /// How much of U-Boot's own memory its large buffers took.
    var heapByteCount: UInt64 = 0
}

/// What stops a boot before it changes anything for good.
struct BootRefusal: Error {
    var reason: RefusedBoot.Reason
    var status = CommandStatus.failure
}

extension Machine {
    /// Begins a boot: everything found before is forgotten.
    mutating func startBoot() {
        boot = BootState()
        boot.reached = BootState.Step.start.rawValue
        boot.verifies = isYes("verify") ?? true
        if release < .v2024_10 { memoryMap = KernelStart.allocator(self) }
    }

    /// Notes that a boot command did not start a kernel.
    mutating func note(refusal reason: RefusedBoot.Reason, kernel: AddressRange, tree: Address?, _ call: CommandCall) {
        recorder.note(
            RefusedBoot(
                command: recorder.currentCommand ?? 0, place: call.place, kernel: kernel, tree: tree, reason: reason),
            in: \.refusedBoots)
    }
}
