import NearestName
import Testing

struct NearestNameTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var candidates: [String]
        var expected: String?
        var testDescription: String { "\(name) among \(candidates)" }
    }

    @Test(arguments: [
        Case(name: "tiemout", candidates: ["size", "timeout", "retries"], expected: "timeout"),
        Case(name: "szie", candidates: ["size"], expected: "size"),
        Case(name: "siz", candidates: ["size"], expected: "size"),
        Case(name: "sizee", candidates: ["size"], expected: "size"),
        Case(name: "sise", candidates: ["size"], expected: "size"),
        Case(name: "size", candidates: ["size"], expected: "size"),
        Case(name: "memroy", candidates: ["memory", "memories"], expected: "memory"),
        Case(name: "grösse", candidates: ["größe", "grosse"], expected: "grosse"),
    ])
    func findsTheOneMeant(_ sample: Case) {
        #expect(nearestName(to: sample.name, among: sample.candidates) == sample.expected)
    }

    @Test(arguments: [
        Case(name: "size", candidates: ["timeout", "sane", "zone"], expected: nil),
        Case(name: "abcdef", candidates: ["abcxyz"], expected: nil),
        Case(name: "", candidates: ["a", "size"], expected: nil),
        Case(name: "x", candidates: ["y"], expected: nil),
        Case(name: "ab", candidates: ["cd", "a"], expected: nil),
        Case(name: "size", candidates: [], expected: nil),
        Case(name: "size", candidates: [""], expected: nil),
    ])
    func suggestsNothingWhenNoneIsNear(_ sample: Case) {
        #expect(nearestName(to: sample.name, among: sample.candidates) == sample.expected)
    }

    @Test func limitIsAThirdOfTheName() {
        #expect(nearestName(to: "abcdefghi", among: ["xbcdexghx"]) == "xbcdexghx")
        #expect(nearestName(to: "abcdefghi", among: ["xbcdexxhx"]) == nil)
    }

    @Test func letterCaseDoesNotCountAgainstTheLimit() {
        #expect(nearestName(to: "TIMEOUT", among: ["timeout"]) == "timeout")
    }

    @Test func letterCaseBreaksTies() {
        #expect(nearestName(to: "Dom", among: ["dom", "DOM", "Dom"]) == "Dom")
        #expect(nearestName(to: "Bord", among: ["BOARD", "Board"]) == "Board")
    }

    @Test func firstOfEqualsWins() {
        #expect(nearestName(to: "bat", among: ["cat", "hat"]) == "cat")
        #expect(nearestName(to: "bat", among: ["hat", "cat"]) == "hat")
    }

    @Test func longNamesAreCheap() {
        let long = String(repeating: "x", count: 100_000)
        #expect(nearestName(to: long, among: ["size", "timeout"]) == nil)
    }
}
