/// Commands that serve another computer over USB or the network.
enum GadgetCommands {
    static let all: [CommandDefinition] = [
        CommandDefinition(
            "dfu", maximumArguments: 16, summary: "Device Firmware Upgrade",
            usage: """
                <USB_controller> [<interface> <dev>] [list]
                  - device firmware upgrade via <USB_controller>
                    on device <dev>, attached to interface
                    <interface>
                    [list] - list available alt settings

                """,
            body: { call, machine in update(call, &machine) }),
        CommandDefinition(
            "fastboot", maximumArguments: 16, summary: "run as a fastboot usb or udp device",
            usage: """
                [-l addr] [-s size] usb <controller> | udp
                \taddr - address of buffer used during data transfers (0x800800)
                \tsize - size of buffer used during data transfers (0x8000000)
                """,
            body: { call, machine in try fastboot(call, &machine) }),
    ]

    /// Without `dfu_alt_info` U-Boot's own number for the error leaves the shell.
    private static func update(_ call: CommandCall, _ machine: inout Machine) -> CommandStatus {
        guard call.count > 1 else { return .usage }
        guard machine.environment["dfu_alt_info"] != nil else {
            machine.print("\"dfu_alt_info\" env variable not defined!\n")
            return CommandStatus(rawValue: -22)
        }
        machine.recorder.markCurrent(.unsimulated)
        machine.print("ibtest: nobody sends files by DFU\n")
        return .failure
    }

    private static func fastboot(_ call: CommandCall, _ machine: inout Machine) throws -> CommandStatus {
        var words = call.words.dropFirst()
        while let option = words.first, option.bytes.first == UInt8(ascii: "-") {
            guard ["-l", "-s"].contains(option), words.count > 1 else { return .usage }
            words = words.dropFirst(2)
        }
        guard let way = words.first else { return .usage }
        guard way == "udp" else {
            machine.print("Fastboot USB not enabled\n")
            return .failure
        }
        guard machine.environment["ipaddr"] != nil else {
            machine.print("*** ERROR: `ipaddr' not set\nfastboot udp error: -19\n")
            return .failure
        }
        machine.recorder.markCurrent(.unsimulated)
        machine.print("ibtest: nobody sends files by fastboot\n")
        return .failure
    }
}
