import UBoot

/// A word with its quotes and references worked out.
struct ConfigWord {
    /// The bytes.
    var bytes: [UInt8] = []
    /// For each byte, whether an array splits there at blanks: it comes from a reference outside quotes.
    var isSplittable: [Bool] = []
    /// For each byte, whether the shell would take it for part of a pattern.
    var isPattern: [Bool] = []
    /// Whether any part stood in quotes, so that even an empty word counts.
    var isQuoted = false

    mutating func append(_ byte: UInt8, quoted: Bool, fromReference: Bool = false) {
        bytes.append(byte)
        isSplittable.append(fromReference && !quoted && " \t\n".utf8.contains(byte))
        isPattern.append(!quoted && "*?[".utf8.contains(byte))
    }

    mutating func append(_ other: ConfigWord) {
        bytes += other.bytes
        isSplittable += other.isSplittable
        isPattern += other.isPattern
        isQuoted = isQuoted || other.isQuoted
    }

    /// The fields that an array gets: split where blanks come from references.
    var fields: [[UInt8]] {
        var fields: [[UInt8]] = []
        var current: [UInt8]?
        for (byte, splits) in zip(bytes, isSplittable) {
            if splits {
                if let field = current { fields.append(field) }
                current = nil
            } else {
                current = (current ?? []) + [byte]
            }
        }
        if let current {
            fields.append(current)
        } else if isQuoted && fields.isEmpty {
            fields.append([])
        }
        return fields
    }
}

/// Where a word stands, which decides what ends it and what is special in it.
enum ConfigWordContext {
    /// Behind the `=` of an assignment.
    case value
    /// Between the parentheses of an array.
    case element
    /// Between the brackets of an index.
    case index
    /// The default of a `${…}` outside quotes.
    case fallback
    /// The default of a `${…}` inside double quotes.
    case quotedFallback
    /// An arithmetic expression.
    case arithmetic
    /// Between double quotes.
    case quotes

    var isQuoted: Bool {
        switch self {
        case .quotes, .quotedFallback, .arithmetic, .index: true
        case .value, .element, .fallback: false
        }
    }
}

extension ConfigParser {
    /// Reads a word up to what ends it, which stays.
    mutating func word(_ context: ConfigWordContext) throws(ConfigError) -> ConfigWord {
        depth += 1
        defer { depth -= 1 }
        guard depth < 64 else {
            throw ConfigError(.limit("expected a simpler value, found more than 64 levels"), at: cursor.place)
        }
        var word = ConfigWord()
        var level = 0
        let start = cursor.index
        while let byte = cursor.byte {
            if cursor.skipContinuation() { continue }
            if ends(context, byte, &level) { return word }
            guard byte != 0 else { throw ConfigError(.nul, at: cursor.place) }
            try checkTilde(byte, context, isFirst: cursor.index == start)
            try append(byte, context, to: &word)
            guard word.bytes.count <= Self.byteLimit else {
                throw ConfigError(.limit("expected at most \(Self.byteLimit) bytes, found more"), at: cursor.place)
            }
        }
        return word
    }

    private func ends(_ context: ConfigWordContext, _ byte: UInt8, _ level: inout Int) -> Bool {
        switch context {
        case .value, .element: return ConfigByte.isBlank(byte) || "\n;&|()<>".utf8.contains(byte) || isLineEnd
        case .index:
            if byte == UInt8(ascii: "[") { level += 1 }
            if byte == UInt8(ascii: "]") { level -= 1 }
            return level < 0
        case .fallback, .quotedFallback: return byte == UInt8(ascii: "}")
        case .quotes: return byte == UInt8(ascii: "\"")
        case .arithmetic:
            if byte == UInt8(ascii: "(") { level += 1 }
            if byte == UInt8(ascii: ")") { level -= 1 }
            return level < 0
        }
    }

    private func checkTilde(_ byte: UInt8, _ context: ConfigWordContext, isFirst: Bool) throws(ConfigError) {
        guard byte == UInt8(ascii: "~") else { return }
        let isAfterColon = cursor.index > 0 && cursor.bytes[cursor.index - 1] == UInt8(ascii: ":")
        switch context {
        case .value where isFirst || isAfterColon, .element where isFirst, .fallback where isFirst:
            throw ConfigError(.expansion("'~'"), at: cursor.place)
        default: break
        }
    }

    /// Reads one byte, quoted part or reference into a word.
    private mutating func append(
        _ byte: UInt8, _ context: ConfigWordContext, to word: inout ConfigWord
    ) throws(ConfigError) {
        switch byte {
        case UInt8(ascii: "\\"): escape(context, &word)
        case UInt8(ascii: "'") where !context.isQuoted || context == .index: try singleQuotes(&word)
        case UInt8(ascii: "\"") where context != .quotes: try doubleQuotes(&word)
        case UInt8(ascii: "`"): throw ConfigError(.commandSubstitution, at: cursor.place)
        case UInt8(ascii: "$"): try reference(context, &word)
        case UInt8(ascii: "{") where context == .element && startsBraces:
            throw ConfigError(.expansion("braces"), at: cursor.place)
        default:
            word.append(byte, quoted: context.isQuoted, fromReference: context == .fallback)
            cursor.advance()
        }
    }

    /// Whether braces begin here that the shell would multiply.
    private var startsBraces: Bool {
        let rest = cursor.bytes[cursor.index...].prefix { !" \t\n;)".utf8.contains($0) }
        guard let end = rest.firstIndex(of: UInt8(ascii: "}")) else { return false }
        let inside = rest[..<end]
        let hasDots = inside.indices.dropLast().contains {
            inside[$0] == UInt8(ascii: ".") && inside[$0 + 1] == UInt8(ascii: ".")
        }
        return hasDots || inside.contains(UInt8(ascii: ","))
    }

    private mutating func escape(_ context: ConfigWordContext, _ word: inout ConfigWord) {
        guard let next = cursor.byte(after: 1) else {
            word.append(UInt8(ascii: "\\"), quoted: true)
            cursor.advance()
            return
        }
        let isKept: Bool
        switch context {
        case .quotes, .arithmetic: isKept = !"$`\"\\".utf8.contains(next)
        case .quotedFallback: isKept = !"$`\"\\}".utf8.contains(next)
        case .value, .element, .fallback, .index: isKept = false
        }
        if isKept { word.append(UInt8(ascii: "\\"), quoted: true) }
        word.append(next, quoted: true)
        word.isQuoted = true
        cursor.advance(2)
    }

    private mutating func singleQuotes(_ word: inout ConfigWord) throws(ConfigError) {
        let start = cursor.place
        cursor.advance()
        word.isQuoted = true
        while let byte = cursor.byte {
            cursor.advance()
            if byte == UInt8(ascii: "'") { return }
            guard byte != 0 else { throw ConfigError(.nul, at: cursor.place) }
            word.append(byte, quoted: true)
        }
        throw ConfigError(.unclosed("'"), at: start)
    }

    private mutating func doubleQuotes(_ word: inout ConfigWord) throws(ConfigError) {
        let start = cursor.place
        cursor.advance()
        let inner = try self.word(.quotes)
        guard cursor.byte != nil else { throw ConfigError(.unclosed("\""), at: start) }
        cursor.advance()
        word.append(inner)
        word.isQuoted = true
    }
}
