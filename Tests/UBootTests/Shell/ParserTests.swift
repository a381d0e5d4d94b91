import Testing

@testable import UBoot

struct ParserTests {
    private func parser(_ text: String, _ mode: Parser.Mode = .lines, depthLimit: Int = 200) -> Parser {
        Parser(Lexer(Array(text.utf8)), mode: mode, source: "s", depthLimit: depthLimit)
    }

    /// A list as text: commands, constructs in brackets, the reserved word in front of each part that does something.
    private func show(_ list: CommandList) -> String {
        list.steps.compactMap { step -> String? in
            let role: String
            switch step.role {
            case .plain: role = ""
            case .part(let word): role = word.rawValue + ":"
            case .invalid: role = "invalid:"
            }
            let connector = [.sequence: "", .and: " &&", .or: " ||"][step.connector] ?? ""
            switch step.body {
            case .nothing: return nil
            case .command(let node):
                let words = node.words.map { String(decoding: $0.bytes, as: UTF8.self) }
                return role + words.joined(separator: ",") + connector
            case .construct(let inner): return "\(role)[\(show(inner))]\(connector)"
            }
        }.joined(separator: " ")
    }

    @Test(arguments: [
        ("echo a b", "echo,a,b"), ("a;b", "a b"), ("a && b || c", "a && b || c"), (";;a;", "a"), ("", ""),
        ("if a; then b; fi", "[if:a then:b]"),
        ("if a; then b; elif c; then d; else e; fi", "[if:a then:b elif:c then:d else:e]"),
        ("while a; do b; done", "[while:a do:b]"), ("until a; do b; done", "[until:a do:b]"),
        ("for i in 1 2; do b; done", "[for:i in:1,2 do:b]"),
        ("if a; then if b; then c; fi; fi", "[if:a then:[if:b then:c]]"),
        ("echo if then", "echo,if,then"), ("a=1 b", "a=1,b"),
        ("if a && b; then c; fi && d", "[if:a && if:b then:c] && d"),
    ])
    func linesBecomeLists(_ text: String, _ list: String) {
        var parser = parser(text)
        let result = parser.next()
        #expect(show(result.list) == list)
        #expect(result.errors.isEmpty)
    }

    @Test(
        arguments: [
            ("then a", .error, 1), ("fi\n", .error, 1), ("a & b", .error, 1), ("if a; fi\n", .error, 1),
            ("if a; then b", .unfinished, 1), ("for i in 1", .unfinished, 1), ("if a; then b; done\n", .error, 1),
            ("while a; then\n", .error, 1), ("a 'b", .error, 1), ("a\n", .line, 0), ("a", .text, 0),
        ] as [(String, Parser.End, Int)])
    func mistakesAreFound(_ text: String, _ end: Parser.End, _ errors: Int) {
        var parser = parser(text)
        let result = parser.next()
        #expect(result.end == end)
        #expect(result.errors.count == errors)
    }

    @Test func aListEndsWithItsLineUnlessAConstructIsOpen() {
        var parser = parser("a\nif b\nthen c\nfi\nd\n")
        #expect(show(parser.next().list) == "a")
        #expect(show(parser.next().list).hasPrefix("[if:b"))
        #expect(show(parser.next().list) == "d")
        #expect(parser.isAtEnd)
    }

    @Test func aVariableIsOneList() {
        var parser = parser("a\nb;c\n", .whole)
        #expect(show(parser.next().list) == "a b c")
    }

    @Test func reservedWordsAreOrdinaryBehindValues() {
        var parser = parser("if then fi\n", .expanded)
        #expect(show(parser.next().list) == "if,then,fi")
    }

    @Test(arguments: [1, 5, 200])
    func constructsCanBeNestedToTheLimit(_ limit: Int) {
        let open = String(repeating: "if true; then ", count: limit)
        let close = String(repeating: "; fi", count: limit)
        var fitting = parser(open + "a" + close, depthLimit: limit)
        #expect(!fitting.next().isTooDeep)
        var deep = parser("if true; then " + open + "a" + close + "; fi", depthLimit: limit)
        #expect(deep.next().isTooDeep)
    }

    @Test func placesAreOfTheFirstWord() throws {
        var parser = parser("\n  echo a\n")
        _ = parser.next()
        let step = try #require(parser.next().list.steps.first)
        guard case .command(let node) = step.body else {
            Issue.record("no command")
            return
        }
        #expect(node.place == ScriptPlace(source: "s", line: 2, column: 3))
    }
}
