/// The commands of one U-Boot.
public struct CommandTable: Sendable {
    /// What looking for a name gives.
    enum Lookup {
        case found(CommandDefinition)
        case unknown
    }

    /// All commands in the order of their names.
    public let commands: [CommandDefinition]
    private let byName: [ByteString: CommandDefinition]

    /// The commands of `groups` that the board has, with its own texts, and those that ibtest does not know.
    init(
        _ groups: [[CommandDefinition]], available: Set<String>, usages: [String: String] = [:],
        summaries: [String: String] = [:], foreign: [String: String] = [:]
    ) {
        var byName: [String: CommandDefinition] = [:]
        for (name, summary) in foreign {
            byName[name] = CommandDefinition(
                name, maximumArguments: .max, summary: summary, usage: usages[name], body: nil)
        }
        for command in groups.joined() where available.contains(command.name) {
            precondition(byName[command.name] == nil, "command '\(command.name)' is defined twice")
            byName[command.name] = command.with(summary: summaries[command.name], usage: usages[command.name])
        }
        commands = byName.values.sorted { $0.name < $1.name }
        self.byName = Dictionary(uniqueKeysWithValues: commands.map { (ByteString(utf8: $0.name), $0) })
    }

    /// Whether the board has a command of exactly this name.
    func has(_ name: ByteString) -> Bool { byName[name] != nil }

    /// Finds a command by its name up to the first dot, or by a beginning that only one command has.
    func find(_ word: ByteString) -> Lookup {
        if let exact = byName[word] { return .found(exact) }
        let name = word.bytes.prefix { $0 != UInt8(ascii: ".") }
        if name.count < word.count, let exact = byName[ByteString(name)] { return .found(exact) }
        let near = commands.filter { $0.name.utf8.starts(with: name) }
        return near.count == 1 ? .found(near[0]) : .unknown
    }
}

/// How many bytes a size suffix of a command word means.
enum DataSize {
    /// The size that the last two characters of a command word give: `.b`, `.w`, `.l`, `.q`.
    enum Suffix: Equatable {
        case bytes(Int)
        case string
        case invalid
    }

    /// Reads the suffix; without one the size is `standard`.
    static func suffix(of word: ByteString, standard: Int) -> Suffix {
        guard word.count > 2, word.bytes[word.count - 2] == UInt8(ascii: ".") else { return .bytes(standard) }
        return switch word.bytes[word.count - 1] {
        case UInt8(ascii: "b"): .bytes(1)
        case UInt8(ascii: "w"): .bytes(2)
        case UInt8(ascii: "l"): .bytes(4)
        case UInt8(ascii: "q"): .bytes(8)
        case UInt8(ascii: "s"): .string
        default: .invalid
        }
    }
}

extension Machine {
    /// The bits of a number that the board's CPU has.
    var wordMask: UInt64 { description.wordSize == 4 ? UInt64(UInt32.max) : .max }

    /// A hexadecimal number as the board's CPU holds it.
    func hex(_ text: ByteString) -> UInt64 { Numbers.hex(text) & wordMask }

    /// A number with a sign, in the radix of its prefix, as the board's CPU holds it.
    func signed(_ text: ByteString) -> Int64 {
        let value = Numbers.signed(text)
        return description.wordSize == 4 ? Int64(Int32(truncatingIfNeeded: value)) : value
    }

    /// The size that a command word's suffix gives; a 32-bit U-Boot knows no `.q`.
    func dataSize(of call: CommandCall) -> DataSize.Suffix {
        let size = DataSize.suffix(of: call.word(0), standard: 4)
        return size == .bytes(8) && description.wordSize == 4 ? .invalid : size
    }
}
