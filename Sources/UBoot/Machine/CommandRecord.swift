/// One command that ran.
public struct CommandRecord: Sendable, Codable, Equatable {
    /// What became of a command word.
    public enum Outcome: String, Sendable, Codable {
        /// It ran.
        case done
        /// The board's U-Boot has no such command.
        case unknown
        /// The board's U-Boot has no such command, and the user wants that to count as success.
        case ignored
        /// The board's U-Boot has it, but not the subcommand that was asked for.
        case unavailable
        /// The board's U-Boot has it, but ibtest cannot execute it.
        case unsimulated
        /// It was called in a way that prints its usage.
        case usage
    }

    /// The line of the script.
    public var place: ScriptPlace
    /// The commands that led to the script or variable in which it stands, the outermost first.
    public var callers: [ScriptPlace]
    /// The words with their values put in.
    public var words: [ByteString]
    /// The full name of the command; nil if there is none.
    public var name: String?
    /// What became of it.
    public var outcome: Outcome
    /// 0 or 1 as `$?` gives it; nil if U-Boot does not come back from it.
    public var status: Int?
    /// Whether the script looks at the status: in a condition, or before `&&` or `||`.
    public var isTested = false
    /// Names that had no value where their values were put in.
    public var unsetVariables: [ByteString] = []
    /// Where its output begins in the console text.
    public var outputStart = 0
    /// Where its output ends in the console text.
    public var outputEnd = 0
    /// Whether it ran other commands, as `run` and `source` do.
    public var isCaller = false

    init(place: ScriptPlace, callers: [ScriptPlace], words: [ByteString], name: String?, outcome: Outcome) {
        self.place = place
        self.callers = callers
        self.words = words
        self.name = name
        self.outcome = outcome
    }
}
