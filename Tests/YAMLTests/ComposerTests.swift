import Testing
import YAML

struct ComposerTests {
    private static let bomb =
        "a: &a [x, x, x, x, x, x, x, x, x]\n"
        + zip("bcdefghij", "abcdefghi").map { "\($0): &\($0) [" + String(repeating: "*\($1), ", count: 9) + "]\n" }
        .joined()

    @Test func aliasBombIsRefusedAtOnce() {
        #expect(
            complaint(Self.bomb, as: YAMLNode.self).contains("more than 100000 values, aliases counted at each use"))
    }

    @Test func everyNodeCounts() throws {
        let decoder = YAMLDecoder(file: "f.yaml", nodeLimit: 5)
        #expect(try decoder.decode([String: [Int]].self, from: "a: [1, 2]").count == 1)
        let error = #expect(throws: YAMLError.self) { try decoder.decode([String: [Int]].self, from: "a: [1, 2, 3]") }
        #expect(error?.reason == .tooManyNodes(limit: 5))
        #expect(error?.description == "f.yaml:1:11: a.[2]: more than 5 values, aliases counted at each use")
    }

    @Test func depthIsLimited() throws {
        let decoder = YAMLDecoder(file: "f.yaml", depthLimit: 3)
        #expect(try decoder.decode([[Int]].self, from: "[[1]]") == [[1]])
        #expect(try decoder.decode([[String: Int]].self, from: "[{a: 1}]") == [["a": 1]])
        let error = #expect(throws: YAMLError.self) { try decoder.decode([[[Int]]].self, from: "[[[1]]]") }
        #expect(error?.description == "f.yaml:1:4: [0].[0].[0]: nested deeper than 3 levels")
    }

    @Test func aliasesCannotHideDepth() {
        let decoder = YAMLDecoder(file: "f.yaml", depthLimit: 4)
        let error = #expect(throws: YAMLError.self) {
            try decoder.decode(YAMLNode.self, from: "- &a [x]\n- &b [*a]\n- &c [*b]\n")
        }
        #expect(error?.description == "f.yaml:3:7: [2].[0]: nested deeper than 4 levels")
    }

    @Test(arguments: ["[", "- ", "{a: ", "? ", "{", "[{a: ", "a:\n ", "{? ", "&a [", "\"", "!!x "])
    func deepNestingIsAnErrorAndNoCrash(_ unit: String) {
        #expect(complaint(String(repeating: unit, count: 10_000), as: YAMLNode.self) != "decoded")
    }

    @Test func indentedNestingIsAnError() {
        let text = (0..<1000).map { String(repeating: " ", count: $0) + "a:\n" }.joined()
        #expect(complaint(text, as: YAMLNode.self).contains("nested deeper than 64 levels"))
    }
}
