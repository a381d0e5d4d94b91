/// A command of U-Boot: how it is called, and what it does.
///
/// It never changes; being a class makes a call as cheap as one reference.
public final class CommandDefinition: Sendable {
    /// The body of a command.
    typealias Body = @Sendable (CommandCall, inout Machine) throws -> CommandStatus

    /// The words that stand for as many as the board's U-Boot can take, `CONFIG_SYS_MAXARGS`.
    static let usualLimit = 16

    /// The full name.
    public let name: String
    /// The fewest words it takes, its name included, before anything else is looked at.
    let minimumArguments: Int
    /// The most words it takes, its name included; `usualLimit` for the board's own limit.
    public let maximumArguments: Int
    /// Whether an empty line at the prompt runs it again.
    public let isRepeatable: Bool
    /// One line for the list of commands.
    public let summary: String
    /// What is printed behind the name after `Usage:`; nil if there is nothing.
    public let usage: String?
    /// What it does; nil if ibtest does not simulate it.
    let body: Body?

    init(
        _ name: String, minimumArguments: Int = 1, maximumArguments: Int, isRepeatable: Bool = true, summary: String,
        usage: String?,
        body: Body?
    ) {
        self.name = name
        self.minimumArguments = minimumArguments
        self.maximumArguments = maximumArguments
        self.isRepeatable = isRepeatable
        self.summary = summary
        self.usage = usage
        self.body = body
    }

    /// The same command with a board's own texts, where it has them.
    func with(summary: String?, usage: String?) -> CommandDefinition {
        CommandDefinition(
            name, minimumArguments: minimumArguments, maximumArguments: maximumArguments, isRepeatable: isRepeatable,
            summary: summary ?? self.summary, usage: usage ?? self.usage, body: body)
    }

    /// What `help NAME` and a wrong call print.
    var usageText: ByteString {
        let long = usage.map { "\(name) \($0)" } ?? "\(name) - No additional help available."
        return "\(name) - \(summary)\n\nUsage:\n\(long)\n"
    }
}

/// One call of a command.
struct CommandCall {
    /// The command's words, its name as it was written first.
    let words: [ByteString]
    /// The command that was found.
    let definition: CommandDefinition
    /// The line that calls it.
    let place: ScriptPlace
    /// Whether it runs again because of an empty line at the prompt.
    var isRepeated = false
    /// The bits of a number that the board's CPU has.
    var wordMask = UInt64.max

    /// The number of words, the command's name included.
    var count: Int { words.count }

    /// The word at an index; nil behind the last one.
    subscript(index: Int) -> ByteString? { index < words.count ? words[index] : nil }

    /// The word at an index, empty behind the last one.
    func word(_ index: Int) -> ByteString { self[index] ?? "" }

    /// The hexadecimal number at an index; 0 behind the last word.
    func hex(_ index: Int) -> UInt64 { Numbers.hex(word(index)) & wordMask }
}

/// What a command returns to the shell.
struct CommandStatus: Equatable, RawRepresentable {
    /// 0 for success; -1 asks for the usage text; below that the shell is left.
    let rawValue: Int

    static let success = CommandStatus(rawValue: 0)
    static let failure = CommandStatus(rawValue: 1)
    static let usage = CommandStatus(rawValue: -1)
}
