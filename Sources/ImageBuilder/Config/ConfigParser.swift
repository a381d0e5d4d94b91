import UBoot

/// Reads a config without running anything: assignments as bash would do them, and nothing else.
public struct ConfigParser {
    /// The most bytes that a value may have.
    static let byteLimit = 1 << 20

    var cursor: ConfigCursor
    var variables = ConfigVariables()
    var depth = 0

    /// The variables that a config sets.
    ///
    /// - Parameters:
    ///   - bytes: the config.
    ///   - name: what places call it.
    ///   - given: variables that it may refer to, such as `PWD`.
    /// - Returns: the variables, the given ones not among them unless the config sets them.
    /// - Throws: the first thing that is no assignment.
    public static func parse(
        _ bytes: [UInt8], name: String, given: [String: [UInt8]] = [:]
    ) throws(ConfigError) -> ConfigVariables {
        var parser = ConfigParser(bytes, name: name)
        let start = ScriptPlace(source: "<environment>", line: 1, column: 1)
        for (name, value) in given.sorted(by: { $0.key < $1.key }) {
            parser.variables.set(name, .number(0), value, adds: false, at: start)
        }
        parser.variables.order = []
        try parser.parse()
        var result = parser.variables
        for name in given.keys where result.byName[name]?.elements[0]?.place == start {
            result.byName[name] = nil
        }
        result.order = result.order.filter { result.byName[$0] != nil }
        for name in result.byName.keys.sorted() where !result.order.contains(name) { result.order.append(name) }
        return result
    }

    private init(_ bytes: [UInt8], name: String) {
        cursor = ConfigCursor(bytes, source: name)
    }

    /// Whether the line ends here with a carriage return before its line feed.
    var isLineEnd: Bool {
        cursor.byte == UInt8(ascii: "\r")
            && (cursor.byte(after: 1) == UInt8(ascii: "\n") || cursor.byte(after: 1) == nil)
    }

    // MARK: Statements

    private mutating func parse() throws(ConfigError) {
        var isAfterCommand = false
        while true {
            skipBlanks()
            guard let byte = cursor.byte else { return }
            switch byte {
            case UInt8(ascii: "\n"):
                isAfterCommand = false
                cursor.advance()
            case UInt8(ascii: "#"): _ = cursor.take { $0 != UInt8(ascii: "\n") }
            case UInt8(ascii: ";"):
                guard isAfterCommand, cursor.byte(after: 1) != UInt8(ascii: ";") else {
                    throw ConfigError(.connector(cursor.byte(after: 1) == byte ? ";;" : ";"), at: cursor.place)
                }
                isAfterCommand = false
                cursor.advance()
            case UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "("),
                UInt8(ascii: ")"):
                throw operatorError(byte)
            default:
                try command()
                isAfterCommand = true
            }
        }
    }

    private func operatorError(_ byte: UInt8) -> ConfigError {
        if byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">") { return ConfigError(.redirection, at: cursor.place) }
        let isDouble = cursor.byte(after: 1) == byte && (byte == UInt8(ascii: "&") || byte == UInt8(ascii: "|"))
        let text = String(decoding: isDouble ? [byte, byte] : [byte], as: UTF8.self)
        return ConfigError(.connector(text), at: cursor.place)
    }

    private mutating func skipBlanks() {
        while let byte = cursor.byte {
            if isLineEnd {
                variables.carriageReturn = variables.carriageReturn ?? cursor.place
                cursor.advance()
            } else if ConfigByte.isBlank(byte) {
                cursor.advance()
            } else if !cursor.skipContinuation() {
                return
            }
        }
    }

    /// Reads assignments up to the end of the command.
    private mutating func command() throws(ConfigError) {
        var isExport = false
        var isFirst = true
        while true {
            skipBlanks()
            guard let byte = cursor.byte, !"\n;".utf8.contains(byte) else { return }
            guard byte != UInt8(ascii: "#") || !isFirst || isExport else { return }
            if byte == UInt8(ascii: "#") { return }
            guard !"&|<>()".utf8.contains(byte) else { throw operatorError(byte) }
            let start = cursor
            guard let target = try target() else {
                cursor = start
                if isFirst, takeWord("export") {
                    isExport = true
                } else if isExport {
                    try exportedName()
                } else {
                    throw commandError(isFirst: isFirst)
                }
                isFirst = false
                continue
            }
            guard !isExport || !target.hasIndex else {
                throw ConfigError(.export(target.name + "[…]"), at: target.place)
            }
            try assign(target)
            isFirst = false
        }
    }

    private mutating func takeWord(_ word: String) -> Bool {
        let start = cursor
        let found = cursor.take { !" \t\n;\r".utf8.contains($0) }
        if found.elementsEqual(word.utf8) { return true }
        cursor = start
        return false
    }

    private mutating func exportedName() throws(ConfigError) {
        let place = cursor.place
        let name = cursor.take { !" \t\n;\r&|<>()".utf8.contains($0) }
        guard let first = name.first, ConfigByte.isNameStart(first), name.allSatisfy(ConfigByte.isNamePart) else {
            throw ConfigError(.export(String(decoding: name, as: UTF8.self)), at: place)
        }
    }

    private static let controlWords: Set<String> = [
        "if", "then", "else", "elif", "fi", "for", "while", "until", "do", "done", "case", "esac", "select",
        "function", "time", "{", "}", "!", "[[", "((", "coproc",
    ]

    private mutating func commandError(isFirst: Bool) -> ConfigError {
        let place = cursor.place
        if cursor.byte == UInt8(ascii: "`") || cursor.starts(with: "$(") {
            return ConfigError(.commandSubstitution, at: place)
        }
        let word = String(decoding: cursor.take { !" \t\n;\r&|<>()".utf8.contains($0) }.prefix(80), as: UTF8.self)
        if cursor.starts(with: "()") { return ConfigError(.function(word), at: place) }
        if isFirst, Self.controlWords.contains(word) { return ConfigError(.controlFlow(word), at: place) }
        skipBlanks()
        let isName = word.utf8.first.map(ConfigByte.isNameStart) ?? false
        let isSpaced = isName && isFirst && cursor.byte == UInt8(ascii: "=")
        if word == "=" || word.hasPrefix("=") {
            return ConfigError(.command(word, isSpacedAssignment: true), at: place)
        }
        if cursor.starts(with: "()") { return ConfigError(.function(word), at: place) }
        return ConfigError(.command(word, isSpacedAssignment: isSpaced), at: place)
    }

    // MARK: Assignments

    struct Target {
        var name: String
        var index = ConfigIndex.number(0)
        var hasIndex = false
        var adds = false
        var place: ScriptPlace
    }

    /// Reads `NAME=`, `NAME+=` or the same with an index; nil if something else stands here.
    private mutating func target() throws(ConfigError) -> Target? {
        let place = cursor.place
        guard let first = cursor.byte, ConfigByte.isNameStart(first) else { return nil }
        var target = Target(
            name: String(decoding: cursor.take(while: ConfigByte.isNamePart), as: UTF8.self), place: place)
        if cursor.byte == UInt8(ascii: "[") {
            guard hasClosedIndex else { return nil }
            target.index = try index(of: target.name, at: place)
            target.hasIndex = true
        } else if Self.isKeyedByText(target.name) {
            target.index = .text("0")
        }
        if cursor.starts(with: "+=") {
            target.adds = true
            cursor.advance()
        }
        guard cursor.byte == UInt8(ascii: "=") else { return nil }
        cursor.advance()
        guard !Self.isShellVariable(target.name) else { throw ConfigError(.readOnly(target.name), at: place) }
        return target
    }

    /// Whether a bracket closes on this line with an assignment behind it.
    private var hasClosedIndex: Bool {
        let line = cursor.bytes[cursor.index...].prefix { $0 != UInt8(ascii: "\n") }
        guard let end = line.firstIndex(of: UInt8(ascii: "]")) else { return false }
        let rest = line[(end + 1)...]
        return rest.contains(UInt8(ascii: "="))
    }

    private mutating func assign(_ target: Target) throws(ConfigError) {
        if cursor.byte == UInt8(ascii: "("), !target.hasIndex {
            try assignArray(target)
            return
        }
        if cursor.byte == UInt8(ascii: "(") { throw operatorError(UInt8(ascii: "(")) }
        let value = try word(.value)
        try checkWordEnd()
        variables.set(target.name, target.index, value.bytes, adds: target.adds, at: target.place)
    }

    private func checkWordEnd() throws(ConfigError) {
        guard let byte = cursor.byte, "&|<>()".utf8.contains(byte) else { return }
        throw operatorError(byte)
    }

    private struct Element {
        var index: ConfigIndex?
        var adds = false
        var bytes: [UInt8]
        var place: ScriptPlace
    }

    private mutating func assignArray(_ target: Target) throws(ConfigError) {
        let start = cursor.place
        cursor.advance()
        var elements: [Element] = []
        while true {
            skipBlanks()
            guard let byte = cursor.byte else { throw ConfigError(.unclosed("("), at: start) }
            switch byte {
            case UInt8(ascii: ")"):
                cursor.advance()
                store(elements, in: target)
                if let byte = cursor.byte, !" \t\n;#\r".utf8.contains(byte) { throw operatorError(byte) }
                return
            case UInt8(ascii: "\n"): cursor.advance()
            case UInt8(ascii: "#"): _ = cursor.take { $0 != UInt8(ascii: "\n") }
            case UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: "<"), UInt8(ascii: ">"),
                UInt8(ascii: "("):
                throw operatorError(byte)
            default: elements += try self.elements(of: target.name)
            }
        }
    }

    private mutating func elements(of name: String) throws(ConfigError) -> [Element] {
        let place = cursor.place
        if cursor.byte == UInt8(ascii: "["), hasClosedIndex {
            let index = try index(of: name, at: place)
            let adds = cursor.starts(with: "+=")
            if adds { cursor.advance() }
            guard cursor.byte == UInt8(ascii: "=") else { throw ConfigError(.expansion("a pattern"), at: place) }
            cursor.advance()
            let value = try word(.value)
            try checkElementEnd()
            return [Element(index: index, adds: adds, bytes: value.bytes, place: place)]
        }
        let word = try word(.element)
        try checkElementEnd()
        guard !word.isPattern.contains(true) else { throw ConfigError(.expansion("a pattern"), at: place) }
        return word.fields.map { Element(bytes: $0, place: place) }
    }

    private func checkElementEnd() throws(ConfigError) {
        guard let byte = cursor.byte, ";&|<>(".utf8.contains(byte) else { return }
        throw operatorError(byte)
    }

    private mutating func store(_ elements: [Element], in target: Target) {
        variables.edit(target.name, at: target.place) { variable in
            if !target.adds {
                variable.elements = [:]
                variable.keyed = [:]
            }
        }
        var next = (variables.byName[target.name]?.elements.keys.max() ?? -1) + 1
        for element in elements {
            let index = element.index ?? .number(next)
            variables.set(target.name, index, element.bytes, adds: element.adds, at: element.place)
            if case .number(let number) = index { next = number + 1 }
        }
    }

    // MARK: Names

    /// Whether the elements of a variable are named by texts and not by numbers.
    static func isKeyedByText(_ name: String) -> Bool { KeyTable.find(name)?.indexing == .domainAndCPU }

    private static let shellVariables: Set<String> = [
        "RANDOM", "SRANDOM", "SECONDS", "LINENO", "EPOCHSECONDS", "EPOCHREALTIME", "FUNCNAME", "DIRSTACK", "GROUPS",
        "UID", "EUID", "PPID", "IFS", "OPTIND", "OPTARG", "OPTERR", "SHELLOPTS", "BASHOPTS", "HISTCMD", "PIPESTATUS",
        "SHLVL", "_", "POSIXLY_CORRECT", "MACHTYPE", "OSTYPE", "HOSTTYPE", "HOSTNAME", "REPLY", "COPROC", "PS4",
    ]

    /// Whether only a running shell has the variable, or it would change how the shell reads.
    static func isShellVariable(_ name: String) -> Bool {
        shellVariables.contains(name) || name.hasPrefix("BASH") || name.hasPrefix("COMP_")
    }
}
