/// Splits a text into words and operators, as the old hush of U-Boot does (`common/cli_hush.c`).
///
/// A word keeps its backslashes, and doubled ones from inside double quotes; `Word.unescaped` takes them off.
struct Lexer {
    /// Which characters are special.
    enum Pass {
        /// The text as it was written.
        case first
        /// A command again, after values were put in: `;`, `$`, `&` and `|` are ordinary now.
        case second
    }

    private enum Class: UInt8 {
        case ordinary, ordinaryInQuotes, separator, special
    }

    private let text: [UInt8]
    private let pass: Pass
    private var separators: ByteString?
    private var classes: [Class]
    private(set) var index = 0
    private(set) var position = TextPosition()
    private var isInDoubleQuotes = false

    private var kept: Word?
    private var isKeptDue = false

    /// Prepares to read `text`, with the separators of the variable `IFS` if that is set.
    init(_ text: [UInt8], pass: Pass = .first, separators: ByteString? = nil) {
        self.text = text
        self.pass = pass
        self.separators = separators
        classes = Self.classes(pass: pass, separators: separators)
    }

    /// Whether all of the text has been read.
    var isAtEnd: Bool { index >= text.count }

    /// Changes the separators from here on.
    mutating func setSeparators(_ separators: ByteString?) {
        guard separators != self.separators else { return }
        self.separators = separators
        classes = Self.classes(pass: pass, separators: separators)
    }

    /// Makes a word the beginning of the one behind the next operator.
    mutating func keep(_ word: Word) {
        kept = word
        isKeptDue = false
    }

    /// Moves behind the end of the line, whatever is open.
    mutating func skipLine() {
        isInDoubleQuotes = false
        kept = nil
        guard index > 0, text[index - 1] != UInt8(ascii: "\n") else { return }
        while let byte = peek() {
            advance()
            if byte == UInt8(ascii: "\n") { break }
        }
    }

    private static let firstClasses = makeClasses(pass: .first, separators: nil)
    private static let secondClasses = makeClasses(pass: .second, separators: nil)

    private static func classes(pass: Pass, separators: ByteString?) -> [Class] {
        guard separators == nil else { return makeClasses(pass: pass, separators: separators) }
        return pass == .first ? firstClasses : secondClasses
    }

    private static func makeClasses(pass: Pass, separators: ByteString?) -> [Class] {
        var classes = [Class](repeating: .ordinary, count: 256)
        classes[Int(Word.literalMark)] = .special
        for byte in "\\$'\"".utf8 { classes[Int(byte)] = .special }
        for byte in ";&|#".utf8 { classes[Int(byte)] = .ordinaryInQuotes }
        for byte in separators?.bytes ?? Array(" \t\n".utf8) { classes[Int(byte)] = .separator }
        if pass == .second {
            for byte in ";$&|".utf8 { classes[Int(byte)] = .ordinary }
        }
        return classes
    }

    /// The next token and where it begins.
    mutating func next() -> (token: Token, position: TextPosition) {
        var word = Word(bytes: [])
        if let kept {
            if isKeptDue {
                word = kept
                self.kept = nil
            }
            isKeptDue.toggle()
        }
        var references = 0
        var start = position
        func finish(_ word: Word, _ endsAtBlank: Bool) -> (Token, TextPosition) {
            (.word(word, references: references, endsAtBlank: endsAtBlank), start)
        }
        while let byte = peek() {
            let hasWord = !word.bytes.isEmpty || word.isQuoted
            if !hasWord && !isInDoubleQuotes { start = position }
            let kind = classes[Int(byte)]
            if kind == .ordinary || (isInDoubleQuotes && kind != .special) {
                advance()
                append(byte, to: &word)
                continue
            }
            if kind == .separator {
                if hasWord { return finish(word, true) }
                advance()
                if byte == UInt8(ascii: "\n") { return (.newline, start) }
                continue
            }
            switch byte {
            case UInt8(ascii: "#") where word.bytes.isEmpty:
                while let next = peek(), next != UInt8(ascii: "\n") { advance() }
            case UInt8(ascii: "#"):
                advance()
                append(byte, to: &word)
            case UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"):
                return hasWord ? finish(word, false) : (connector(byte), start)
            default:
                guard special(byte, into: &word, references: &references) else { return (.invalid, start) }
            }
        }
        let hasWord = !word.bytes.isEmpty || word.isQuoted
        return hasWord ? finish(word, false) : (.end, position)
    }

    /// Reads `;`, `&&` or `||`; a single `&` or `|` is invalid.
    private mutating func connector(_ byte: UInt8) -> Token {
        advance()
        if byte == UInt8(ascii: ";") { return .connector(.sequence) }
        guard peek() == byte else { return .invalid }
        advance()
        return .connector(byte == UInt8(ascii: "&") ? .and : .or)
    }

    /// Reads an escape, a quote or a reference; false if its end is missing.
    private mutating func special(_ byte: UInt8, into word: inout Word, references: inout Int) -> Bool {
        advance()
        switch byte {
        case UInt8(ascii: "\\"):
            append(byte, to: &word)
            guard let escaped = peek() else { return false }
            advance()
            append(escaped, to: &word)
        case UInt8(ascii: "\""):
            word.isQuoted = true
            isInDoubleQuotes.toggle()
        case UInt8(ascii: "'"), Word.literalMark:
            word.isQuoted = true
            return copy(upTo: byte, into: &word)
        default:
            return reference(into: &word, references: &references)
        }
        return true
    }

    /// Reads what follows a `$`; false if a brace is not closed.
    private mutating func reference(into word: inout Word, references: inout Int) -> Bool {
        guard let first = peek() else {
            append(UInt8(ascii: "$"), to: &word)
            return true
        }
        if CharacterClass.isLetter(first) {
            word.bytes.append(Word.mark)
            while let byte = peek(), CharacterClass.isNamePart(byte) {
                word.bytes.append(byte)
                advance()
            }
        } else if first == UInt8(ascii: "?") {
            advance()
            word.bytes += [Word.mark] + Array("$?".utf8)
        } else if first == UInt8(ascii: "{") {
            advance()
            word.bytes.append(Word.mark)
            guard copy(upTo: UInt8(ascii: "}"), into: &word) else { return false }
        } else {
            append(UInt8(ascii: "$"), to: &word)
            return true
        }
        word.bytes.append(Word.mark)
        references += 1
        return true
    }

    /// Takes everything up to `end` as it is; false if the text ends before.
    private mutating func copy(upTo end: UInt8, into word: inout Word) -> Bool {
        while let byte = peek() {
            advance()
            if byte == end { return true }
            word.bytes.append(byte)
        }
        return false
    }

    /// Adds an ordinary character; inside double quotes some get a backslash that the unescaping takes off again.
    private func append(_ byte: UInt8, to word: inout Word) {
        if isInDoubleQuotes, "*?[\\".utf8.contains(byte) { word.bytes.append(UInt8(ascii: "\\")) }
        word.bytes.append(byte)
    }

    private func peek() -> UInt8? { index < text.count ? text[index] : nil }

    private mutating func advance() {
        if text[index] == UInt8(ascii: "\n") {
            position = TextPosition(line: position.line + 1, column: 1)
        } else {
            position.column += 1
        }
        index += 1
    }
}
