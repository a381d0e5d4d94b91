/// One argument as the shell keeps it until it is used.
///
/// A variable reference stands in the bytes between two `Word.mark` bytes; values that must not be read again stand
/// between two `Word.literalMark` bytes.
struct Word: Equatable {
    /// The character that encloses a reference: its name, with the part behind `:` if it has one.
    static let mark: UInt8 = 3
    /// The character that encloses a value to be taken as it is.
    static let literalMark: UInt8 = 4

    var bytes: [UInt8]
    /// Whether a part of it was quoted, so that an empty word counts.
    var isQuoted = false
    /// Whether it holds a reference.
    var hasReference: Bool { bytes.contains(Self.mark) }

    /// The word with one backslash taken off in front of each character.
    var unescaped: Word {
        guard bytes.contains(UInt8(ascii: "\\")) else { return self }
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "\\") { index += 1 }
            guard index < bytes.count else { break }
            result.append(bytes[index])
            index += 1
        }
        return Word(bytes: result, isQuoted: isQuoted)
    }
}

/// What the lexer finds.
enum Token: Equatable {
    /// An argument with its escapes still in it, and how many references it has.
    ///
    /// `endsAtBlank` tells whether a separator ended it, or else an operator or the end of the text.
    case word(Word, references: Int, endsAtBlank: Bool)
    /// The end of a line outside of quotes.
    case newline
    /// `;`, `&&` or `||`.
    case connector(Connector)
    /// Something that makes the whole line invalid.
    case invalid
    /// The end of the text.
    case end
}

/// How a command is joined to the one behind it.
enum Connector: Equatable {
    /// `;` or the end of the line.
    case sequence
    /// `&&`.
    case and
    /// `||`.
    case or
}

/// A line and a column of the text, from 1; the column counts bytes.
struct TextPosition: Equatable, Sendable {
    var line = 1
    var column = 1
}
