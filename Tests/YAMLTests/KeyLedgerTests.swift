import Testing
import YAML

struct KeyLedgerTests {
    private struct Step: Decodable {
        var timeout: Int?
        var command: String?
        var retries: Int?
    }

    @Test(arguments: [
        Complaint("tiemout: 5\n", "1:1: unknown key 'tiemout', did you mean 'timeout'?"),
        Complaint("command: x\n  \nRetries: 5\n", "3:1: unknown key 'Retries', did you mean 'retries'?"),
        Complaint("command: x\ncolour: 5\n", "2:1: unknown key 'colour', known keys: timeout, command, retries"),
        Complaint("'': 1\n", "1:1: unknown key '', known keys: timeout, command, retries"),
        Complaint("\"a\\nb\": 1\n", "1:1: unknown key 'a\\nb', known keys: timeout, command, retries"),
    ])
    func unknownKeyNamesTheNearest(_ sample: Complaint) {
        #expect(complaint(sample.text, as: Step.self) == sample.expected)
    }

    @Test func placeIsTheKeyAndPathTheMapping() {
        #expect(
            complaint("steps:\n- command: a\n- {command: b, tiemout: 5}\n", as: [String: [Step]].self)
                == "3:16: steps.[1]: unknown key 'tiemout', did you mean 'timeout'?")
    }

    @Test func firstUnknownKeyIsReported() {
        #expect(complaint("b: 1\na: 1\n", as: Step.self).hasPrefix("1:1: unknown key 'b'"))
    }

    @Test func misspellingOfARequiredKeyIsNotAMissingKey() {
        #expect(
            complaint("nmae: x\nmemory: []\n", as: Sample.self) == "1:1: unknown key 'nmae', did you mean 'name'?")
        #expect(
            complaint("name: x\nmemory: [{base: 1, sise: 2}]\n", as: Sample.self)
                == "2:20: memory.[0]: unknown key 'sise', did you mean 'size'?")
    }

    @Test func missingKeyIsReportedAtItsMapping() {
        #expect(complaint("name: x\n", as: Sample.self) == "1:1: missing key 'memory'")
        #expect(
            complaint("name: x\nmemory:\n  - base: 1\n", as: Sample.self) == "3:5: memory.[0]: missing key 'size'")
        #expect(complaint("name: x\ncolour: 1\n", as: Sample.self) == "1:1: missing key 'memory'")
    }

    @Test func misspellingIsNeverTakenForAKeyThatIsThere() {
        let text = "name: x\nnamee: y\nmemory: 5\n"
        #expect(complaint(text, as: Sample.self) == "3:9: memory: expected a sequence, got '5'")
    }

    @Test func misspeltOptionalKeyWinsOverTheValidationItCauses() {
        #expect(complaint("fiel: a.bin\n", as: Either.self) == "1:1: unknown key 'fiel', did you mean 'file'?")
        #expect(complaint("{}\n", as: Either.self) == "1:1: needs file or size")
    }

    private struct Either: Decodable {
        enum Keys: CodingKey { case file, size }
        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Keys.self)
            let file = try container.decodeIfPresent(String.self, forKey: .file)
            let size = try container.decodeIfPresent(Int.self, forKey: .size)
            if file == nil && size == nil { throw decoder.sourcePlace.error("needs file or size") }
        }
    }

    @Test func listedKeysAreKnownBeforeTheyAreAskedFor() {
        #expect(complaint("c: 1\n", as: Lister.self) == "1:1: unknown key 'c', known keys: first, second")
    }

    private struct Lister: Decodable {
        enum Keys: String, CodingKey, CaseIterable { case first, second }
        init(from decoder: any Decoder) throws { _ = try decoder.container(keyedBy: Keys.self) }
    }

    @Test func keysOfAllContainersOfOneTypeAreKnown() throws {
        #expect(complaint("base: 1\nextra: 2\n", as: Flattened.self) == "decoded")
        #expect(
            complaint("base: 1\nextra: 2\nx: 3\n", as: Flattened.self)
                == "3:1: unknown key 'x', known keys: base, extra")
    }

    private struct Flattened: Decodable {
        struct Base: Decodable { var base: Int }
        enum Keys: CodingKey { case extra }
        init(from decoder: any Decoder) throws {
            _ = try Base(from: decoder)
            _ = try decoder.container(keyedBy: Keys.self).decode(Int.self, forKey: .extra)
        }
    }

    @Test func nestedContainersAreChecked() {
        #expect(complaint("outer: {inner: 1}\n", as: Wrapper.self) == "decoded")
        #expect(
            complaint("outer: {inner: 1, inter: 2}\n", as: Wrapper.self)
                == "1:19: outer: unknown key 'inter', did you mean 'inner'?")
        #expect(
            complaint("outer: {iner: 1}\n", as: Wrapper.self)
                == "1:9: outer: unknown key 'iner', did you mean 'inner'?")
    }

    private struct Wrapper: Decodable {
        enum Keys: CodingKey { case outer, inner }
        enum Inner: CodingKey { case inner }
        init(from decoder: any Decoder) throws {
            let outer = try decoder.container(keyedBy: Keys.self)
            let inner = try outer.nestedContainer(keyedBy: Inner.self, forKey: .outer)
            _ = try inner.decode(Int.self, forKey: .inner)
        }
    }

    @Test func enumsWithPayloadsAreChecked() {
        #expect(complaint("- wait: {seconds: 5}\n- stop: {}\n", as: [Action].self) == "decoded")
        #expect(complaint("wiat: {seconds: 5}\n", as: Action.self) == "1:1: unknown key 'wiat'")
        #expect(
            complaint("wait: {secnods: 5}\n", as: Action.self)
                == "1:8: wait: unknown key 'secnods', did you mean 'seconds'?")
    }

    private enum Action: Decodable {
        case wait(seconds: Int)
        case stop
    }

    @Test func manyKeysAreFast() throws {
        let text = (0..<20_000).map { "k\($0): \($0)\n" }.joined()
        #expect(try decode(text, as: [String: Int].self).count == 20_000)
    }
}
