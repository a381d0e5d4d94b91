import Foundation
import Testing
import YAML

struct OrderedMappingTests {
    private struct Domain: Decodable, Equatable { var cpus: Int }

    @Test func entriesKeepTheirOrderAndPlace() throws {
        let text = "domains:\n  zeta: {cpus: 1}\n  alpha: {cpus: 2}\n  mid: {cpus: 3}\n"
        let domains = try decode(text, as: [String: OrderedMapping<Domain>].self)["domains"]
        #expect(domains?.entries.map(\.key) == ["zeta", "alpha", "mid"])
        #expect(domains?.entries.map(\.value.cpus) == [1, 2, 3])
        #expect(domains?.entries.map(\.mark.line) == [2, 3, 4])
        #expect(domains?.entries.last?.place.path == "domains.mid")
        #expect(domains?["alpha"] == Domain(cpus: 2))
        #expect(domains?["beta"] == nil)
        let error = domains?.entries.first?.place.error("too many")
        #expect(error?.description == "f.yaml:2:3: domains.zeta: too many")
    }

    @Test func valuesAreChecked() {
        #expect(
            complaint("a: {cpsu: 1}\n", as: OrderedMapping<Domain>.self)
                == "1:5: a: unknown key 'cpsu', did you mean 'cpus'?")
        #expect(complaint("[a]", as: OrderedMapping<Domain>.self) == "1:1: expected a mapping, got a sequence")
        #expect(complaint("{a: 1, a: 2}", as: OrderedMapping<Int>.self) == "1:8: duplicate key 'a', first at 1:2")
    }

    @Test func otherDecodersWorkWithoutPlaces() throws {
        let mapping = try JSONDecoder().decode(OrderedMapping<Int>.self, from: Data(#"{"a": 1}"#.utf8))
        #expect(mapping.entries.map(\.key) == ["a"])
        #expect(mapping.entries.map(\.mark) == [.start])
    }
}
