import Testing
import YAML

struct CursorTests {
    @Test(arguments: [
        Complaint("name: x\nmemory: 5\n", "2:9: memory: expected a sequence, got '5'"),
        Complaint("name: x\nmemory:\n", "2:8: memory: expected a sequence, got nothing"),
        Complaint("name: x\nmemory: {}\n", "2:9: memory: expected a sequence, got a mapping"),
        Complaint("name: x\nmemory: [5]\n", "2:10: memory.[0]: expected a mapping, got '5'"),
        Complaint("name: x\nmemory: [[]]\n", "2:10: memory.[0]: expected a mapping, got a sequence"),
        Complaint("name: x\nmemory: ['5']\n", "2:10: memory.[0]: expected a mapping, got the quoted text '5'"),
        Complaint(
            "name: x\nmemory:\n  - base: 0\n    size: abc\n",
            "4:11: memory.[0].size: expected an integer that fits UInt64, got 'abc'"),
        Complaint("name: []\nmemory: []\n", "1:7: name: expected a text, got a sequence"),
        Complaint("- 1\n", "1:1: expected a mapping, got a sequence"),
        Complaint("just text\n", "1:1: expected a mapping, got 'just text'"),
        Complaint("---\n", "2:1: expected a mapping, got nothing"),
        Complaint(
            "name: x\nmemory: []\nmode: prbe\n", "3:7: mode: unknown value 'prbe', did you mean 'probe'?"),
        Complaint(
            "name: x\nmemory: []\nmode: 7\n", "3:7: mode: unknown value '7', known values: boot, probe, idle"),
        Complaint("name: x\nmemory: []\nmode: [a]\n", "3:7: mode: expected a text, got a sequence"),
    ])
    func wrongTypesHavePlaceAndPath(_ sample: Complaint) {
        #expect(complaint(sample.text, as: Sample.self) == sample.expected)
    }

    @Test func enumThatDoesNotListItsCases() {
        #expect(complaint("green", as: Colour.self) == "1:1: unknown value 'green'")
        #expect(complaint("x", as: Level.self) == "1:1: expected an integer that fits Int, got 'x'")
        #expect(complaint("3", as: Level.self) == "1:1: unknown value '3', known values: 1, 2")
    }

    private enum Colour: String, Decodable { case red }
    private enum Level: Int, Decodable, CaseIterable { case one = 1, two }

    @Test func errorsOfTypesGetTheirPlace() {
        #expect(complaint("a:\n  b: 4097\n", as: [String: [String: Pages]].self) == "2:6: a.b: must be pages, got 4097")
        #expect(complaint("a: [4096, x]", as: [String: [Pages]].self).hasPrefix("1:11: a.[1]: expected an integer"))
    }

    private struct Pages: Decodable {
        struct Uneven: Error, CustomStringConvertible {
            var bytes: Int
            var description: String { "must be pages, got \(bytes)" }
        }
        init(from decoder: any Decoder) throws {
            let bytes = try decoder.singleValueContainer().decode(Int.self)
            guard bytes % 4096 == 0 else { throw Uneven(bytes: bytes) }
        }
    }

    @Test func pairsReadFromSequences() throws {
        #expect(try decode("[1, [x, 2]]", as: Pair.self) == Pair(first: 1, second: "x", third: 2))
        #expect(complaint("[1]", as: Pair.self) == "1:1: expected more than 1 item")
        #expect(complaint("[]", as: Pair.self) == "1:1: expected more than 0 items")
        #expect(complaint("[1, {}]", as: Pair.self) == "1:5: [1]: expected a sequence, got a mapping")
    }

    private struct Pair: Decodable, Equatable {
        var first: Int
        var second: String
        var third: Int?
        init(first: Int, second: String, third: Int?) {
            (self.first, self.second, self.third) = (first, second, third)
        }
        init(from decoder: any Decoder) throws {
            var container = try decoder.unkeyedContainer()
            first = try container.decode(Int.self)
            var nested = try container.nestedUnkeyedContainer()
            second = try nested.decode(String.self)
            third = try nested.decodeIfPresent(Int.self)
        }
    }

    @Test func longAndOddTextsStayOnOneLine() {
        let text = "\"" + String(repeating: "x", count: 500) + "\\n\""
        let sentence = complaint(text, as: Int.self)
        #expect(sentence.count < 130)
        #expect(sentence.hasSuffix("x…'"))
        #expect(complaint("\"a\\n\\e[31m\"", as: Bool.self).hasSuffix("the quoted text 'a\\n\\u{1B}[31m'"))
    }
}
