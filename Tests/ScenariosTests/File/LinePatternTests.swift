import Testing

@testable import Scenarios

struct LinePatternTests {
    @Test(arguments: [
        ("HELLO", "say HELLO now", true), ("HELLO", "hello", false), ("a.c", "abc", false),
    ])
    func literalIsTheVeryText(_ text: String, _ line: String, _ isFound: Bool) {
        #expect(LinePattern(literal: text).matches(Array(line.utf8)) == isFound)
    }

    @Test(arguments: [
        ("^4[0-9a-f]+-[0-9a-f]+ : System RAM$", "40000000-4fffffff : System RAM", true),
        ("^a{2,3}$", "aaaa", false), ("x|y", "--y", true), ("é", "café", true), ("\\.", "a", false),
    ])
    func expressionIsPOSIX(_ text: String, _ line: String, _ isFound: Bool) throws {
        #expect(try LinePattern(regex: text).matches(Array(line.utf8)) == isFound)
    }

    @Test func nulInALineDoesNotEndIt() throws {
        #expect(try LinePattern(regex: "b$").matches([0x61, 0, 0x62]))
    }

    @Test func nestedRepetitionTakesNoTime() throws {
        let line = [UInt8](repeating: 0x61, count: 2000) + [0x62]
        #expect(try !LinePattern(regex: "^(a+)+$").matches(line))
    }

    @Test(arguments: ["(", "[a", "a{2", "\\1", "\\d", "\\p", "\u{0}"])
    func otherTextsAreRefused(_ text: String) {
        #expect(throws: LinePattern.Problem.self) { try LinePattern(regex: text) }
    }
}
