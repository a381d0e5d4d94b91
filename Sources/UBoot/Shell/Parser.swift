/// Builds the commands of a text, one line or construct at a time.
struct Parser {
    /// How the reading of one list ended.
    enum End: Equatable {
        /// At the end of a line.
        case line
        /// At the end of the text.
        case text
        /// At the end of the text, inside of a construct: everything read is void.
        case unfinished
        /// By an error that makes everything read so far void.
        case error
    }

    /// What was read.
    struct Result {
        var list: CommandList
        var end: End
        /// Where `syntax error` is printed, in this order; not each of them stops the line.
        var errors: [ScriptPlace]
        /// Whether constructs were nested deeper than allowed; the list is not usable then.
        var isTooDeep = false
        /// Where reading stopped.
        var lastPlace: ScriptPlace
    }

    /// What kind of text it is.
    enum Mode {
        /// A list ends at the end of a line outside of a construct (a prompt, a script).
        case lines
        /// A list ends at the end of the text (a variable that is run).
        case whole
        /// One line in which reserved words are ordinary (a command after values were put in).
        case expanded
    }

    private struct Context {
        var steps: [CommandList.Step] = []
        var words: [Word] = []
        var references = 0
        var place: ScriptPlace?
        var construct: CommandList?
        var role = Role.plain
        var successors: [ReservedWord] = []
        var isInConstruct = false
        /// Where the construct begins.
        var start: TextPosition?
    }

    private var lexer: Lexer
    private let mode: Mode
    private let source: String
    private let fixedPlace: ScriptPlace?
    private let firstLine: Int
    private let depthLimit: Int
    private var context = Context()
    private var stack: [Context] = []
    private var errors: [ScriptPlace] = []

    /// Prepares to read a text.
    ///
    /// - Parameters:
    ///   - lexer: at the first byte to read.
    ///   - mode: what kind of text it is.
    ///   - source: what places say.
    ///   - firstLine: the line number of the first line.
    ///   - fixedPlace: the place of all commands, for text that was computed.
    ///   - depthLimit: how deep constructs may be nested.
    init(
        _ lexer: Lexer, mode: Mode, source: String, firstLine: Int = 1, fixedPlace: ScriptPlace? = nil, depthLimit: Int
    ) {
        self.lexer = lexer
        self.mode = mode
        self.source = source
        self.firstLine = firstLine
        self.fixedPlace = fixedPlace
        self.depthLimit = depthLimit
    }

    /// Whether all of the text has been read.
    var isAtEnd: Bool { lexer.isAtEnd }

    /// How many bytes have been read.
    var index: Int { lexer.index }

    /// How many lines have been begun.
    var line: Int { lexer.position.line }

    /// Drops the rest of the line that is being read.
    mutating func skipLine() { lexer.skipLine() }

    /// Reads up to the end of a line that ends a list, or of the text, with these separators of words (nil: the usual).
    mutating func next(separators: ByteString? = nil) -> Result {
        lexer.setSeparators(separators)
        context = Context()
        stack = []
        errors = []
        var end = readList()
        if end == .text, context.isInConstruct {
            errors.append(place(context.start ?? lexer.position))
            end = .unfinished
        }
        let isTooDeep = stack.count > depthLimit
        finishStep(.sequence)
        context.steps.append(CommandList.Step(role: .plain, connector: .sequence, body: .nothing))
        return Result(
            list: CommandList(steps: context.steps), end: end, errors: errors, isTooDeep: isTooDeep,
            lastPlace: place(lexer.position))
    }

    private mutating func readList() -> End {
        while true {
            let (token, position) = lexer.next()
            switch token {
            case .word(let word, let references, let endsAtBlank):
                let isBehindConstruct = context.construct != nil
                let isFine = add(word, references: references, at: position)
                if !isFine && endsAtBlank { return .error }
                if stack.count > depthLimit { return .error }
                // The word stays in the buffer and becomes the beginning of the next one.
                if isBehindConstruct { lexer.keep(word) }
            case .newline:
                finishStep(.sequence)
                if mode != .whole && context.role == .plain { return .line }
            case .connector(let connector):
                finishStep(connector)
            case .invalid:
                errors.append(place(position))
                return .error
            case .end:
                return .text
            }
        }
    }

    /// Takes a word as a reserved word or an argument; false after a syntax error, which is noted.
    private mutating func add(_ word: Word, references: Int, at position: TextPosition) -> Bool {
        guard context.construct == nil else {
            errors.append(place(position))
            return false
        }
        if context.words.isEmpty {
            if mode != .expanded, let reserved = reservedWord(word) { return enter(reserved, at: position) }
            context.place = place(position)
        }
        context.words.append(word.unescaped)
        context.references += references
        if context.role == .part(.for) { finishStep(.sequence) }
        return true
    }

    private func reservedWord(_ word: Word) -> ReservedWord? {
        guard word.bytes.count <= 5 else { return nil }
        return ReservedWord(rawValue: String(decoding: word.bytes, as: UTF8.self))
    }

    private mutating func enter(_ word: ReservedWord, at position: TextPosition) -> Bool {
        if word.isStart {
            guard context.role != .part(.in), context.role != .part(.for) else { return reject(position) }
            stack.append(context)
            context = Context()
            context.start = position
        } else if context.role == .plain || !context.successors.contains(word) {
            return reject(position)
        }
        context.role = .part(word)
        context.successors = word.successors
        context.isInConstruct = true
        if word.isEnd { leave() }
        // Behind an earlier mistake at this level the end of a construct counts as another one, which is not printed.
        return context.role != .invalid
    }

    private mutating func reject(_ position: TextPosition) -> Bool {
        errors.append(place(position))
        context.role = .invalid
        return false
    }

    /// Closes the construct that is open and makes it the body of the step around it.
    private mutating func leave() {
        finishStep(.sequence)
        context.steps.append(CommandList.Step(role: .plain, connector: .sequence, body: .nothing))
        let list = CommandList(steps: context.steps)
        guard let outer = stack.popLast() else { return }
        context = outer
        context.construct = list
    }

    private mutating func finishStep(_ connector: Connector) {
        let body: CommandList.Body
        if let construct = context.construct {
            body = .construct(construct)
        } else if let place = context.place, !context.words.isEmpty {
            body = .command(CommandNode(words: context.words, references: context.references, place: place))
        } else {
            body = .nothing
        }
        context.steps.append(CommandList.Step(role: context.role, connector: connector, body: body))
        context.words = []
        context.references = 0
        context.place = nil
        context.construct = nil
    }

    private func place(_ position: TextPosition) -> ScriptPlace {
        if let fixedPlace { return fixedPlace }
        return ScriptPlace(source: source, line: firstLine + position.line - 1, column: position.column)
    }
}
