/// A word of the command line that is no option.
public struct OperandSpec: Sendable, Equatable {
    /// The placeholder shown in help, and what parsed values are asked for by.
    public var name: String
    /// One line: lower case, without a full stop.
    public var help: String
    /// The command fails without it.
    public var required: Bool
    /// Takes all words that no other operand needs.
    public var repeats: Bool

    /// An operand from its parts.
    public init(_ name: String, help: String, required: Bool = true, repeats: Bool = false) {
        self.name = name
        self.help = help
        self.required = required
        self.repeats = repeats
    }

    /// `FILE`, `[FILE]`, `FILE...` or `[FILE...]`.
    var usage: String {
        let word = repeats ? name + "..." : name
        return required ? word : "[\(word)]"
    }
}
