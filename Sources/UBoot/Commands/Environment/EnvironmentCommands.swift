/// The commands that read and change the environment.
enum EnvironmentCommands {
    static let all: [CommandDefinition] = [
        CommandDefinition(
            "printenv", maximumArguments: 16, summary: "print environment variables",
            usage: """
                [-a]
                    - print [all] values of all environment variables
                printenv -e [-guid guid][-n] [name ...]
                    - print UEFI variable 'name' or all the variables
                      "-guid": GUID xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx
                      "-n": suppress dumping variable's value
                printenv name ...
                    - print value of environment variable 'name'
                """,
            body: { call, machine in print(call.words.dropFirst(), &machine) }),
        CommandDefinition(
            "setenv", maximumArguments: 16, isRepeatable: false, summary: "set environment variables",
            usage: """
                -e [-guid guid][-nv][-bs][-rt][-at][-a][-v]
                        [-i addr:size name], or [name [value ...]]
                    - set UEFI variable 'name' to 'value' ...'
                      "-guid": GUID xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx
                      "-nv": set non-volatile attribute
                      "-bs": set boot-service attribute
                      "-rt": set runtime attribute
                      "-at": set time-based authentication attribute
                      "-a": append-write
                      "-i addr,size": use <addr,size> as variable's value
                      "-v": verbose message
                    - delete UEFI variable 'name' if 'value' not specified
                setenv [-f] name value ...
                    - [forcibly] set environment variable 'name' to 'value ...'
                setenv [-f] name
                    - [forcibly] delete environment variable 'name'
                """,
            body: { call, machine in set(call.words.dropFirst(), &machine) }),
        CommandDefinition(
            "saveenv", maximumArguments: 1, isRepeatable: false,
            summary: "save environment variables to persistent storage",
            usage: "",
            body: { _, machine in StoredEnvironment.save(&machine) }),
        CommandDefinition(
            "env", maximumArguments: 16, summary: "environment handling commands",
            usage: """
                default [-f] -a - [forcibly] reset default environment
                env default [-f] var [...] - [forcibly] reset variable(s) to their default values
                env delete [-f] var [...] - [forcibly] delete variable(s)
                env edit name - edit environment variable
                env exists name - tests for existence of variable
                env export [-t | -b | -c] [-s size] addr [var ...] - export environment
                env import [-d] [-t [-r] | -b | -c] addr [size] [var ...] - import environment
                env print [-a | name ...] - print environment
                env print -e [-guid guid] [-n] [name ...] - print UEFI environment
                env run var [...] - run commands in an environment variable
                env save - save environment
                env set -e [-nv][-bs][-rt][-at][-a][-i addr:size][-v] name [arg ...]
                    - set UEFI variable; unset if '-i' or 'arg' not specified
                env set [-f] name [arg ...]

                """,
            body: { call, machine in try dispatch(call, &machine) }),
    ]

    private static let subcommands = [
        "default", "delete", "edit", "exists", "export", "import", "print", "run", "save", "set",
    ]

    /// Finds the subcommand by a beginning that only one has.
    private static func dispatch(_ call: CommandCall, _ machine: inout Machine) throws -> CommandStatus {
        guard let word = call[1] else { return .usage }
        let near = subcommands.filter { $0.utf8.starts(with: word.bytes) }
        let exact = near.first { $0.utf8.elementsEqual(word.bytes) }
        guard let name = exact ?? (near.count == 1 ? near.first : nil) else { return .usage }
        let arguments = call.words.dropFirst(2)
        switch name {
        case "default": return restore(arguments, &machine)
        case "delete": return delete(arguments, &machine)
        case "exists":
            guard let name = arguments.first else { return .usage }
            return machine.environment[name] == nil ? .failure : .success
        case "export": return try EnvironmentTransfer.export(call, &machine)
        case "import": return try EnvironmentTransfer.import(call, &machine)
        case "print": return print(arguments, &machine)
        case "run": return try ControlCommands.run(arguments, &machine)
        case "save": return StoredEnvironment.save(&machine)
        case "set": return set(arguments, &machine)
        default:
            machine.recorder.markCurrent(.unsimulated)
            machine.print("ibtest: 'env \(name)' is not simulated\n")
            return .failure
        }
    }

    private static func print(_ arguments: ArraySlice<ByteString>, _ machine: inout Machine) -> CommandStatus {
        var names = arguments
        var showsHidden = false
        if names.first == "-a" {
            showsHidden = true
            names = names.dropFirst()
        } else if names.first == "-e" {
            machine.recorder.markCurrent(.unsimulated)
            machine.print("ibtest: UEFI variables are not simulated\n")
            return .failure
        }
        guard names.isEmpty else {
            var missing = 0
            for name in names {
                if let value = machine.environment[name] {
                    machine.printFormatted("\(name)=\(value)\n")
                } else {
                    machine.printFormatted("## Error: \"\(name)\" not defined\n")
                    missing += 1
                }
            }
            return CommandStatus(rawValue: missing)
        }
        let entries = machine.environment.entries.filter { showsHidden || !$0.name.hasPrefix(".") }
        let text = EnvironmentText.text(entries).dropLast()
        machine.print(ByteString(text))
        let size = EnvironmentText.text(entries).count
        machine.print("\nEnvironment size: \(size)/\(machine.environment.capacity) bytes\n")
        return .success
    }

    /// `setenv [-f] NAME [VALUE…]`; an option that is not `-f` asks for the usage, except for UEFI's `-e`.
    private static func set(_ arguments: ArraySlice<ByteString>, _ machine: inout Machine) -> CommandStatus {
        guard !arguments.isEmpty else { return .usage }
        var rest = arguments
        var force = false
        if rest.first == "-e" {
            machine.recorder.markCurrent(.unsimulated)
            machine.print("ibtest: UEFI variables are not simulated\n")
            return .failure
        }
        while let option = rest.first, option.firstOrNUL == UInt8(ascii: "-"), rest.count > 1 || option == "-f" {
            for letter in option.bytes.dropFirst() {
                guard letter == UInt8(ascii: "f") else { return .usage }
                force = true
            }
            rest = rest.dropFirst()
        }
        let name = rest.first ?? ""
        let values = rest.dropFirst()
        let value = values.isEmpty ? nil : ByteString(values.map(\.bytes).joined(separator: [UInt8(ascii: " ")]))
        if let value, value.count >= Environment.valueLimit {
            machine.print("## Can't malloc \(value.count + 1) bytes\n")
            return .failure
        }
        return change(name, to: value, force: force, &machine)
    }

    private static func delete(_ arguments: ArraySlice<ByteString>, _ machine: inout Machine) -> CommandStatus {
        var names = arguments
        var force = false
        while let option = names.first, option.firstOrNUL == UInt8(ascii: "-") {
            for letter in option.bytes.dropFirst() {
                guard letter == UInt8(ascii: "f") else { return .usage }
                force = true
            }
            names = names.dropFirst()
        }
        var status = CommandStatus.success
        for name in names {
            if machine.environment[name] == nil {
                status = .failure
            } else if change(name, to: nil, force: force, &machine) != .success {
                status = .failure
            }
        }
        return status
    }

    private static func restore(_ arguments: ArraySlice<ByteString>, _ machine: inout Machine) -> CommandStatus {
        var names = arguments
        var restoresAll = false
        var force = false
        while let option = names.first, option.firstOrNUL == UInt8(ascii: "-") {
            for letter in option.bytes.dropFirst() {
                if letter == UInt8(ascii: "a") {
                    restoresAll = true
                } else if letter == UInt8(ascii: "f") {
                    force = true
                } else {
                    return .usage
                }
            }
            names = names.dropFirst()
        }
        if restoresAll && names.isEmpty {
            machine.print("## Resetting to default environment\n")
            machine.environment.reset()
            machine.didChangeVariable("loadaddr")
            return .success
        }
        guard !restoresAll, !names.isEmpty else { return .usage }
        for name in names {
            if let value = machine.environment.defaults[name] {
                machine.setVariable(name, to: value)
            } else if machine.release >= .v2025_01 {
                let isGone =
                    machine.environment[name] != nil && change(name, to: nil, force: force, &machine) == .success
                let problem = isGone ? "not in imported env, deleting it" : "neither in running nor in imported env"
                machine.printFormatted("WARNING: '\(name)' \(problem)!\n")
            }
        }
        return .success
    }

    /// Changes a variable as a user does, and says why not.
    private static func change(
        _ name: ByteString, to value: ByteString?, force: Bool, _ machine: inout Machine
    ) -> CommandStatus {
        let wasSet = machine.environment[name] != nil
        do {
            try machine.environment.change(name, to: value, force: force)
            if wasSet || value != nil { machine.didChangeVariable(name) }
            return .success
        } catch {
            machine.print(message(error, name: name, value: value ?? "", machine.release))
            return .failure
        }
    }

    /// What U-Boot prints when a command's change is refused.
    static func message(
        _ refusal: Environment.Refusal, name: ByteString, value: ByteString, _ release: Release
    ) -> ByteString {
        let inserting: ByteString = "## Error inserting \"\(name)\" variable, errno="
        return switch refusal {
        case .illegalName, .undeletable, .consoleName: cause(refusal, name: name, value: value, release)
        case .wrongType, .writeOnce:
            cause(refusal, name: name, value: value, release)
                + ("\(inserting)1\n" as ByteString).cutForPrinting(release)
        case .noMemory: ("\(inserting)12\n" as ByteString).cutForPrinting(release)
        case .device:
            cause(refusal, name: name, value: value, release)
                + ("\(inserting)22\n" as ByteString).cutForPrinting(release)
        }
    }

    /// Why a change is refused, in U-Boot's words.
    static func cause(
        _ refusal: Environment.Refusal, name: ByteString, value: ByteString, _ release: Release
    ) -> ByteString {
        let text: ByteString =
            switch refusal {
            case .illegalName:
                "## Error: illegal character '='\(release >= .v2023_07 ? " " : "")in variable name \"\(name)\"\n"
            case .wrongType(let type):
                "## Error: flags type check failure for \"\(name)\" <= \"\(value)\" (type: \(String(type.rawValue)))\n"
            case .writeOnce: "## Error: Can't overwrite \"\(name)\"\n"
            case .undeletable: "## Error: Can't delete \"\(name)\"\n"
            case .consoleName: "Can't delete \"\(name)\"\n"
            case .noMemory: ""
            case .device(let message): message
            }
        return text.cutForPrinting(release)
    }
}

extension Machine {
    /// Sets a variable as a user does who may set it.
    public mutating func setVariable(_ name: ByteString, to value: ByteString) {
        environment.set(name, value)
        didChangeVariable(name)
    }

    /// Follows up on a variable that U-Boot keeps a copy of.
    mutating func didChangeVariable(_ name: ByteString) {
        network.take(environment[name], for: name)
        if name == "loadaddr", let address = environment.address(name) { loadAddress = Address(address) }
    }
}
