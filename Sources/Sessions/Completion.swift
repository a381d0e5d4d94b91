internal import UBoot

/// What Tab offers at a prompt: a snapshot of what can be named there.
public struct Completion: Sendable {
    private let commands: [String: [String]]
    private let variables: [String]
    private let root: String?
    private let isOpen: Bool

    /// Bytes between words, as whoever asks splits a line.
    public static let separators = " \t\n;&|\"'"

    private static let reserved: Set<String> = ["if", "then", "elif", "else", "while", "until", "do"]
    private static let variableCommands: Set<String> = ["setenv", "editenv", "askenv"]
    private static let variablesCommands: Set<String> = ["printenv", "run"]
    private static let variableSubcommands: Set<String> = [
        "set", "edit", "exists", "print", "run", "delete", "default",
    ]
    private static let loaders: Set<String> = ["tftpboot", "dhcp", "bootp", "nfs", "rarpboot", "wget"]

    /// Takes the names that a session has now; files are those below `root`.
    public init(_ session: Session, root: String?) {
        var commands: [String: [String]] = [:]
        for command in session.machine.commands.commands {
            commands[command.name] = Self.subcommands(of: command.name, usage: command.usage ?? "")
        }
        self.commands = commands
        let names = session.machine.environment.names + session.machine.shellVariables.entries.map(\.name)
        variables = Set(names.map(\.display)).sorted()
        self.root = root
        isOpen = session.isOpen
    }

    /// What may stand instead of the word that begins at `start` and ends at the end of `line`, in order.
    ///
    /// `line` is what stands before the cursor. A candidate that ends in `/` or `}` is not a whole word yet.
    public func candidates(_ line: String, wordAt start: Int) -> [String] {
        let bytes = Array(line.utf8)
        guard start >= 0, start <= bytes.count else { return [] }
        let word = String(decoding: bytes[start...], as: UTF8.self)
        if let dollar = word.lastIndex(of: "$") { return references(word, at: dollar) }
        let before = Self.words(Array(bytes[..<start]))
        guard let first = before.first else {
            if word.hasPrefix(":"), start == 0, !isOpen {
                return OwnCommand.allCases.map(\.word).filter { $0.hasPrefix(word) }.sorted()
            }
            return Self.beginning(with: word, in: commands.keys)
        }
        return arguments(of: first, Array(before.dropFirst()), word)
    }

    private func arguments(of typed: String, _ earlier: [String], _ word: String) -> [String] {
        guard let command = command(typed) else { return [] }
        if Self.variableCommands.contains(command) {
            return earlier.isEmpty ? Self.beginning(with: word, in: variables) : []
        }
        if Self.variablesCommands.contains(command) { return Self.beginning(with: word, in: variables) }
        if command == "help" || command == "?" { return Self.beginning(with: word, in: commands.keys) }
        if command == "env", let sub = earlier.first, Self.variableSubcommands.contains(sub) {
            return Self.beginning(with: word, in: variables)
        }
        if Self.loaders.contains(command), let root {
            return FolderListing(root: root).names(beginningWith: word)
        }
        return earlier.isEmpty ? Self.beginning(with: word, in: commands[command] ?? []) : []
    }

    /// The full name of a command that is typed in part or with a size suffix.
    private func command(_ typed: String) -> String? {
        let name = typed.prefix { $0 != "." }
        if commands[String(name)] != nil { return String(name) }
        let near = commands.keys.filter { $0.hasPrefix(name) }
        return near.count == 1 ? near.first : nil
    }

    private func references(_ word: String, at dollar: String.Index) -> [String] {
        var name = word[word.index(after: dollar)...]
        let isBraced = name.first == "{"
        if isBraced { name = name.dropFirst() }
        guard !name.contains("}") else { return [] }
        let head = word[..<name.startIndex]
        return Self.beginning(with: String(name), in: variables).map { "\(head)\($0)\(isBraced ? "}" : "")" }
    }

    private static func beginning(with word: String, in names: some Sequence<String>) -> [String] {
        names.filter { $0.hasPrefix(word) }.sorted()
    }

    /// The words of the command that is being typed at the end of a text, without what stands before it.
    private static func words(_ text: [UInt8]) -> [String] {
        var quote: UInt8?
        var start = 0
        for (index, byte) in text.enumerated() {
            if let open = quote {
                if byte == open { quote = nil }
            } else if "\"'".utf8.contains(byte) {
                quote = byte
            } else if ";&|".utf8.contains(byte) {
                start = index + 1
            }
        }
        let words = text[start...].split { " \t\n".utf8.contains($0) }.map { String(decoding: $0, as: UTF8.self) }
        return Array(words.drop { reserved.contains($0) || $0.contains("=") })
    }

    /// The subcommands that a usage text names at the beginnings of its lines, where it names more than one.
    static func subcommands(of name: String, usage: String) -> [String] {
        var found: Set<String> = []
        for (index, line) in usage.split(separator: "\n").enumerated() {
            let words = line.split { $0 == " " || $0 == "\t" }
            let isFirst = index == 0
            guard isFirst || (words.first.map(String.init) == name && !line.hasPrefix(" ")) else { continue }
            for word in words.dropFirst(isFirst ? 0 : 1).prefix(1) {
                for part in word.split(separator: "|") where part.allSatisfy({ $0.isASCII && $0.isLowercase }) {
                    found.insert(String(part))
                }
            }
        }
        return found.count > 1 ? found.sorted() : []
    }
}
