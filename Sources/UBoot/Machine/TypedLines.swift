/// Reads a typed text line by line or construct by construct, as the prompt does.
struct TypedLines {
    private let text: [UInt8]
    private let source: String
    private let depthLimit: Int
    /// Where in the text the parser began, and which line that is.
    private var start = 0
    private var firstLine: Int
    private var parser: Parser

    /// The bytes that can be typed at a prompt before Enter.
    static func lineLimit(_ release: Release) -> Int { release >= .v2025_01 ? 1023 : 511 }
    static let lineFeed = UInt8(ascii: "\n")

    /// Takes lines, each ended by a line feed but perhaps the last one; what does not fit at the prompt is dropped.
    init(_ text: [UInt8], source: String, firstLine: Int, lineLimit: Int, depthLimit: Int) {
        var lines: [UInt8] = []
        for line in text.split(separator: Self.lineFeed, omittingEmptySubsequences: false) {
            lines += line.prefix(lineLimit) + [Self.lineFeed]
        }
        if text.isEmpty || text.last == Self.lineFeed { lines.removeLast() }
        self.text = lines
        self.source = source
        self.firstLine = firstLine
        self.depthLimit = depthLimit
        parser = Parser(Lexer(lines), mode: .lines, source: source, firstLine: firstLine, depthLimit: depthLimit)
    }

    /// Whether all of the text has been read.
    var isAtEnd: Bool { parser.isAtEnd }

    private var position: Int { start + parser.index }

    /// The next lines with their line feeds, and what they mean.
    mutating func next(separators: ByteString?) -> (lines: [UInt8], result: Parser.Result) {
        let begin = position
        let (result, _) = Self.read(&parser, separators: separators)
        return (Array(text[begin..<position]), result)
    }

    /// What a kept line means instead of the empty one that was just read, and the lines that it needs behind it.
    mutating func again(
        _ kept: [UInt8], separators: ByteString?
    ) -> (more: [UInt8], result: Parser.Result) {
        let line = firstLine + parser.line - 2
        var alone = Parser(Lexer(kept), mode: .lines, source: source, firstLine: line, depthLimit: depthLimit)
        let (result, isOpen) = Self.read(&alone, separators: separators)
        guard isOpen, !isAtEnd else { return ([], result) }
        let begin = position
        let nextLine = firstLine + parser.line - 1
        var longer = Parser(
            Lexer(kept + text[begin...]), mode: .lines, source: source, firstLine: line, depthLimit: depthLimit)
        let (longerResult, _) = Self.read(&longer, separators: separators)
        let more = text[begin..<max(begin, begin + longer.index - kept.count)]
        start = more.endIndex
        firstLine = nextLine + more.count { $0 == Self.lineFeed }
        parser = Parser(
            Lexer(Array(text[start...])), mode: .lines, source: source, firstLine: firstLine, depthLimit: depthLimit)
        return (Array(more), longerResult)
    }

    /// Whether the prompt asks for more behind the text, because a construct or a quote is open at its end.
    mutating func isOpen(separators: ByteString?) -> Bool {
        while !isAtEnd {
            if Self.read(&parser, separators: separators).isOpen { return true }
        }
        return false
    }

    private static func read(
        _ parser: inout Parser, separators: ByteString?
    ) -> (result: Parser.Result, isOpen: Bool) {
        let result = parser.next(separators: separators)
        let isOpen = result.end != .line && parser.isAtEnd
        if result.end == .error { parser.skipLine() }
        return (result, isOpen)
    }
}
