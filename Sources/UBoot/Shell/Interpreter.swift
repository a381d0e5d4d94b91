/// Running what the parser built: the last stage of the shell.
extension Machine {
    /// The status with which a list ends when a command leaves the shell.
    private static let leave = -2

    /// Runs a script line by line, as `source` does, and gives its status.
    mutating func runLines(_ text: ByteString, source: String) throws(MachineStop) -> Int {
        guard var next = Self.shellText(text) else { return 0 }
        try enter()
        defer { exit() }
        var code = 1
        var source = source
        while true {
            var parser = Parser(
                Lexer(next), mode: .lines, source: source, depthLimit: limits.nesting)
            var isBroken = false
            repeat {
                let result = parser.next(separators: environment.separators)
                try checkDepth(result)
                printErrors(result)
                switch result.end {
                case .unfinished: return code == 0 ? 0 : 1
                case .error: isBroken = true
                case .line, .text:
                    code = try run(result.list)
                    if code == Self.leave { return statusOfLeaving }
                    if result.end == .text { return code == 0 ? 0 : 1 }
                }
            } while !isBroken && !parser.isAtEnd
            guard isBroken else { return code == 0 ? 0 : 1 }
            // After a syntax error U-Boot goes on to read at address 0 of memory.
            source = "<address 0>"
            guard let rest = (try? memory.cString(at: 0)).flatMap(Self.shellText) else { return code == 0 ? 0 : 1 }
            next = rest
        }
    }

    /// Runs the text of a variable as one input, as `run` does, and gives its status.
    mutating func runWhole(_ text: ByteString, source: String) throws(MachineStop) -> Int {
        guard let text = Self.shellText(text) else { return 0 }
        try enter()
        defer { exit() }
        var parser = Parser(
            Lexer(text, separators: environment.separators), mode: .whole, source: source, depthLimit: limits.nesting)
        return try runOnce(&parser)
    }

    /// Runs a command again after its values were put in, and gives `$?`.
    private mutating func runExpanded(_ line: [UInt8], at place: ScriptPlace) throws(MachineStop) -> Int {
        var parser = Parser(
            Lexer(line, pass: .second, separators: environment.separators), mode: .expanded, source: place.source,
            fixedPlace: place, depthLimit: limits.nesting)
        _ = try runOnce(&parser)
        return lastStatus
    }

    private mutating func runOnce(_ parser: inout Parser) throws(MachineStop) -> Int {
        let result = parser.next(separators: environment.separators)
        try checkDepth(result)
        printErrors(result)
        guard result.end == .line || result.end == .text else { return 1 }
        let code = try run(result.list)
        if code == Self.leave { return statusOfLeaving }
        return code == 0 ? 0 : 1
    }

    /// What a text gives in which a command left the shell: the value of `exit`, or success in releases without that.
    ///
    /// `exit` in a construct leaves the value 0 behind, as what ends is then the construct.
    private var statusOfLeaving: Int { release >= .v2023_04 ? lastStatus : 0 }

    /// What `$?` gives after a command that returned `code`: newer releases show it as it is, without a sign.
    private func shownStatus(_ code: Int) -> Int {
        release >= .v2023_04 ? Int(UInt32(truncatingIfNeeded: code)) : code == 0 ? 0 : 1
    }

    /// A text as the shell reads it: up to a NUL, with a line feed at its end; nil if there is nothing.
    private static func shellText(_ text: ByteString) -> [UInt8]? {
        let bytes = text.bytes.prefix { $0 != 0 }
        guard let last = bytes.last else { return nil }
        let endsLine = last == UInt8(ascii: "\n") && bytes.firstIndex(of: last) == bytes.endIndex - 1
        return Array(bytes) + (endsLine ? [] : [UInt8(ascii: "\n")])
    }

    private mutating func enter() throws(MachineStop) {
        guard nesting < limits.nesting else { throw .limit(.nesting) }
        nesting += 1
        callers.append(recorder.currentPlace ?? ScriptPlace(source: "<prompt>", line: 1, column: 1))
    }

    private mutating func exit() {
        nesting -= 1
        callers.removeLast()
    }

    mutating func checkDepth(_ result: Parser.Result) throws(MachineStop) {
        guard result.isTooDeep else { return }
        recorder.note(.tooDeep, at: result.lastPlace, callers: callers)
        throw .limit(.nesting)
    }

    private mutating func printErrors(_ result: Parser.Result) {
        for (index, place) in result.errors.enumerated() {
            let isOpenEnd = result.end == .unfinished && index == result.errors.count - 1
            recorder.note(isOpenEnd ? .unfinished : .syntaxError, at: place, callers: callers)
            print("syntax error\n")
        }
    }

    mutating func countStep() throws(MachineStop) {
        steps += 1
        if steps > limits.steps { throw .limit(.steps) }
        if console.isFull { throw .limit(.output) }
        if let interruption, interruption.isUrgent { throw .interruption }
    }

    // MARK: Lists

    /// Runs a list at the prompt, where nothing can be left.
    mutating func runAtPrompt(_ list: CommandList) throws(MachineStop) {
        let code = try run(list)
        if code == Self.leave { print("exit not allowed from main input shell.\n") }
        if code == -1 { canRepeat = false }
    }

    /// Runs the steps of a list and gives the status of the last one that ran, or `leave`.
    private mutating func run(_ list: CommandList) throws(MachineStop) -> Int {
        let steps = list.steps
        if let place = ListRun.misplacedFor(steps) {
            recorder.note(.syntaxError, at: place, callers: callers)
            print("syntax error\n")
            return 1
        }
        var state = ListRun()
        var index = 0
        while index < steps.count {
            let step = steps[index]
            if let interruption, interruption.isAsked, step.role.isLoopHead { return 1 }
            if let loop = state.begin(step, at: index, of: steps, machine: &self) {
                let code = try execute(step, loop: loop)
                if code < -1 {
                    lastStatus = -code - 2
                    return Self.leave
                }
                lastStatus = shownStatus(code)
                state.finish(step, code: code)
            }
            if state.isEnded { break }
            index = state.isRestarting ? state.loopStart ?? 0 : index + 1
        }
        return state.code
    }

    /// Runs what a step holds; `loop` replaces the words of a `for`.
    private mutating func execute(_ step: CommandList.Step, loop: ListRun.Turn) throws(MachineStop) -> Int {
        try countStep()
        let isTested = step.isTested
        if isTested { testDepth += 1 }
        defer { if isTested { testDepth -= 1 } }
        switch step.body {
        case .nothing: return 0
        case .construct(let list):
            nesting += 1
            defer { nesting -= 1 }
            guard nesting <= limits.nesting else { throw .limit(.nesting) }
            return try run(list)
        case .command(let node):
            if case .value(let assignment) = loop {
                return try run(node, words: [assignment] + node.words.dropFirst())
            }
            return try run(node, words: node.words)
        }
    }

    // MARK: Commands

    private mutating func run(_ node: CommandNode, words: [Word]) throws(MachineStop) -> Int {
        let assignmentCount = words.prefix { Self.isAssignment($0.bytes) }.count
        if node.references != 0 || assignmentCount > 0 {
            var expander = Expander(status: lastStatus)
            for word in words.prefix(assignmentCount) {
                assign(expander.expand(word, environment, &shellVariables))
                if word.hasReference && assignmentCount < words.count { node.references -= 1 }
            }
            var line: [UInt8] = []
            if node.references != 0, assignmentCount < words.count {
                line = expander.line(words.dropFirst(assignmentCount), environment, &shellVariables)
            }
            if expander.hitReadOnly { print("HUSH_VERSION: readonly variable") }
            if assignmentCount == words.count { return 0 }
            if node.references != 0 {
                recorder.unsetVariables = expander.unset
                defer { recorder.unsetVariables = [] }
                return try runExpanded(line, at: node.place)
            }
        }
        let command = words.dropFirst(assignmentCount)
        guard let first = command.first else { return 0 }
        if first.bytes.contains(UInt8(ascii: ";")) {
            let name = ByteString(first.bytes)
            printFormatted("Unknown command '\(name)' - try 'help' or use 'run' command\n")
            recordCommand(command.map { ByteString($0.bytes) }, name: nil, outcome: .unknown, status: 1, at: node.place)
            return -1
        }
        return try call(command.map { ByteString($0.bytes) }, at: node.place)
    }

    /// Sets a shell variable from `NAME=VALUE`.
    private mutating func assign(_ text: [UInt8]) {
        guard let equals = text.firstIndex(of: UInt8(ascii: "=")) else { return }
        let name = ByteString(text[..<equals])
        let value = ByteString(text[(equals + 1)...].prefix { $0 != 0 })
        if !shellVariables.set(name, value) { print("\(name): readonly variable") }
    }

    /// `NAME=…` with a name that begins with a letter.
    private static func isAssignment(_ bytes: [UInt8]) -> Bool {
        guard let first = bytes.first, CharacterClass.isLetter(first) else { return false }
        return bytes.first { !CharacterClass.isNamePart($0) } == UInt8(ascii: "=")
    }
}

extension CommandList.Step {
    /// Whether the script looks at the status of the step.
    fileprivate var isTested: Bool {
        if connector != .sequence { return true }
        return switch role {
        case .part(.if), .part(.elif), .part(.while), .part(.until): true
        default: false
        }
    }
}
