/// The command `setexpr`: arithmetic, strings in memory, and substitution by regular expression.
enum SetExpression {
    static let command = CommandDefinition(
        "setexpr", maximumArguments: 8, isRepeatable: false,
        summary: "set environment variable as the result of eval expression",
        usage: """
            [.b, .w, .l, .s] name [*]value1 <op> [*]value2
                - set environment variable 'name' to the result of the evaluated
                  expression specified by <op>.  <op> can be &, |, ^, +, -, *, /, %
                  (for strings only + is supported)
                  size argument is only meaningful if value1 and/or value2 are
                  memory addresses (*)
            setexpr[.b, .w, .l] name [*]value
                - load a value into a variable
            setexpr name gsub r s [t]
                - For each substring matching the regular expression <r> in the
                  string <t>, substitute the string <s>.  The result is
                  assigned to <name>.  If <t> is not supplied, use the old
                  value of <name>
            setexpr name sub r s [t]
                - Just like gsub(), but replace only the first matching substring
            """,
        body: { call, machine in try evaluate(call, &machine) })

    private enum Operand {
        case number(UInt64)
        case string(ByteString)
    }

    private static func evaluate(_ call: CommandCall, _ machine: inout Machine) throws -> CommandStatus {
        guard call.count >= 3 else { return .usage }
        let size = machine.dataSize(of: call)
        guard let left = try operand(call.word(2), size, machine) else { return .failure }
        let name = call.word(1)
        if call.count == 3 {
            switch left {
            case .number(let value): return machine.setVariable(name, "\(hex: value)")
            case .string(let value): return machine.setVariable(name, value)
            }
        }
        guard call.count == 5 || call.count == 6 else { return .usage }
        if call.word(2) == "gsub" || call.word(2) == "sub" { return try substitute(call, &machine) }
        guard call.count == 5, call.word(3).count == 1 else { return .usage }
        guard let right = try operand(call.word(4), size, machine) else { return .failure }
        switch (left, right) {
        case (.number(let left), .number(let right)):
            if right == 0, ["/", "%"].contains(call.word(3)), machine.description.wordSize == 4 {
                machine.print("### ERROR ### Please RESET the board ###\n")
                throw MachineStop.hang("a division by zero, which a 32-bit CPU does not do")
            }
            guard let value = compute(left, call.word(3).firstOrNUL, right) else { return invalid(&machine) }
            _ = machine.setVariable(name, "\(hex: value & machine.wordMask)")
            return .success
        case (.string(let left), .string(let right)):
            guard call.word(3) == "+" else { return invalid(&machine) }
            return machine.setVariable(name, ByteString(left.bytes + right.bytes))
        default: return .failure
        }
    }

    private static func invalid(_ machine: inout Machine) -> CommandStatus {
        machine.print("invalid op\n")
        return .failure
    }

    /// The value of an operation, nil if there is none of that sign; division by zero gives what the CPU gives.
    private static func compute(_ left: UInt64, _ operation: UInt8, _ right: UInt64) -> UInt64? {
        switch operation {
        case UInt8(ascii: "|"): left | right
        case UInt8(ascii: "&"): left & right
        case UInt8(ascii: "+"): left &+ right
        case UInt8(ascii: "^"): left ^ right
        case UInt8(ascii: "-"): left &- right
        case UInt8(ascii: "*"): left &* right
        case UInt8(ascii: "/"): right == 0 ? 0 : left / right
        case UInt8(ascii: "%"): right == 0 ? left : left % right
        default: nil
        }
    }

    /// A number, or what `*ADDRESS` points to; nil for a plain word where a string in memory is wanted.
    private static func operand(
        _ word: ByteString, _ size: DataSize.Suffix, _ machine: Machine
    ) throws -> Operand? {
        let isIndirect = word.firstOrNUL == UInt8(ascii: "*")
        guard isIndirect else { return size == .string ? nil : .number(machine.hex(word)) }
        let address = Address(machine.hex(ByteString(word.bytes.dropFirst())))
        switch size {
        case .string: return .string(try machine.memory.cString(at: address, limit: 0x10000))
        case .bytes(let count): return .number(try machine.memory.number(at: address, byteCount: count))
        case .invalid: return .number(try machine.memory.number(at: address, byteCount: machine.description.wordSize))
        }
    }

    private static func substitute(_ call: CommandCall, _ machine: inout Machine) throws -> CommandStatus {
        let name = call.word(1)
        do throws(Substitution.Failure) {
            let substitution = try Substitution(
                pattern: call.word(3), replacement: call.word(4), isGlobal: call.word(2) == "gsub")
            guard let text = call[5] ?? machine.environment[name] else {
                machine.printFormatted("## Error: variable \"\(name)\" not defined\n")
                return .failure
            }
            let result = try substitution.apply(to: text)
            // Newer releases are silent, and keep a text that does not match.
            guard machine.release < .v2024_07 else { return machine.setVariable(name, result ?? text) }
            guard let result else {
                machine.printFormatted("\(text): No match\n")
                return .failure
            }
            machine.printFormatted("\(name)=\(result)\n")
            return machine.setVariable(name, result)
        } catch .refused(let message) {
            machine.print(message)
            return .failure
        } catch .endless {
            throw MachineStop.hang("the regular expression never comes to an end")
        }
    }
}

extension Machine {
    /// Sets a variable as U-Boot's own code does: an empty value deletes it, and rules may forbid it.
    ///
    /// A name that begins with `-` is taken for options of `setenv`: other than `-f` they ask for the usage of the command
    /// that sets the variable, and behind `-f` the value is the name of what is deleted.
    mutating func setVariable(_ name: ByteString, _ value: ByteString) -> CommandStatus {
        let isOption = name.firstOrNUL == UInt8(ascii: "-")
        if isOption, !name.bytes.dropFirst().allSatisfy({ $0 == UInt8(ascii: "f") }) { return .usage }
        do {
            if isOption {
                try environment.change(value, to: nil, force: name.count > 1)
            } else {
                try environment.change(name, to: value.isEmpty ? nil : value)
            }
            didChangeVariable(name)
            return .success
        } catch {
            print(EnvironmentCommands.message(error, name: name, value: value, release))
            return .failure
        }
    }
}
