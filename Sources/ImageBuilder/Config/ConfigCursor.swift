import UBoot

/// A position in a config's bytes that knows its line and column.
struct ConfigCursor {
    let bytes: [UInt8]
    let source: String
    private(set) var index = 0
    private var line = 1
    private var lineStart = 0

    init(_ bytes: [UInt8], source: String) {
        self.bytes = bytes
        self.source = source
    }

    var place: ScriptPlace { ScriptPlace(source: source, line: line, column: index - lineStart + 1) }
    var isAtEnd: Bool { index >= bytes.count }
    var byte: UInt8? { index < bytes.count ? bytes[index] : nil }

    func byte(after count: Int) -> UInt8? { index + count < bytes.count ? bytes[index + count] : nil }

    func starts(with text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard index + count <= bytes.count else { return false }
        return bytes[index..<index + count].elementsEqual(text.description.utf8)
    }

    mutating func advance(_ count: Int = 1) {
        for _ in 0..<count where index < bytes.count {
            if bytes[index] == UInt8(ascii: "\n") {
                line += 1
                lineStart = index + 1
            }
            index += 1
        }
    }

    /// Skips a backslash before a line feed, which is nothing; true if there was one.
    mutating func skipContinuation() -> Bool {
        guard byte == UInt8(ascii: "\\"), byte(after: 1) == UInt8(ascii: "\n") else { return false }
        advance(2)
        return true
    }

    /// Takes the bytes as long as they fulfil a condition.
    mutating func take(while condition: (UInt8) -> Bool) -> [UInt8] {
        let start = index
        while let byte, condition(byte) { advance() }
        return Array(bytes[start..<index])
    }
}

/// What bytes are to the shell.
enum ConfigByte {
    static func isNameStart(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "_") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    static func isNamePart(_ byte: UInt8) -> Bool { isNameStart(byte) || isDigit(byte) }

    static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
}
