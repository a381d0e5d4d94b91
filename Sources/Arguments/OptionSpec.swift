/// An option of a command; it has a long name, a short one or both.
public struct OptionSpec: Sendable, Equatable {
    /// What follows the option; the text is the placeholder shown in help.
    public enum Value: Sendable, Equatable {
        /// Nothing.
        case flag
        /// Any text.
        case text(String)
        /// A decimal or `0x` hexadecimal integer in the range.
        case number(String, in: ClosedRange<Int> = Int.min...Int.max)
        /// Any text, completed as a file.
        case path(String)
        /// One of the texts.
        case choice(String, [String])
    }

    /// Without the two dashes.
    public var long: String?
    /// Without the dash.
    public var short: Character?
    /// What follows.
    public var value: Value
    /// One line: lower case, without a full stop.
    public var help: String
    /// The command fails without it.
    public var required: Bool
    /// May be given more than once.
    public var repeats: Bool

    /// An option with a long name, and perhaps a short one.
    public init(
        _ long: String, short: Character? = nil, value: Value = .flag, help: String, required: Bool = false,
        repeats: Bool = false
    ) {
        self.long = long
        self.short = short
        self.value = value
        self.help = help
        self.required = required
        self.repeats = repeats
    }

    /// An option with a short name only.
    public init(
        short: Character, value: Value = .flag, help: String, required: Bool = false, repeats: Bool = false
    ) {
        self.short = short
        self.value = value
        self.help = help
        self.required = required
        self.repeats = repeats
    }

    /// What parsed values are asked for by: the long name, else the short one.
    public var name: String { long ?? short.map { String($0) } ?? "" }

    /// As typed: `--board`, or `-c` without a long name.
    var typed: String { long.map { "--" + $0 } ?? "-" + name }

    var placeholder: String? {
        switch value {
        case .flag: nil
        case .text(let name), .number(let name, _), .path(let name), .choice(let name, _): name
        }
    }

    static let help = OptionSpec("help", short: "h", help: "show this help")
    static let version = OptionSpec("version", help: "show the version")
}
