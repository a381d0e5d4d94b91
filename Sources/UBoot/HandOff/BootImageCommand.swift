import BootImages
import DeviceTree

/// The command `booti`: starts an arm64 Image with a device tree.
enum BootImageCommand {
    static let command = CommandDefinition(
        "booti", maximumArguments: 16, summary: "boot Linux kernel 'Image' format from memory",
        usage: """
            [addr [initrd[:size]] [fdt]]
                - boot Linux flat or compressed 'Image' stored at 'addr'
            \tThe argument 'initrd' is optional and specifies the address
            \tof an initrd in memory. The optional parameter ':size' allows
            \tspecifying the size of a RAW initrd.
            \tCurrently only booting from gz, bz2, lzma and lz4 compression
            \ttypes are supported. In order to boot from any of these compressed
            \timages, user have to set kernel_comp_addr_r and kernel_comp_size environment
            \tvariables beforehand.
            \tSince booting a Linux kernel requires a flat device-tree, a
            \tthird argument providing the address of the device-tree blob
            \tis required. To boot a kernel with a device-tree blob but
            \twithout an initrd image, use a '-' for the initrd argument.

            """,
        body: { call, machine in try run(call, &machine) })

    /// What stops a boot before it changes anything.
    struct Refusal: Error {
        var reason: RefusedBoot.Reason
        var status = CommandStatus.failure
    }

    private static func run(_ call: CommandCall, _ machine: inout Machine) throws -> CommandStatus {
        let loaded = call.count > 1 ? Address(call.hex(1)) : machine.loadAddress
        var kernel = AddressRange(start: loaded, size: 0)
        do {
            kernel = try placeKernel(at: loaded, call, &machine)
            let ramdisk = try BootRamdisk.find(call, &machine)
            if let ramdisk, overlaps(ramdisk, kernel) {
                machine.print(
                    "ERROR: RD image overlaps OS image (OS=0x\(hex: kernel.start.value)..0x\(hex: kernel.end.value))\n")
                throw Refusal(reason: .ramdiskOverlap)
            }
            let tree = try findTree(call, kernel: kernel, &machine)
            var boot = KernelStart(loadedAt: loaded, kernel: kernel, ramdisk: ramdisk, tree: tree)
            throw try boot.run(call, &machine)
        } catch let refusal as Refusal {
            note(refusal.reason, kernel, call, &machine)
            return refusal.status
        }
    }

    static func note(
        _ reason: RefusedBoot.Reason, _ kernel: AddressRange, _ call: CommandCall, _ machine: inout Machine
    ) {
        machine.recorder.note(
            RefusedBoot(
                command: machine.recorder.currentCommand ?? 0, place: call.place, kernel: kernel,
                tree: call.count > 3 ? Address(call.hex(3)) : nil, reason: reason),
            in: \.refusedBoots)
    }

    /// Checks the kernel's header and moves the kernel where it has to run.
    private static func placeKernel(
        at loaded: Address, _ call: CommandCall, _ machine: inout Machine
    ) throws -> AddressRange {
        let bytes = try machine.memory.read(AddressRange(start: loaded, size: UInt64(Arm64ImageHeader.byteCount)))
        if isCompressed(bytes) { throw try compressed(&machine) }
        guard let header = try? FlattenedTree.withBytes(of: bytes, { try Arm64ImageHeader($0) }) else {
            machine.print("Bad Linux ARM64 Image magic!\n")
            throw Refusal(reason: .badMagic)
        }
        var size = header.imageSize
        var offset = header.textOffset
        if size == 0 {
            machine.print("Image lacks image_size field, assuming 16MiB\n")
            size = 16 << 20
            offset = 0x80000
        }
        let base = header.canBeAnywhere ? loaded.value &- offset : machine.memory.ram.first?.start.value ?? 0
        let target = AddressRange(start: Address(base).aligned(up: 2 << 20) + offset, size: size)
        if target.start != loaded {
            machine.print(
                "Moving Image from 0x\(hex: loaded.value) to 0x\(hex: target.start.value), end=\(hex: target.end.value)\n"
            )
            try machine.memory.move(from: loaded, to: target, by: machine.writer(call))
            machine.recorder.note(
                KernelMove(command: machine.recorder.currentCommand ?? 0, place: call.place, from: loaded, to: target),
                in: \.kernelMoves)
        }
        return target
    }

    private static func isCompressed(_ bytes: [UInt8]) -> Bool {
        let magics: [[UInt8]] = [[0x1f, 0x8b], [0x42, 0x5a], [0x5d, 0], [0x89, 0x4c], [0x04, 0x22], [0x28, 0xb5]]
        return magics.contains { bytes.starts(with: $0) }
    }

    private static func compressed(_ machine: inout Machine) throws -> Refusal {
        let room = machine.environment.address("kernel_comp_addr_r") ?? 0
        let size = machine.environment.address("kernel_comp_size") ?? 0
        if room == 0 || size == 0 {
            machine.print("kernel_comp_addr_r or kernel_comp_size is not provided!\n")
        } else {
            machine.recorder.markCurrent(.unsimulated)
            machine.print("ibtest: compressed kernels are not simulated\n")
        }
        return Refusal(reason: .compressedWithoutRoom)
    }

    private static func overlaps(_ ramdisk: AddressRange, _ kernel: AddressRange) -> Bool {
        guard ramdisk.start.value != 0 else { return false }
        return (ramdisk.start >= kernel.start && ramdisk.start < kernel.end)
            || (ramdisk.end > kernel.start && ramdisk.end <= kernel.end)
            || (ramdisk.start < kernel.start && ramdisk.end >= kernel.end)
    }

    /// The device tree that the call names; nil if it names none.
    private static func findTree(
        _ call: CommandCall, kernel: AddressRange, _ machine: inout Machine
    ) throws -> AddressRange? {
        guard call.count > 3 else {
            machine.setWorkingTree(nil)
            return nil
        }
        var address = Address(call.hex(3))
        switch try machine.imageFormat(at: address) {
        case .flattenedTree:
            machine.print("## Flattened Device Tree blob at \(hex: address.value, width: 8)\n")
        case .legacy:
            guard let unpacked = try LegacyTree.unpack(at: address, call, &machine) else {
                machine.setWorkingTree(nil)
                return nil
            }
            address = unpacked
        case .other:
            machine.print("ERROR: Did not find a cmdline Flattened Device Tree\nCould not find a valid device tree\n")
            throw Refusal(reason: .badTree)
        }
        machine.print("   Booting using the fdt blob at 0x\(hex: address.value, width: 6)\n")
        let tree = AddressRange(start: address, size: UInt64(try machine.treeHeader(at: address).totalSize))
        let startsInside = tree.start >= kernel.start && tree.start < kernel.end
        let endsInside = tree.end >= kernel.start && tree.end < kernel.end
        if tree.start.value != 0, startsInside || endsInside {
            machine.print(
                "ERROR: FDT image overlaps OS image (OS=0x\(hex: kernel.start.value)..0x\(hex: kernel.end.value))\n")
            throw Refusal(reason: .treeOverlap)
        }
        machine.setWorkingTree(address)
        return tree
    }
}
