import BootImages

/// What `booti` and `bootz` have in common: a Linux kernel that is no U-Boot image, a ramdisk and a device tree by address.
enum RawKernelBoot {
    /// Finds the kernel's memory from the address that it was loaded to; may unpack and move it.
    typealias Placing = (_ loaded: Address, _ call: CommandCall, _ machine: inout Machine) throws -> AddressRange

    /// Goes through to the hand-off, or gives the status of a refusal.
    static func run(
        _ call: CommandCall, _ machine: inout Machine, architecture: LegacyImageArchitecture, place: Placing
    ) throws -> CommandStatus {
        machine.startBoot()
        let loaded = call.count > 1 ? Address(call.hex(1)) : machine.loadAddress
        machine.boot.os.entry = loaded
        do {
            let kernel = try place(loaded, call, &machine)
            machine.boot.os.entry = kernel.start
            machine.boot.os.whole = kernel
            machine.reserve(kernel)
            try BootExtras.find(call.words.dropFirst(), kernel: kernel, call, &machine)
            machine.boot.os.type = .kernel
            machine.boot.os.os = .linux
            machine.boot.os.architecture = architecture
            try KernelStart.placeRamdisk(call, &machine)
            if let stop = try KernelStart.prepare(call, &machine) { throw stop }
            throw try KernelStart.start(loadedAt: loaded, call, &machine)
        } catch let refusal as BootRefusal {
            machine.note(
                refusal: refusal.reason, kernel: KernelStart.kernel(machine.boot),
                tree: call.count > 3 ? Address(call.hex(3)) : nil, call)
            return refusal.status
        }
    }
}
