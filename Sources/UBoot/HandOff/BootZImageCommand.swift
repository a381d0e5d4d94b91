import BootImages

/// The command `bootz`: starts a 32-bit ARM zImage with a device tree.
enum BootZImageCommand {
    static let command = CommandDefinition(
        "bootz", maximumArguments: 16, summary: "boot Linux zImage image from memory",
        usage: """
            [addr [initrd[:size]] [fdt]]
                - boot Linux zImage stored in memory
            \tThe argument 'initrd' is optional and specifies the address
            \tof the initrd in memory. The optional argument ':size' allows
            \tspecifying the size of RAW initrd.
            \tWhen booting a Linux kernel which requires a flat device-tree
            \ta third argument is required which is the address of the
            \tdevice-tree blob. To boot that kernel without an initrd image,
            \tuse a '-' for the second argument. If you do not pass a third
            \ta bd_info struct will be passed instead

            """,
        body: { call, machine in
            try RawKernelBoot.run(call, &machine, architecture: .arm, place: measure)
        })

    /// Where the header says what it is, in bytes from its start (Linux Documentation/arch/arm/booting.rst).
    private enum Offset {
        static let magic: UInt64 = 0x24
        static let start: UInt64 = 0x28
        static let end: UInt64 = 0x2c
    }
    private static let magics: Set<UInt64> = [0x016f_2818, 0x1828_6f01]

    /// The memory that the kernel takes where it lies.
    private static func measure(
        _ loaded: Address, _ call: CommandCall, _ machine: inout Machine
    ) throws -> AddressRange {
        guard magics.contains(try machine.memory.number(at: loaded + Offset.magic, byteCount: 4)) else {
            machine.print("zimage: Bad magic!\n")
            throw BootRefusal(reason: .badMagic)
        }
        let start = try machine.memory.number(at: loaded + Offset.start, byteCount: 4)
        let end = try machine.memory.number(at: loaded + Offset.end, byteCount: 4)
        machine.print(
            "Kernel image @ 0x\(hex: loaded.value, width: 6) "
                + "[ 0x\(hex: start, width: 6) - 0x\(hex: end, width: 6) ]\n")
        return AddressRange(start: loaded, size: end &- start)
    }
}
