/// Where the run of one list stands: which parts of its construct are skipped, and the state of its loop.
///
/// A list holds one construct at most (constructs inside of it are lists of their own), as in U-Boot's shell.
struct ListRun {
    /// How a step is to be run.
    enum Turn {
        /// As it stands.
        case asWritten
        /// As the assignment of the next value of a `for`.
        case value(Word)
    }

    /// The status of the last step that ran.
    private(set) var code = 0
    /// The first step of the loop that is open.
    private(set) var loopStart: Int?
    /// Whether the loop begins again behind this step.
    private(set) var isRestarting = false
    /// Whether the rest of the list is passed over.
    private(set) var isEnded = false
    private var condition = 0
    private var nextCondition = 0
    private var skippedRole: Role?
    private var isSkipping = true
    private var runsBody = false
    private var values: ArraySlice<ByteString>?

    /// Where a `for` stands that is not followed by `in`, or whose list is broken up; nil if all is well.
    static func misplacedFor(_ steps: [CommandList.Step]) -> ScriptPlace? {
        for (step, next) in zip(steps, steps.dropFirst()) where step.role != .plain {
            let isBroken =
                switch step.role {
                case .part(.in): next.role == .part(.in) && next.hasWords
                case .part(.for): next.role != .part(.in)
                default: false
                }
            if isBroken { return step.place ?? next.place ?? ScriptPlace(source: "<prompt>", line: 1, column: 1) }
        }
        return nil
    }

    /// Decides whether and how a step runs; nil if it is passed over.
    mutating func begin(
        _ step: CommandList.Step, at index: Int, of steps: [CommandList.Step], machine: inout Machine
    ) -> Turn? {
        switch step.role {
        case .part(.while), .part(.until), .part(.for):
            isRestarting = false
            guard loopStart == nil else { break }
            runsBody = false
            loopStart = index
        default: break
        }
        if step.role == skippedRole, isSkipping {
            if step.connector == .sequence { isSkipping = false }
            return nil
        }
        isSkipping = true
        skippedRole = nil
        if step.role == .part(.then) || step.role == .part(.else) { condition = nextCondition }
        var turn = Turn.asWritten
        switch step.role {
        case .part(.then) where condition != 0, .part(.else) where condition == 0, .part(.in): return nil
        case .part(.elif) where condition == 0:
            isEnded = true
            return nil
        case .part(.for) where step.hasWords:
            guard let value = nextValue(of: step, list: steps[index + 1], machine: &machine) else { return nil }
            turn = .value(value)
        case .part(.do) where !runsBody: return nil
        case .part(.done):
            if runsBody { isRestarting = true } else { loopStart = nil }
        default: break
        }
        if case .nothing = step.body { return nil }
        return turn
    }

    /// Takes the status of a step that ran.
    mutating func finish(_ step: CommandList.Step, code: Int) {
        self.code = code
        switch step.role {
        case .part(.if), .part(.elif): nextCondition = code
        case .part(.while): runsBody = code == 0
        case .part(.until): runsBody = code != 0
        default: break
        }
        if (code == 0 && step.connector == .or) || (code != 0 && step.connector == .and) { skippedRole = step.role }
    }

    /// The assignment of the next value of a `for`; nil when there is none, which ends the loop.
    private mutating func nextValue(
        of step: CommandList.Step, list: CommandList.Step, machine: inout Machine
    ) -> Word? {
        guard case .command(let name) = step.body, let word = name.words.first else { return nil }
        if values == nil {
            guard case .command(let node) = list.body else { return nil }
            var expander = Expander(status: machine.lastStatus)
            values = expander.list(node.words, machine.environment, &machine.shellVariables)[...]
            runsBody = true
        }
        guard let value = values?.popFirst() else {
            values = nil
            runsBody = false
            return nil
        }
        return Word(bytes: word.bytes + [UInt8(ascii: "=")] + value.bytes, isQuoted: word.isQuoted)
    }
}

extension CommandList.Step {
    /// Whether the step is a command with words.
    fileprivate var hasWords: Bool {
        if case .command = body { return true }
        return false
    }

    fileprivate var place: ScriptPlace? {
        if case .command(let node) = body { return node.place }
        return nil
    }
}
