/// A command as a value: what it takes, what it is good for, and the commands below it.
public struct CommandSpec: Sendable, Equatable {
    /// A command line worth showing, and what it does.
    public struct Example: Sendable, Equatable {
        /// With the program's name.
        public var line: String
        /// Lower case, without a full stop; may be empty.
        public var meaning: String

        /// An example from its parts.
        public init(_ line: String, _ meaning: String = "") {
            self.line = line
            self.meaning = meaning
        }
    }

    /// One word; that of the root is the program's.
    public var name: String
    /// One line: lower case, without a full stop.
    public var abstract: String
    /// Paragraphs, parted by empty lines, wrapped when shown.
    public var discussion: String
    /// Shown as they are.
    public var examples: [Example]
    /// Valid here and in every command below.
    public var options: [OptionSpec]
    /// In the order of the command line; at most one may repeat.
    public var operands: [OperandSpec]
    /// If there are any and no operands, one must be named.
    public var subcommands: [CommandSpec]

    /// A command from its parts.
    public init(
        name: String, abstract: String, discussion: String = "", examples: [Example] = [],
        options: [OptionSpec] = [], operands: [OperandSpec] = [], subcommands: [CommandSpec] = []
    ) {
        self.name = name
        self.abstract = abstract
        self.discussion = discussion
        self.examples = examples
        self.options = options
        self.operands = operands
        self.subcommands = subcommands
    }

    /// This command followed by those that `path` names, one below the other, as far as they exist.
    func chain(_ path: [String]) -> [CommandSpec] {
        var chain = [self]
        var current = self
        for name in path {
            guard let next = current.subcommands.first(where: { $0.name == name }) else { break }
            chain.append(next)
            current = next
        }
        return chain
    }
}
