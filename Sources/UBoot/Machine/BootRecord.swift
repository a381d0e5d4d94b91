import DeviceTree

/// What happened while a machine ran: the one value that rules, reports and comparisons read.
public struct BootRecord: Sendable, Codable {
    /// The number of this form of the record; it changes when a field changes its meaning or goes away.
    public static let schemaVersion = 1

    /// How the run ended.
    public enum Ending: Sendable, Equatable {
        /// The commands are through, U-Boot is at its prompt.
        case prompt
        /// A kernel was started.
        case handOff
        /// The board was reset.
        case reset(String)
        /// A command of U-Boot never ends.
        case hang(String)
        /// A bus error reset the board.
        case abort(AddressRange)
        /// The simulation was stopped by a limit.
        case limit(Limit)
        /// The simulation was stopped at a word that is no command of the board, as the user wants it.
        case unknownCommand(String)
    }

    /// A run of bytes in memory and who wrote them last.
    public struct Extent: Sendable, Codable, Equatable {
        /// Where the bytes are.
        public var range: AddressRange
        /// The number of the writer in `writers`.
        public var writer: Int
    }

    /// The form of this record.
    public var schema = Self.schemaVersion
    /// The board's short name.
    public var board: String
    /// U-Boot's version on the board.
    public var version: String
    /// What ran, as the user named it.
    public var input: String
    /// How the run ended.
    public var ending: Ending
    /// How many commands ran.
    public var commandCount: Int
    /// The commands; only the first ones of a very long run.
    public var commands: [CommandRecord]
    /// The files that were loaded.
    public var loads: [LoadRecord]
    /// The loads that failed.
    public var failedLoads: [FailedLoad]
    /// The changes of device trees.
    public var treeEdits: [TreeEdit]
    /// The scripts that ran.
    public var sources: [SourceRecord]
    /// What the shell met.
    public var events: [ShellEvent]
    /// The boot commands that did not start a kernel.
    public var refusedBoots: [RefusedBoot]
    /// The kernels that were moved.
    public var kernelMoves: [KernelMove]
    /// What commands did to chips.
    public var effects: [DeviceEffect] = []
    /// What commands met in FITs.
    public var fitEvents: [FITEvent]
    /// The keys, in U-Boot's own device tree, that a configuration has to be signed with.
    public var requiredKeys: [ByteString]
    /// How the kernel was started; nil if none was.
    public var handOff: HandOff?
    /// The device tree at the end: the one handed over, else the working tree; nil if there is none.
    public var treeBytes: Blob?
    /// The address of that tree.
    public var treeAddress: Address?
    /// The environment at the end.
    public var environment: [ByteString: ByteString]
    /// Memory and bus windows of the board.
    public var banks: [PhysicalMemory.BankDescription]
    /// Ranges that U-Boot keeps for itself.
    public var reserved: [AddressRange]
    /// What was in memory before the first command.
    public var presets: [LabelledRange]
    /// Who wrote to memory.
    public var writers: [Provenance]
    /// The written memory at the end.
    public var extents: [Extent]
    /// Accesses that did not reach RAM.
    public var outsideAccesses: [PhysicalMemory.OutsideAccess]
    /// What the console showed.
    public var console: ByteString
    /// Milliseconds that commands waited.
    public var waited: UInt64

    /// Whether the simulation was stopped before U-Boot was done.
    public var wasStopped: Bool {
        switch ending {
        case .limit, .unknownCommand: true
        case .prompt, .handOff, .reset, .hang, .abort: false
        }
    }

    /// What a command printed.
    public func output(of command: CommandRecord) -> ByteString {
        let end = min(command.outputEnd, console.count)
        return ByteString(console.bytes[min(command.outputStart, end)..<end])
    }
}

extension Machine {
    /// The record of everything so far.
    public func record(input: String, ending: BootRecord.Ending) -> BootRecord {
        var treeBytes = recorder.handOff?.treeBytes
        let treeAddress = recorder.handOff?.tree.start ?? workingTree
        if treeBytes == nil, let treeAddress { treeBytes = treeBlob(at: treeAddress).map(Blob.init) }
        return BootRecord(
            board: description.name, version: description.version, input: input, ending: ending,
            commandCount: recorder.commandCount, commands: recorder.commands, loads: recorder.loads,
            failedLoads: recorder.failedLoads, treeEdits: recorder.treeEdits, sources: recorder.sources,
            events: recorder.events, refusedBoots: recorder.refusedBoots, kernelMoves: recorder.kernelMoves,
            effects: recorder.effects,
            fitEvents: recorder.fitEvents,
            requiredKeys: signatureKeys.filter { $0.required == "conf" }.map { ByteString($0.name) },
            handOff: recorder.handOff, treeBytes: treeBytes, treeAddress: treeAddress,
            environment: Dictionary(uniqueKeysWithValues: environment.entries.map { ($0.name, $0.value) }),
            banks: memory.bankDescriptions, reserved: reserved, presets: recorder.presets,
            writers: memory.provenance.writers,
            extents: memory.provenance.extents.map { BootRecord.Extent(range: $0.range, writer: $0.writer) },
            outsideAccesses: memory.outsideAccesses, console: console.text(from: 0), waited: clock)
    }

    /// The bytes of the device tree at an address; nil if there is none.
    public func treeBlob(at address: Address) -> [UInt8]? {
        guard (try? checkTree(at: address)) == .some(.none), let header = try? treeHeader(at: address) else {
            return nil
        }
        return try? memory.read(AddressRange(start: address, size: UInt64(header.totalSize)))
    }
}

extension BootRecord.Ending: Codable {
    /// Reads an object with `kind`, and `detail` or `range` where they belong to it.
    public init(from decoder: any Decoder) throws {
        let value = try TaggedValue(from: decoder)
        switch (value.kind, value.detail, value.range) {
        case ("prompt", _, _): self = .prompt
        case ("hand-off", _, _): self = .handOff
        case ("reset", let reason?, _): self = .reset(reason)
        case ("hang", let reason?, _): self = .hang(reason)
        case ("abort", _, let range?): self = .abort(range)
        case ("limit", let limit?, _):
            guard let limit = Limit(rawValue: limit) else { throw value.mismatch(decoder) }
            self = .limit(limit)
        case ("unknown-command", let word?, _): self = .unknownCommand(word)
        default: throw value.mismatch(decoder)
        }
    }

    /// Writes an object with `kind`, and `detail` or `range` where they belong to it.
    public func encode(to encoder: any Encoder) throws {
        let value =
            switch self {
            case .prompt: TaggedValue("prompt")
            case .handOff: TaggedValue("hand-off")
            case .reset(let reason): TaggedValue("reset", detail: reason)
            case .hang(let reason): TaggedValue("hang", detail: reason)
            case .abort(let range): TaggedValue("abort", range: range)
            case .limit(let limit): TaggedValue("limit", detail: limit.rawValue)
            case .unknownCommand(let word): TaggedValue("unknown-command", detail: word)
            }
        try value.encode(to: encoder)
    }
}
