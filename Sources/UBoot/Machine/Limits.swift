/// What a simulation may use before it is stopped.
public struct Limits: Sendable, Equatable {
    /// Commands that may run.
    public var steps = 10_000_000
    /// How deep constructs, `run` and `source` may be nested.
    public var nesting = 200
    /// Bytes of console text that are kept.
    public var outputByteCount = 64 << 20
    /// Commands that are recorded one by one; more are only counted.
    public var recordedCommandCount = 200_000

    /// The usual limits.
    public init() {}
}

/// A limit that a script reached.
public enum Limit: String, Sendable, Codable {
    /// Too many commands ran.
    case steps
    /// Constructs, `run` or `source` were nested too deep.
    case nesting
    /// Too much console text.
    case output
}

/// Why the machine does not come back to its prompt.
public enum MachineStop: Error, Sendable, Equatable {
    /// A kernel was started.
    case handOff
    /// The board was reset; the reason for people.
    case reset(String)
    /// U-Boot does not come back; the reason for people.
    case hang(String)
    /// An access that the bus answered with an error.
    case abort(MemoryFault)
    /// The simulation was stopped.
    case limit(Limit)
    /// The board has no such command, and the user wants the simulation to end there.
    case unknownCommand(ByteString)
    /// The line was stopped from outside; the prompt comes back.
    case interruption
}
