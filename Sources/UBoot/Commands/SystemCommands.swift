/// The commands about U-Boot itself.
enum SystemCommands {
    static let all: [CommandDefinition] = [
        CommandDefinition(
            "help", maximumArguments: 16, summary: "print command description/usage",
            usage: """

                \t- print brief description of all commands
                help command ...
                \t- print detailed usage of 'command'
                """,
            body: { call, machine in help(call, &machine) }),
        CommandDefinition(
            "?", maximumArguments: 16, summary: "alias for 'help'",
            usage: "",
            body: { call, machine in help(call, &machine) }),
        CommandDefinition(
            "version", maximumArguments: 1, summary: "print monitor, compiler and linker version",
            usage: "",
            body: { _, machine in printVersion(&machine) }),
        CommandDefinition(
            "reset", maximumArguments: 2, isRepeatable: false, summary: "Perform RESET of the CPU",
            usage: """
                - cold boot without level specifier
                reset -w - warm reset if implemented
                """,
            body: { _, machine in throw reset(&machine) }),
        CommandDefinition(
            "poweroff", maximumArguments: 1, isRepeatable: false, summary: "Perform POWEROFF of the device",
            usage: "",
            body: { _, machine in throw powerOff(&machine) }),
        CommandDefinition(
            "panic", maximumArguments: 2, summary: "Panic with optional message",
            usage: "[message]",
            body: { call, machine in throw panic(call, &machine) }),
    ]

    private static func help(_ call: CommandCall, _ machine: inout Machine) -> CommandStatus {
        guard call.count > 1 else {
            for command in machine.commands.commands {
                let padding = String(repeating: " ", count: max(0, 10 - command.name.utf8.count))
                machine.print("\(command.name)\(padding)- \(command.summary)\n")
            }
            return .success
        }
        for word in call.words.dropFirst() {
            if case .found(let definition) = machine.commands.find(word) {
                machine.print(definition.usageText)
            } else {
                machine.printFormatted(
                    "Unknown command '\(word)' - try 'help' without arguments for list of all known commands\n\n")
            }
        }
        return .failure
    }

    private static func printVersion(_ machine: inout Machine) -> CommandStatus {
        machine.print(machine.description.versionText)
        return .success
    }

    private static func reset(_ machine: inout Machine) -> MachineStop {
        machine.print("resetting ...\n")
        return .reset("the command 'reset'")
    }

    private static func powerOff(_ machine: inout Machine) -> MachineStop {
        machine.print("poweroff ...\n")
        return .reset("the command 'poweroff'")
    }

    private static func panic(_ call: CommandCall, _ machine: inout Machine) -> MachineStop {
        machine.print(ByteString(call.words.dropFirst().map(\.bytes).joined(separator: [UInt8(ascii: " ")])))
        machine.print("\nresetting ...\n")
        return .reset("the command 'panic'")
    }
}
