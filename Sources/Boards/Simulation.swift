public import UBoot

/// Runs a script, or typed lines, on a fresh machine of a board.
public struct Simulation: Sendable {
    /// What came of a run.
    public struct Outcome {
        /// The typed lines with their output; empty for a script.
        public var typed: [Machine.TypedCommand]
        /// What happened.
        public var record: BootRecord
        /// The machine as it was left.
        public var machine: Machine
    }

    /// The board.
    public let board: Board
    /// What a word does that is no command of the board.
    public var unknownCommands = UnknownCommandPolicy.board
    private let limits: Limits
    private let files: any FileServer
    private let disks: [DiskAttachment]

    /// Prepares runs on a board whose network serves `files`; each run gets the disks as their images have them.
    public init(board: Board, limits: Limits, files: any FileServer, disks: [DiskAttachment] = []) {
        self.disks = disks
        self.board = board
        self.limits = limits
        self.files = files
    }

    /// Runs a script as after ImageBuilder's hint: the network is set, the script was loaded, `source` runs it.
    ///
    /// - Parameters:
    ///   - script: the script.
    ///   - name: what places call it.
    ///   - path: the file on this machine.
    ///   - address: where it lies; the board's `$scriptaddr` for nil.
    /// - Returns: what happened.
    /// - Throws: `SimulationError`, or `MemoryFault` where the board's memory cannot be set up, or
    ///   `DiskAttachmentError` where an image cannot be attached.
    public func run(_ script: ScriptFile, name: String, path: String, at address: Address?) throws -> Outcome {
        var machine = try machine()
        if let network = board.description.network { machine.environment.set("ethact", network.device) }
        for (variable, value) in (board.description.network?.leases ?? [:]).sorted(by: { $0.key < $1.key }) {
            machine.setVariable(variable, to: value)
        }
        machine.environment.set("autoload", "no")
        guard let address = address ?? machine.environment.address("scriptaddr").map({ Address($0) }) else {
            throw SimulationError.noScriptAddress(board: board.name)
        }
        guard try machine.place(script.image, file: ByteString(utf8: name), path: path, at: address) else {
            throw SimulationError.badScriptAddress(AddressRange(start: address, size: UInt64(script.image.count)))
        }
        let ending = machine.source(at: address)
        return Outcome(typed: [], record: machine.record(input: name, ending: ending), machine: machine)
    }

    /// Types lines at the prompt of a fresh boot.
    public func run(typed lines: ByteString, name: String) throws -> Outcome {
        var machine = try machine()
        let (typed, ending) = machine.type(lines.bytes, source: name)
        return Outcome(typed: typed, record: machine.record(input: name, ending: ending), machine: machine)
    }

    /// A machine as it is when U-Boot's prompt appears for the first time, with the network's files and fresh disks.
    ///
    /// Throws `MemoryFault` or `DiskAttachmentError`.
    public func machine() throws -> Machine {
        var machine = try board.machine(limits: limits)
        machine.fileServer = files
        machine.unknownCommands = unknownCommands
        try machine.attach(disks)
        return machine
    }
}

/// Why a script cannot be run on a board.
public enum SimulationError: Error, Sendable, Equatable {
    /// The board has no `$scriptaddr`, and none was given.
    case noScriptAddress(board: String)
    /// The script does not lie in free RAM.
    case badScriptAddress(AddressRange)
}

extension SimulationError: CustomStringConvertible {
    /// The sentence.
    public var description: String {
        switch self {
        case .noScriptAddress(let board): "the board \(board) has no $scriptaddr; give --script-address"
        case .badScriptAddress(let range):
            "the script at \(range) would not lie in free RAM; give another --script-address"
        }
    }
}
