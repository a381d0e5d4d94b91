public import Boards
public import Reports
public import UBoot

/// Someone at the prompt of a simulated board: lines go in, what the console shows comes out.
public struct Session {
    /// What came of a line.
    public struct Reply: Sendable, Equatable {
        /// What the board printed.
        public var console: ByteString = ""
        /// What a command of ibtest's own answers, without a line feed at its end; nil if nothing.
        public var note: String?
        /// What whoever types should know about the session; nil if nothing.
        public var remark: String?
        /// What is wrong with a command of ibtest's own; nil if nothing.
        public var problem: String?
        /// A file to write; nil if none.
        public var file: File?
        /// Whether Ctrl-C came while the line ran.
        public var isInterrupted = false
        /// Whether the session is over.
        public var isEnd = false
    }

    /// A file that a command asks to write, where there is none yet.
    public struct File: Sendable, Equatable {
        /// The path, as it was typed.
        public var path: String
        /// The content.
        public var bytes: [UInt8]
        /// What to say once it is written.
        public var note: String
    }

    /// What places of typed lines say.
    public static let source = "<prompt>"

    /// The board and its files.
    public let simulation: Simulation
    /// The machine as it is now.
    public private(set) var machine: Machine
    /// The lines so far with what they printed; constructs are one entry.
    public private(set) var typed: [Machine.TypedCommand] = []
    /// How many lines were stopped by Ctrl-C, and are not in `typed`.
    public private(set) var interruptedCount = 0
    /// How the board left; `.prompt` while it is there.
    public private(set) var ending = BootRecord.Ending.prompt
    /// Whether someone is asked, so that an empty line may start another board.
    public let isInteractive: Bool
    /// How ibtest's own texts look.
    public let style: TextStyle
    /// Whether `findings` saw an error, or a limit was reached.
    public internal(set) var hasFailed = false
    private let sink: (@Sendable ([UInt8]) -> Void)?
    private let interruption: Interruption?
    private var open: [UInt8] = []
    private var text: [UInt8] = []
    private var lineCount = 0

    /// Starts a board.
    ///
    /// - Parameters:
    ///   - simulation: the board and its files.
    ///   - isInteractive: whether someone is asked, so that an empty line may start another board.
    ///   - style: how ibtest's own texts look.
    ///   - interruption: what stops a line from outside.
    ///   - sink: gets console text as it is printed.
    /// - Throws: `MemoryFault` where the board's memory cannot be set up, `DiskAttachmentError` where a disk is at fault.
    public init(
        _ simulation: Simulation, isInteractive: Bool = false, style: TextStyle = TextStyle(usesColor: false),
        interruption: Interruption? = nil, sink: (@Sendable ([UInt8]) -> Void)? = nil
    ) throws {
        self.simulation = simulation
        self.isInteractive = isInteractive
        self.style = style
        self.interruption = interruption
        self.sink = sink
        machine = try simulation.machine()
        machine.interruption = interruption
        machine.watchConsole(sink)
    }

    /// What the console asks with: the board's prompt, `> ` inside of a construct, `(off) ` without a board.
    public var prompt: ByteString {
        if !open.isEmpty { return "> " }
        return ending == .prompt ? simulation.board.prompt : "(off) "
    }

    /// Whether a construct or quote is open.
    public var isOpen: Bool { !open.isEmpty }

    /// Types a line, without its line feed.
    public mutating func enter(_ line: ByteString) -> Reply {
        if open.isEmpty, line.firstOrNUL == UInt8(ascii: ":") { return perform(line) }
        guard ending == .prompt else {
            if line.isEmpty, isInteractive { return reset() }
            return line.isEmpty ? Reply() : Reply(problem: "there is no board any more: \(Self.choices(isInteractive))")
        }
        open += line.bytes.prefix { $0 != 0 && $0 != UInt8(ascii: "\n") } + [UInt8(ascii: "\n")]
        lineCount += 1
        guard !machine.isOpen(open) else { return Reply() }
        return run()
    }

    /// Types Ctrl-C at the prompt, which drops the line and what is open.
    public mutating func interrupt() -> Reply {
        guard ending == .prompt else { return Reply() }
        dropOpenLines()
        let start = machine.console.count
        machine.interruptLine()
        return Reply(console: machine.console.text(from: start))
    }

    /// Throws the board away and starts another one.
    public mutating func reset() -> Reply {
        do {
            machine = try simulation.machine()
        } catch {
            return Reply(problem: "\(error)")
        }
        machine.interruption = interruption
        machine.watchConsole(sink)
        typed = []
        interruptedCount = 0
        ending = .prompt
        open = []
        text = []
        lineCount = 0
        return Reply(remark: "a fresh \(simulation.board.name), U-Boot \(simulation.board.description.version)")
    }

    /// What happened since the board was started.
    public var record: BootRecord { machine.record(input: Self.source, ending: ending) }

    /// All lines that were typed, for showing them beside findings.
    var typedText: ByteString { ByteString(text) }

    private mutating func run() -> Reply {
        let lines = open
        open = []
        let firstLine = lineCount - lines.count { $0 == UInt8(ascii: "\n") } + 1
        text += lines
        let (entries, ending) = machine.type(lines, source: Self.source, firstLine: firstLine)
        self.ending = ending
        var reply = Reply(console: ByteString(entries.flatMap(\.output.bytes)))
        if interruption?.isAsked == true {
            interruptedCount += entries.count
            reply.isInterrupted = true
            interruption?.clear()
        } else {
            typed += entries
        }
        if ending != .prompt { reply.remark = "\(departure); \(Self.choices(isInteractive))" }
        switch ending {
        case .limit, .unknownCommand: hasFailed = true
        default: break
        }
        return reply
    }

    private mutating func dropOpenLines() {
        text += open
        open = []
    }

    private static func choices(_ isInteractive: Bool) -> String {
        isInteractive
            ? "Enter or ':reset' starts a fresh one, ':help' lists what else there is" : "':reset' starts a fresh one"
    }

    private var departure: String {
        switch ending {
        case .prompt, .handOff: "a kernel was started and U-Boot is gone"
        case .reset: "the board was reset"
        case .hang(let reason): "U-Boot hangs: \(reason)"
        case .abort(let range): "bus error at \(range.start): U-Boot crashed and the board was reset"
        case .limit(let limit): "the simulation was stopped by the limit on \(limit.rawValue)"
        case .unknownCommand(let word): "the simulation was stopped at the unknown command '\(word.printable)'"
        }
    }
}
