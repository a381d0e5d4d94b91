import Testing
import YAML

struct YAMLDecoderTests {
    @Test func decodesNestedTypes() throws {
        let text = """
            name: virt board
            memory:
              - base: 0x40000000
                size: 1024
                label: "low"
              - {base: 0x880000000, size: 2048}
            mode: probe
            """
        let sample: Sample = try decode(text)
        #expect(
            sample
                == Sample(
                    name: "virt board",
                    memory: [
                        Sample.Bank(base: 0x4000_0000, size: 1024, label: "low"),
                        Sample.Bank(base: 0x8_8000_0000, size: 2048, label: nil),
                    ],
                    timeout: nil, mode: .probe))
    }

    @Test(arguments: ["timeout: null", "timeout: ~", "timeout:", "timeout: # none", ""])
    func plainNullIsNil(_ line: String) throws {
        #expect(try decode("name: a\nmemory: []\n\(line)\n", as: Sample.self).timeout == nil)
    }

    @Test func quotedNullIsText() throws {
        #expect(
            try decode("- 'null'\n- \"~\"\n- ''\n- |\n  null\n", as: [String?].self) == ["null", "~", "", "null\n"])
        #expect(try decode("- null\n- ~\n-\n- Null\n", as: [String?].self) == [nil, nil, nil, "Null"])
    }

    @Test func stringTakesAnyScalar() throws {
        let texts = try decode("[yes, 0755, true, 1.5, 'quoted', \"tab\\t\", null, 12:30:00]", as: [String].self)
        #expect(texts == ["yes", "0755", "true", "1.5", "quoted", "tab\t", "null", "12:30:00"])
    }

    @Test func blockTextKeepsItsLines() throws {
        #expect(try decode("|\n  a\n   b\n\n  c\n", as: String.self) == "a\n b\n\nc\n")
        #expect(try decode(">-\n  a\n  b\n", as: String.self) == "a b")
    }

    @Test func aliasesStandForTheirAnchors() throws {
        let text = """
            name: &n x
            memory: [&bank {base: 1, size: 2}, *bank, {base: 3, size: 4, label: *n}]
            """
        let sample: Sample = try decode(text)
        #expect(sample.memory.map(\.base) == [1, 1, 3])
        #expect(sample.memory.last?.label == "x")
    }

    @Test func laterAnchorReplacesAnEarlierOne() throws {
        #expect(try decode("[&a 1, *a, &a 2, *a]", as: [Int].self) == [1, 1, 2, 2])
    }

    @Test func dictionariesTakeAnyKey() throws {
        #expect(try decode("{b: 1, a: 2, 'c d': 3}", as: [String: Int].self) == ["a": 2, "b": 1, "c d": 3])
        #expect(try decode("{1: x, 0: y}", as: [Int: String].self) == [0: "y", 1: "x"])
        #expect(try decode("a: {}\n", as: [String: [String: Int]].self) == ["a": [:]])
    }

    @Test func byteOrderMarkIsSkipped() throws {
        let bytes: [UInt8] = [0xef, 0xbb, 0xbf] + Array("a: x".utf8)
        #expect(throws: wrong(line: 1, column: 4, path: "a")) {
            try YAMLDecoder(file: "f.yaml").decode([String: Int].self, from: bytes)
        }
        #expect(try YAMLDecoder(file: "f.yaml").decode([String: String].self, from: bytes) == ["a": "x"])
    }

    private func wrong(line: Int, column: Int, path: String) -> YAMLError {
        let place = SourcePlace(file: "f.yaml", mark: SourceMark(line: line, column: column), path: path)
        return YAMLError(.wrongType(expected: .integer("Int"), found: .text("x", plain: true)), at: place)
    }

    @Test func errorHasItsParts() {
        #expect(throws: wrong(line: 4, column: 6, path: "a.b.[1]")) {
            try decode("a:\n  b:\n    [1,\n     x]\n", as: Nested.self)
        }
        let error = wrong(line: 5, column: 14, path: "memory.[0].size")
        #expect(error.file == "f.yaml")
        #expect(error.line == 5 && error.column == 14)
        #expect(error.path == "memory.[0].size")
    }

    private struct Nested: Decodable { var a: [String: [Int]] }

    @Test func documentMarkersAndCommentsAreFine() throws {
        #expect(try decode("# top\n---\na: 1 # one\n...\n# end\n", as: [String: Int].self) == ["a": 1])
        #expect(try decode("%YAML 1.2\n---\na: 1\n", as: [String: Int].self) == ["a": 1])
        #expect(try decode("a: 1\r\nb: 2\r\n", as: [String: Int].self) == ["a": 1, "b": 2])
    }

    @Test func nodesAreDecodableAsTheyStand() throws {
        let node: YAMLNode = try decode("{b: ['1', ~], a: &x y, c: *x}")
        guard case .mapping(let entries) = node.content else {
            Issue.record("not a mapping")
            return
        }
        #expect(entries.map(\.key) == ["b", "a", "c"])
        #expect(entries.map(\.keyMark.column) == [2, 15, 24])
        #expect(entries.last?.value == entries[1].value)
    }
}
