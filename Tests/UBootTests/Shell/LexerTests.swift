import Testing

@testable import UBoot

struct LexerTests {
    /// Tokens as text: words in `()`, quoted ones in `<>`, references as `{name}`, with what ended the text.
    private func show(_ text: String, _ pass: Lexer.Pass = .first, separators: ByteString? = nil) -> String {
        var lexer = Lexer(Array(text.utf8), pass: pass, separators: separators)
        var parts: [String] = []
        while parts.count < 100 {
            switch lexer.next().token {
            case .word(let word, _, _):
                var isOpen = false
                let marked = word.bytes.map { byte -> String in
                    guard byte == Word.mark else { return String(UnicodeScalar(byte)) }
                    isOpen.toggle()
                    return isOpen ? "{" : "}"
                }
                parts.append(word.isQuoted ? "<\(marked.joined())>" : "(\(marked.joined()))")
            case .newline: parts.append("nl")
            case .connector(.sequence): parts.append(";")
            case .connector(.and): parts.append("&&")
            case .connector(.or): parts.append("||")
            case .invalid: return (parts + ["invalid"]).joined(separator: " ")
            case .end: return parts.joined(separator: " ")
            }
        }
        return "endless"
    }

    @Test(arguments: [
        ("a b", "(a) (b)"), (" a\t b ", "(a) (b)"), ("", ""), ("a\nb\n", "(a) nl (b) nl"), ("\n\n", "nl nl"),
        ("a;b", "(a) ; (b)"), ("a && b||c", "(a) && (b) || (c)"), ("a & b", "(a) invalid"), ("a | b", "(a) invalid"),
        ("a# b", "(a#) (b)"), ("a # b\nc", "(a) nl (c)"), ("#", ""), ("\"\"#c", "<>"),
        ("\\a", "(\\a)"), ("a\\ b", "(a\\ b)"), ("a\\", "invalid"), ("a\\\nb", "(a\\\nb)"),
        ("\"a b\"", "<a b>"), ("\"a", "<a>"), ("'a b'", "<a b>"), ("'a", "invalid"), ("a'b'c", "<abc>"),
        ("\"a\\b\"", "<a\\\\b>"), ("\"a*b\"", "<a\\*b>"), ("\"'a'\"", "<a>"), ("''", "<>"), ("'$a;#'", "<$a;#>"),
        ("\"a;b#c\"", "<a;b#c>"), ("$a", "({a})"), ("$a-b", "({a}-b)"), ("${a b}", "({a b})"), ("${a", "invalid"),
        ("$?", "({$?})"), ("$", "($)"), ("$1", "($1)"), ("$_a", "($_a)"), ("\"$a\"", "<{a}>"), ("${}", "({})"),
        ("a$b$c", "(a{b}{c})"), ("\\$a", "(\\$a)"), ("a\rb", "(a\rb)"),
    ])
    func textIsSplit(_ text: String, _ tokens: String) {
        #expect(show(text) == tokens)
    }

    @Test(arguments: [
        ("a;b", "(a;b)"), ("a && b", "(a) (&&) (b)"), ("$a", "($a)"), ("a|b", "(a|b)"), ("'a b' #c", "<a b>"),
        ("\u{4}a b\u{4}", "<a b>"),
    ])
    func operatorsAreOrdinaryBehindValues(_ text: String, _ tokens: String) {
        #expect(show(text, .second) == tokens)
    }

    @Test(arguments: [(":", "a:b c\n", "(a) (b c\n)"), ("", "a b", "(a b)"), (";", "a;b", "(a) (b)")])
    func separatorsCanBeReplaced(_ separators: String, _ text: String, _ tokens: String) {
        #expect(show(text, separators: ByteString(utf8: separators)) == tokens)
    }

    @Test(arguments: [
        ("ab", "ab"), ("\\a\\b", "ab"), ("\\\\", "\\"), ("a\\", "a"), ("\\\\\\\"", "\\\""), ("", ""),
    ])
    func oneBackslashIsTakenOff(_ text: String, _ result: String) {
        #expect(Word(bytes: Array(text.utf8)).unescaped.bytes == Array(result.utf8))
    }

    @Test func positionsCountLinesAndBytes() {
        var lexer = Lexer(Array("a  'b\nc' d\n e".utf8))
        var positions: [TextPosition] = []
        while case (let token, let position) = lexer.next(), token != .end { positions.append(position) }
        #expect(positions.map(\.line) == [1, 1, 2, 2, 3])
        #expect(positions.map(\.column) == [1, 4, 4, 5, 2])
    }

    @Test func manyQuotesAreOneWord() {
        let text = String(repeating: "\"'", count: 10_000)
        #expect(show(text) == "<" + String(repeating: "\"", count: 5000) + ">")
    }
}
