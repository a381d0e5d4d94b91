import BootImages

/// The commands that run others, stop, or only give a status.
enum ControlCommands {
    static let all: [CommandDefinition] = [
        CommandDefinition(
            "true", maximumArguments: 16, summary: "do nothing, successfully",
            usage: nil,
            body: { _, _ in .success }),
        CommandDefinition(
            "false", maximumArguments: 16, summary: "do nothing, unsuccessfully",
            usage: nil,
            body: { _, _ in .failure }),
        CommandDefinition(
            "echo", maximumArguments: 16, summary: "echo args to console",
            usage: """
                [-n] [args..]
                    - echo args to console; -n suppresses newline
                """,
            body: { call, machine in echo(call, &machine) }),
        CommandDefinition(
            "exit", maximumArguments: 2, summary: "exit script",
            usage: "",
            body: { call, machine in CommandStatus(rawValue: exitStatus(call, machine.release)) }),
        CommandDefinition(
            "sleep", maximumArguments: 2, summary: "delay execution for some time",
            usage: """
                N
                    - delay execution for N seconds (N is _decimal_ and can be
                      fractional)
                """,
            body: { call, machine in sleep(call, &machine) }),
        CommandDefinition(
            "run", maximumArguments: 16, summary: "run commands in an environment variable",
            usage: """
                var [...]
                    - run the commands in the environment variable(s) 'var'
                """,
            body: { call, machine in try run(call.words.dropFirst(), &machine) }),
        CommandDefinition(
            "boot", maximumArguments: 1, summary: "boot default, i.e., run 'bootcmd'",
            usage: "",
            body: { _, machine in try boot(&machine) }),
        CommandDefinition(
            "bootd", maximumArguments: 1, summary: "boot default, i.e., run 'bootcmd'",
            usage: "",
            body: { _, machine in try boot(&machine) }),
        CommandDefinition(
            "source", maximumArguments: 2, isRepeatable: false, summary: "run script from memory",
            usage: """
                [addr]
                \t- run script starting at addr
                \t- A valid image header must be present
                For FIT format uImage addr must include subimage
                unit name in the form of addr:<subimg_uname>
                """,
            body: { call, machine in try SourceCommand.run(call, &machine) }),
        CommandDefinition(
            "showvar", maximumArguments: 16, summary: "print local hushshell variables",
            usage: """

                    - print values of all hushshell variables
                showvar name ...
                    - print value of hushshell variable 'name'
                """,
            body: { call, machine in showVariables(call, &machine) }),
    ]

    private static func echo(_ call: CommandCall, _ machine: inout Machine) -> CommandStatus {
        let endsLine = call[1] != "-n"
        let words = call.words.dropFirst(endsLine ? 1 : 2)
        machine.print(ByteString(words.map(\.bytes).joined(separator: [UInt8(ascii: " ")])))
        if endsLine { machine.print("\n") }
        return .success
    }

    /// The argument as a number below -1, which leaves the shell; U-Boot 2023.01 takes it for a plain status and goes on.
    private static func exitStatus(_ call: CommandCall, _ release: Release) -> Int {
        let value = Int32(truncatingIfNeeded: call[1].map { Numbers.decimal($0) } ?? 0)
        return Int(release >= .v2023_04 ? 0 &- value &- 2 : value)
    }

    /// Waits on the virtual clock: seconds, with a fraction of up to three digits.
    private static func sleep(_ call: CommandCall, _ machine: inout Machine) -> CommandStatus {
        guard let word = call[1] else { return .usage }
        var milliseconds = Numbers.decimal(word) &* 1000
        if let dot = word.bytes.firstIndex(of: UInt8(ascii: ".")) {
            let digits = word.bytes[(dot + 1)...].prefix(3).prefix { CharacterClass.isDigit($0) }
            for (digit, weight) in zip(digits, [100, 10, 1] as [UInt64]) {
                milliseconds = milliseconds &+ UInt64(digit - UInt8(ascii: "0")) * weight
            }
        }
        machine.wait(milliseconds: milliseconds)
        return .success
    }

    /// Runs the texts of variables until one ends with a status other than 0.
    static func run(_ names: ArraySlice<ByteString>, _ machine: inout Machine) throws -> CommandStatus {
        guard !names.isEmpty else { return .usage }
        for name in names {
            guard let text = machine.environment[name] else {
                machine.printFormatted("## Error: \"\(name)\" not defined\n")
                return .failure
            }
            let status = try machine.runWhole(text, source: "variable \(name.display)")
            guard status == 0 else { return CommandStatus(rawValue: status) }
        }
        return .success
    }

    /// Runs `bootcmd`; silent where there is none.
    private static func boot(_ machine: inout Machine) throws -> CommandStatus {
        machine.environment["bootcmd"] == nil ? .failure : try run(["bootcmd"], &machine)
    }

    private static func showVariables(_ call: CommandCall, _ machine: inout Machine) -> CommandStatus {
        guard call.count > 1 else {
            for entry in machine.shellVariables.entries { machine.printFormatted("\(entry.name)=\(entry.value)\n") }
            return .success
        }
        var missing = 0
        for name in call.words.dropFirst() {
            if let value = machine.shellVariables[name] {
                machine.printFormatted("\(name)=\(value)\n")
            } else {
                machine.printFormatted("## Error: \"\(name)\" not defined\n")
                missing += 1
            }
        }
        return CommandStatus(rawValue: missing)
    }
}
