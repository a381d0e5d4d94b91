import Foundation
import Testing
import YAML

struct MarkedTests {
    private struct Board: Decodable, Equatable {
        struct Memory: Decodable, Equatable {
            var base: Int?
            var size: Marked<Int>
        }
        var memory: Memory
        var note: Marked<String>?
        var tags: [Marked<String>]?
    }

    @Test func valueRemembersItsPlace() throws {
        let board: Board = try decode("memory:\n  base: 0\n  size: 4095\ntags: [a,\n  b]\n")
        #expect(board.memory.size.value == 4095)
        #expect(board.memory.size.mark == SourceMark(line: 3, column: 9))
        #expect(board.tags?.last?.place.path == "tags.[1]")
        #expect(board.tags?.last?.mark == SourceMark(line: 5, column: 3))
        #expect(board.note == nil)
        let error = board.memory.size.place.error("must be a multiple of 4096")
        #expect("\(error)" == "f.yaml:3:9: memory.size: must be a multiple of 4096")
        #expect(error.reason == .invalid("must be a multiple of 4096"))
    }

    @Test func valueIsCheckedAsWithoutMark() {
        #expect(
            complaint("memory: {size: x}", as: Board.self)
                == "1:16: memory.size: expected an integer that fits Int, got 'x'")
        #expect(
            complaint("memory: {siez: 1}", as: Board.self) == "1:10: memory: unknown key 'siez', did you mean 'size'?")
        #expect(complaint("{a: 1, b: 2}", as: Marked<Board.Memory>.self).hasPrefix("1:1: missing key 'size'"))
    }

    @Test func nullIsNil() throws {
        #expect(try decode("memory: {size: 1}\nnote: ~\n", as: Board.self).note == nil)
        #expect(try decode("~", as: Marked<Int?>.self).value == nil)
    }

    @Test func aliasHasThePlaceOfItsAnchor() throws {
        let values: [Marked<Int>] = try decode("- &a 1\n- *a\n")
        #expect(values.map(\.mark) == [SourceMark(line: 1, column: 3), SourceMark(line: 1, column: 3)])
    }

    @Test func typeFindsThePlacesOfItsKeys() {
        #expect(complaint("- low: 5\n  high: 3\n", as: [Span].self) == "2:9: [0].high: must be above low")
        #expect(complaint("- low: 5\n", as: [Span].self) == "1:3: [0]: must be above low")
    }

    private struct Span: Decodable {
        enum Keys: CodingKey { case low, high }
        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Keys.self)
            let low = try container.decode(Int.self, forKey: .low)
            let high = try container.decodeIfPresent(Int.self, forKey: .high) ?? 0
            guard low < high else { throw decoder.sourcePlace(of: Keys.high).error("must be above low") }
        }
    }

    @Test func otherDecodersGiveNoPlace() throws {
        let values = try JSONDecoder().decode([String: Marked<Int>].self, from: Data(#"{"a": 1}"#.utf8))
        #expect(values["a"] == Marked(1, at: SourcePlace(file: "", mark: .start, path: "a")))
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(YAMLNode.self, from: Data("{}".utf8)) }
    }
}
