/// What QEMU and the PCI bus offer.
enum MachineBusCommands {
    static let all: [CommandDefinition] = [
        CommandDefinition(
            "pci", maximumArguments: 5, summary: "list and access PCI Configuration Space",
            usage: """
                [bus|*] [long]
                    - short or long list of PCI devices on bus 'bus'
                pci enum
                    - Enumerate PCI buses
                pci header b.d.f
                    - show header of PCI device 'bus.device.function'
                pci bar b.d.f
                    - show BARs base and size for device b.d.f'
                pci regions [bus|*]
                    - show PCI regions
                pci display[.b, .w, .l] b.d.f [address] [# of objects]
                    - display PCI configuration space (CFG)
                pci next[.b, .w, .l] b.d.f address
                    - modify, read and keep CFG address
                pci modify[.b, .w, .l] b.d.f address
                    -  modify, auto increment CFG address
                pci write[.b, .w, .l] b.d.f address value
                    - write to CFG address
                """,
            body: { call, machine in pci(call, &machine) }),
        CommandDefinition(
            "qfw", minimumArguments: 2, maximumArguments: 4, summary: "QEMU firmware interface",
            usage: """
                <command>
                    - list                             : print firmware(s) currently loaded
                    - cpus                             : print online cpu number
                    - load <kernel addr> <initrd addr> : load kernel and initrd (if any), and setup for zboot

                """,
            body: { call, machine in qfw(call, &machine) }),
    ]

    /// The bus is there from the start, so looking for devices finds what the board file tells.
    private static func pci(_ call: CommandCall, _ machine: inout Machine) -> CommandStatus {
        call.word(1) == "enum" ? .success : machine.answerFromBoard(call)
    }

    /// QEMU's interface to the firmware, without a kernel that QEMU was given.
    private static func qfw(_ call: CommandCall, _ machine: inout Machine) -> CommandStatus {
        guard call.word(1) == "load" else {
            return ["list", "cpus"].contains(call.word(1)) ? machine.answerFromBoard(call) : .usage
        }
        let hasKernel = call.count > 2 || machine.environment["loadaddr"] != nil
        let hasRamdisk = call.count > 3 || machine.environment["ramdiskaddr"] != nil
        machine.print(hasKernel && hasRamdisk ? "fatal: no kernel available\n" : "missing load or initrd address\n")
        machine.print("Command 'load' failed: Error 1\n")
        return .failure
    }
}
