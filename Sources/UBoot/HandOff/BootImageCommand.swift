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
        body: { call, machine in
            try RawKernelBoot.run(call, &machine, architecture: .arm64, place: placeKernel)
        })

    /// Unpacks the kernel if it is packed, and moves it where it has to run.
    private static func placeKernel(
        _ loaded: Address, _ call: CommandCall, _ machine: inout Machine
    ) throws -> AddressRange {
        try unpack(at: loaded, call, &machine)
        return try Arm64Placement().place(loaded, call, &machine)
    }

    /// The kinds of packed kernels, by their first bytes.
    private static let packed: [(magic: [UInt8], compression: LegacyImageCompression)] = [
        ([0x1f, 0x8b], .gzip), ([0x42, 0x5a], .bzip2), ([0x5d, 0], .lzma), ([0x89, 0x4c], .lzo),
        ([0x04, 0x22], .lz4), ([0x28, 0xb5], .zstd),
    ]

    private static func unpack(at loaded: Address, _ call: CommandCall, _ machine: inout Machine) throws {
        let bytes = try machine.memory.read(AddressRange(start: loaded, size: 2))
        guard let compression = packed.first(where: { bytes.starts(with: $0.magic) })?.compression else { return }
        let room = machine.environment.address("kernel_comp_addr_r") ?? 0
        let size = machine.environment.address("kernel_comp_size") ?? 0
        guard room != 0, size != 0 else {
            machine.print("kernel_comp_addr_r or kernel_comp_size is not provided!\n")
            throw BootRefusal(reason: .compressedWithoutRoom)
        }
        let source = AddressRange(start: loaded, size: size)
        machine.printPlacing(compression, .kernel, to: 0, isInPlace: false)
        let unpacked = try machine.decompress(
            compression, source, to: Address(room), room: machine.kernelByteLimit, call)
        guard unpacked.code == 0 else { throw BootRefusal(reason: .badImage) }
        try machine.copy(from: Address(room), to: AddressRange(start: loaded, size: unpacked.byteCount), call)
    }
}
