import Testing

@testable import UBoot

struct SimpleExpressionTests {
    @Test(
        arguments: [
            ("abc", "xabcx", 1..<4), ("a*b", "caab", 1..<4), ("^a", "ba", nil), ("a$", "aba", 2..<3),
            ("[ab]+", "xbax", 1..<3),
            ("a|b", "cb", 1..<2), ("a?b", "b", 0..<1), ("", "a", 0..<0), ("a", "", nil), ("\\d", "a1", 1..<2),
            ("(a)(b)", "ab", 0..<2), ("a+?", "aaa", 0..<2), (".", "a", 0..<1),
        ] as [(String, String, Range<Int>?)])
    func theFirstMatchIsFound(_ pattern: String, _ text: String, _ range: Range<Int>?) throws {
        let expression = try SimpleExpression(Array(pattern.utf8))
        #expect(try expression.match(Array(text.utf8))?.first == range)
    }

    @Test func groupsAreFound() throws {
        let expression = try SimpleExpression(Array("(a)x|(b)".utf8))
        #expect(try expression.match(Array("ax".utf8))?.count == 3)
    }

    @Test(
        arguments: [
            ("(", "No closing bracket"), ("(a", "No closing bracket"), ("[", "No closing ']' bracket"),
            ("[a", "No closing ']' bracket"),
        ] as [(String, ByteString)])
    func mistakesHaveAText(_ pattern: String, _ message: ByteString) {
        #expect(throws: SimpleExpression.Failure.wrong(message)) { try SimpleExpression(Array(pattern.utf8)) }
    }

    @Test(arguments: ["(", ".", "a|", "[a]", "a.", "|", "\\d", "^", "a*"])
    func endlessPatternsAreTooLong(_ part: String) {
        #expect(throws: SimpleExpression.Failure.wrong("RE is too long (code overflow)")) {
            try SimpleExpression(Array(String(repeating: part, count: 100_000).utf8))
        }
    }

    /// The most repetitions of a part that the real U-Boot takes.
    @Test(arguments: [
        (".", 251, "code"), ("(a)", 35, "code"), ("a|", 31, "code"), ("a*", 41, "code"), ("[ab]", 83, "code"),
        ("ab*", 27, "code"), ("a", 256, "data"),
    ])
    func thereIsRoomFor256Bytes(_ part: String, _ count: Int, _ kind: String) throws {
        _ = try SimpleExpression(Array(String(repeating: part, count: count).utf8))
        #expect(throws: SimpleExpression.Failure.wrong("RE is too long (\(kind) overflow)" as ByteString)) {
            try SimpleExpression(Array(String(repeating: part, count: count + 1).utf8))
        }
    }

    /// The real U-Boot gave no prompt within seconds for each of these.
    @Test(arguments: [
        "a)", "(a))", "(a)b)", ")", "*", "+", "a**", "()*", "|*", "^*", "a|*",
        "a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b",
    ])
    func somePatternsNeverEnd(_ pattern: String) throws {
        var machine = try TestBoard.machine()
        let text = String(repeating: "a", count: 100)
        let answer = machine.type(Array("setexpr x sub '\(pattern)' X \(text)".utf8), source: "<prompt>")
        guard case .hang = answer.ending else {
            Issue.record("ended in \(answer.ending): \(answer.commands.map(\.output.latin1))")
            return
        }
    }
}
