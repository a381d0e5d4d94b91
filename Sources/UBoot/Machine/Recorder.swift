/// Collects what happens while a machine runs.
public struct Recorder: Sendable {
    /// The commands, the first ones up to a limit.
    public private(set) var commands: [CommandRecord] = []
    /// How many commands ran, recorded or not.
    public private(set) var commandCount = 0
    /// The files that were loaded.
    public internal(set) var loads: [LoadRecord] = []
    /// The loads that failed.
    public internal(set) var failedLoads: [FailedLoad] = []
    /// The changes of device trees.
    public internal(set) var treeEdits: [TreeEdit] = []
    /// The scripts that ran.
    public internal(set) var sources: [SourceRecord] = []
    /// What the shell met.
    public private(set) var events: [ShellEvent] = []
    /// The boot commands that did not start a kernel.
    public internal(set) var refusedBoots: [RefusedBoot] = []
    /// The kernels that were moved.
    public internal(set) var kernelMoves: [KernelMove] = []
    /// What commands did to chips.
    public internal(set) var effects: [DeviceEffect] = []
    /// What commands met in FITs.
    public internal(set) var fitEvents: [FITEvent] = []
    /// How the kernel was started; nil if none was.
    public internal(set) var handOff: HandOff?
    /// What was in memory before the first command.
    public internal(set) var presets: [LabelledRange] = []
    var currentPlace: ScriptPlace?
    var currentCommand: Int?
    var unsetVariables: [ByteString] = []
    private let limit: Int

    init(limit: Int) {
        self.limit = limit
    }

    /// Whether another command is recorded, and not only counted.
    var hasRoom: Bool { commands.count < limit }

    /// Counts a command and gives its number.
    mutating func count() -> Int {
        commandCount += 1
        return commandCount - 1
    }

    /// Records a command and gives its number.
    mutating func add(_ record: CommandRecord) -> Int {
        if let caller = currentCommand, caller < commands.count { commands[caller].isCaller = true }
        commands.append(record)
        return count()
    }

    mutating func finish(_ number: Int, status: Int?, outputEnd: Int) {
        guard number < commands.count else { return }
        commands[number].status = status
        commands[number].outputEnd = outputEnd
    }

    mutating func mark(_ number: Int, _ outcome: CommandRecord.Outcome) {
        guard number < commands.count, commands[number].outcome == .done else { return }
        commands[number].outcome = outcome
    }

    /// Adds an entry to a list, up to the limit.
    mutating func note<Entry>(_ entry: Entry, in list: WritableKeyPath<Recorder, [Entry]>) {
        guard self[keyPath: list].count < limit else { return }
        self[keyPath: list].append(entry)
    }

    /// Marks the command that runs.
    mutating func markCurrent(_ outcome: CommandRecord.Outcome) {
        if let currentCommand { mark(currentCommand, outcome) }
    }

    mutating func note(_ kind: ShellEvent.Kind, at place: ScriptPlace, callers: [ScriptPlace]) {
        guard events.count < 1000 else { return }
        events.append(ShellEvent(kind: kind, place: place, callers: callers))
    }
}
