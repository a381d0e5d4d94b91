import Testing
import YAML

/// The corners of the standard library's protocols that synthesised code does not reach.
struct NodeDecoderTests {
    private class Base: Decodable {
        var base: Int
    }

    private final class Derived: Base {
        enum Keys: CodingKey { case extra }
        var extra: Int
        required init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Keys.self)
            extra = try container.decode(Int.self, forKey: .extra)
            try super.init(from: container.superDecoder())
        }
    }

    @Test func superclassesReadTheirOwnMapping() throws {
        let derived: Derived = try decode("extra: 1\nsuper: {base: 2}\n")
        #expect(derived.extra == 1 && derived.base == 2)
        #expect(
            complaint("extra: 1\nsuper: {base: 2, bsae: 3}\n", as: Derived.self)
                == "2:18: super: unknown key 'bsae', did you mean 'base'?")
        #expect(complaint("extra: 1\n", as: Derived.self) == "1:1: missing key 'super'")
    }

    private struct Mixed: Decodable, Equatable {
        enum Keys: CodingKey { case items, other }
        var number: Int?
        var named: Int
        var path: [String]
        var other: String
        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Keys.self)
            var items = try container.nestedUnkeyedContainer(forKey: .items)
            number = try items.decodeIfPresent(Int.self)
            let named = try items.nestedContainer(keyedBy: Keys.self)
            self.named = try named.decode(Int.self, forKey: .other)
            path = named.codingPath.map(\.stringValue)
            other = try String(from: container.superDecoder(forKey: .other))
        }
    }

    @Test func containersNest() throws {
        let mixed: Mixed = try decode("items: [~, {other: 5}]\nother: x\n")
        #expect(mixed.number == nil && mixed.named == 5 && mixed.other == "x")
        #expect(mixed.path == ["items", "[1]"])
        #expect(
            complaint("items: [1, {other: 5, othre: 6}]\nother: x\n", as: Mixed.self)
                == "1:23: items.[1]: unknown key 'othre', did you mean 'other'?")
    }

    @Test func errorsOfTheStandardLibraryGetAPlace() {
        #expect(complaint("a: xy\n", as: [String: Refusing].self) == "1:4: a: no good")
        #expect(complaint("- 1\n- [2\n  ]\n", as: [ClosedRange<Int>].self).hasPrefix("1:3: [0]: expected a sequence"))
        #expect(complaint("[5, 1]\n", as: ClosedRange<Int>.self).hasPrefix("1:1: "))
    }

    private struct Refusing: Decodable {
        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no good")
        }
    }
}
