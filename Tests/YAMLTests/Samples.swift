import Testing
import YAML

/// A board-like type with synthesised coding keys, the common case.
struct Sample: Decodable, Equatable {
    struct Bank: Decodable, Equatable {
        var base: UInt64
        var size: UInt64
        var label: String?
    }
    enum Mode: String, Decodable, CaseIterable { case boot, probe, idle }

    var name: String
    var memory: [Bank]
    var timeout: Int?
    var mode: Mode?
}

/// Decodes from a file called `f.yaml`.
func decode<T: Decodable>(_ text: String, as type: T.Type = T.self) throws(YAMLError) -> T {
    try YAMLDecoder(file: "f.yaml").decode(type, from: text)
}

/// The sentence of the error that `text` gives, without the file name; "decoded" when it gives none.
func complaint<T: Decodable>(_ text: String, as type: T.Type) -> String {
    do {
        _ = try decode(text, as: type)
        return "decoded"
    } catch {
        return String(error.description.dropFirst("f.yaml:".count))
    }
}

/// A text and what the decoder says about it.
struct Complaint: Sendable, CustomTestStringConvertible {
    var text: String
    var expected: String

    init(_ text: String, _ expected: String) {
        self.text = text
        self.expected = expected
    }

    var testDescription: String { String(text.prefix(40)).debugDescription }
}
