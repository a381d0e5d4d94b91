/// Reads one command line from left to right, remembering the first mistake so that help can still win.
struct ArgumentReader {
    private enum Asked { case help, helpByWord, version }

    private let root: CommandSpec
    private let words: [String]
    private var index = 0
    private var path: [String] = []
    private var chain: [CommandSpec]
    private var operands: [String] = []
    private var given: [(option: OptionSpec, value: String?)] = []
    private var asked: Asked?
    private var mistake: UsageError?

    init(root: CommandSpec, words: [String]) {
        self.root = root
        self.words = words
        chain = [root]
    }

    private var spec: CommandSpec { chain.last ?? root }

    mutating func read() throws(UsageError) -> Request {
        while index < words.count {
            let word = words[index]
            index += 1
            if word == "--" {
                operands += words[index...]
                break
            } else if word.hasPrefix("--") {
                readLong(word.dropFirst(2))
            } else if word.hasPrefix("-"), word != "-", !isNegativeNumber(word) {
                readCluster(word)
            } else {
                readWord(word)
            }
        }
        switch asked {
        case .helpByWord:
            if let mistake, case .unknownCommand = mistake.reason { throw mistake }
            return .help(path: path, spec: spec)
        case .help: return .help(path: path, spec: spec)
        case .version: return .version
        case nil: return try finish()
        }
    }

    // MARK: Words

    private mutating func readWord(_ word: String) {
        let candidates = spec.subcommands
        guard operands.isEmpty, !candidates.isEmpty else { return operands.append(word) }
        if let command = candidates.first(where: { $0.name == word }) {
            chain.append(command)
            path.append(word)
        } else if word == "help" {
            asked = asked ?? .helpByWord
        } else if spec.operands.isEmpty {
            note(.unknownCommand(word, known: candidates.map(\.name)))
            // What follows belongs to a command nobody knows.
            operands.append(word)
        } else {
            operands.append(word)
        }
    }

    /// A word such as `-5` is an operand where no option is named by a digit.
    private func isNegativeNumber(_ word: String) -> Bool {
        Int(argument: word) != nil && !options.contains { $0.short?.isNumber == true }
    }

    // MARK: Options

    /// Those of the innermost command first, so that they win over options of the same name above.
    private var options: [OptionSpec] { chain.reversed().flatMap(\.options) + [.help, .version] }

    private func option(long name: some StringProtocol) -> OptionSpec? { options.first { $0.long == String(name) } }

    private mutating func readLong(_ body: Substring) {
        let parts = body.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let typed = "--" + (parts.first ?? "")
        guard let name = parts.first, let option = option(long: name) else {
            return note(.unknownOption(typed, known: options.compactMap { $0.long.map { "--" + $0 } }))
        }
        let attached = parts.count > 1 ? String(parts[1]) : nil
        if case .flag = option.value {
            if let attached { return note(.unexpectedValue(option: typed, value: attached)) }
            return accept(option, nil)
        }
        readValue(of: option, typed: typed, attached: attached)
    }

    private mutating func readCluster(_ word: String) {
        var rest = word.dropFirst()
        while let letter = rest.popFirst() {
            let typed = "-\(letter)"
            guard let option = options.first(where: { $0.short == letter }) else {
                // A long option with one dash is likelier than its letters.
                let meant = option(long: word.dropFirst()).map { ["--" + $0.name] }
                return note(.unknownOption(meant == nil ? typed : word, known: meant ?? []))
            }
            guard case .flag = option.value else {
                return readValue(of: option, typed: typed, attached: rest.isEmpty ? nil : String(rest))
            }
            accept(option, nil)
        }
    }

    private mutating func readValue(of option: OptionSpec, typed: String, attached: String?) {
        if let attached { return check(option, typed: typed, attached) }
        let placeholder = option.placeholder ?? ""
        guard index < words.count else {
            return note(.missingValue(option: typed, placeholder: placeholder, skipped: nil))
        }
        let next = words[index]
        let isLongOption = next.hasPrefix("--") && self.option(long: next.dropFirst(2).prefix { $0 != "=" }) != nil
        if isLongOption || (next.hasPrefix("-") && problem(option, typed: typed, next) != nil) {
            return note(.missingValue(option: typed, placeholder: placeholder, skipped: isLongOption ? next : nil))
        }
        index += 1
        check(option, typed: typed, next)
    }

    private mutating func check(_ option: OptionSpec, typed: String, _ value: String) {
        if let problem = problem(option, typed: typed, value) { note(problem) }
        accept(option, value)
    }

    private func problem(_ option: OptionSpec, typed: String, _ value: String) -> UsageError.Reason? {
        switch option.value {
        case .flag, .text, .path: return nil
        case .number(_, let range):
            guard let number = Int(argument: value), range.contains(number) else {
                return .notANumber(option: typed, value: value, range: range)
            }
            return nil
        case .choice(_, let choices):
            return choices.contains(value) ? nil : .notAChoice(option: typed, value: value, choices: choices)
        }
    }

    private mutating func accept(_ option: OptionSpec, _ value: String?) {
        if option == .help {
            asked = asked ?? .help
        } else if option == .version {
            asked = asked ?? .version
        } else {
            if !option.repeats, isGiven(option) { note(.repeatedOption(option.typed)) }
            given.append((option, value))
        }
    }

    private func isGiven(_ option: OptionSpec) -> Bool { given.contains { $0.option.name == option.name } }

    private mutating func note(_ reason: UsageError.Reason) {
        if mistake == nil { mistake = error(reason) }
    }

    private func error(_ reason: UsageError.Reason) -> UsageError {
        UsageError(reason: reason, path: path, usageLine: root.usageLine(path: path))
    }

    // MARK: The end of the line

    private func finish() throws(UsageError) -> Request {
        if let mistake { throw mistake }
        if !spec.subcommands.isEmpty, spec.operands.isEmpty, operands.isEmpty {
            throw error(.missingCommand(known: spec.subcommands.map(\.name)))
        }
        let declared = chain.flatMap(\.options)
        for option in declared where option.required && !isGiven(option) {
            throw error(.missingOption(option.typed, placeholder: option.placeholder))
        }
        var arguments = ParsedArguments(options: declared, operands: try assignOperands())
        for (option, value) in given { arguments.add(option, value) }
        return .run(path: path, spec: spec, arguments)
    }

    /// Each required operand gets its word first; what is left goes to optional and repeating ones from the left.
    private func assignOperands() throws(UsageError) -> [String: [String]] {
        var spare = operands.count - spec.operands.count { $0.required }
        var rest = operands[...]
        var assigned: [String: [String]] = [:]
        for operand in spec.operands {
            let extra = operand.repeats ? max(0, spare) : (operand.required ? 0 : min(1, max(0, spare)))
            spare -= extra
            let count = (operand.required ? 1 : 0) + extra
            guard rest.count >= count else { throw error(.missingOperand(operand.name)) }
            assigned[operand.name] = Array(rest.prefix(count))
            rest = rest.dropFirst(count)
        }
        if let word = rest.first { throw error(.unexpectedOperand(word)) }
        return assigned
    }
}
