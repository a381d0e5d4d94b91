/// Takes the text of a menu file apart, as the file goes: what a word is depends on what is expected.
struct MenuScanner {
    enum Token: Equatable {
        case word(ByteString)
        case endOfLine
        case endOfFile
    }

    private var text: [UInt8]
    /// Where the next token begins, blanks in front of it included.
    private(set) var index = 0

    /// Reads up to a NUL.
    init(_ text: [UInt8]) { self.text = Array(text.prefix { $0 != 0 }) }

    /// The number of bytes of the text.
    var count: Int { text.count }

    /// Goes on with a text that is longer than the one so far.
    mutating func extend(to longer: [UInt8]) {
        text = longer
        index = min(index, longer.count)
    }

    /// The next word in small letters, up to a blank.
    mutating func keyword() -> Token {
        let token = next { !CharacterClass.isSpace($0) }
        guard case .word(let word) = token else { return token }
        return .word(ByteString(word.bytes.map { $0 >= 65 && $0 <= 90 ? $0 + 32 : $0 }))
    }

    /// The rest of the line; nil and what was found instead, if there is nothing.
    mutating func literal() -> (value: ByteString?, found: ByteString) {
        let start = index
        if case .word(let word) = next(while: { $0 != UInt8(ascii: "\n") }) { return (word, "") }
        return (nil, ByteString(text[start..<index]))
    }

    /// What was read since a place.
    func text(from start: Int) -> ByteString { ByteString(text[start..<index]) }

    /// Goes back to a place.
    mutating func goBack(to start: Int) { index = start }

    /// Goes to the end of the line, which stays to be read.
    mutating func skipLine() {
        while index < text.count, text[index] != UInt8(ascii: "\n") { index += 1 }
    }

    private mutating func next(while isPart: (UInt8) -> Bool) -> Token {
        while index < text.count, text[index] == UInt8(ascii: " ") || text[index] == UInt8(ascii: "\t") { index += 1 }
        if index < text.count, text[index] == UInt8(ascii: "#") { skipLine() }
        guard index < text.count else { return .endOfFile }
        guard text[index] != UInt8(ascii: "\n") else {
            index += 1
            return .endOfLine
        }
        // A carriage return alone is a blank without a word before it: the word is empty, and nothing is passed.
        let start = index
        while index < text.count, isPart(text[index]) { index += 1 }
        return .word(ByteString(text[start..<index]))
    }
}
