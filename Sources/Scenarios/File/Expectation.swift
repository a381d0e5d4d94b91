internal import YAML

/// Text that a domain must write, or must not.
public struct Expectation: Sendable {
    /// When it must come.
    public enum Order: Sendable, Equatable {
        /// Behind what is expected before it.
        case inOrder
        /// At any time: a fact that the domain tells.
        case anytime
        /// At no time.
        case never
    }

    /// When it must come.
    public var order: Order
    /// What finds it.
    public var pattern: LinePattern
    /// Where the scenario says so.
    var place: SourcePlace
}

extension Expectation: Decodable {
    private enum CodingKeys: String, CodingKey, CaseIterable { case text, match, fact, never }

    /// A text, or a mapping with one of `text`, `match`, `fact` and `never`; the last two take a text or `{match: …}`.
    public init(from decoder: any Decoder) throws {
        place = decoder.sourcePlace
        if let text = try? decoder.singleValueContainer().decode(String.self) {
            (order, pattern) = (.inOrder, try Self.literal(text, place))
            return
        }
        let values = try decoder.container(keyedBy: CodingKeys.self)
        var found: [(Order, LinePattern)] = []
        if let text = try values.decodeIfPresent(String.self, forKey: .text) {
            found.append((.inOrder, try Self.literal(text, place)))
        }
        if let regex = try values.decodeIfPresent(Marked<String>.self, forKey: .match) {
            found.append((.inOrder, try Self.regex(regex)))
        }
        if let content = try values.decodeIfPresent(Content.self, forKey: .fact) {
            found.append((.anytime, content.pattern))
        }
        if let content = try values.decodeIfPresent(Content.self, forKey: .never) {
            found.append((.never, content.pattern))
        }
        guard let first = found.first, found.count == 1 else {
            throw place.error("expected a text, or one of text, match, fact and never")
        }
        (order, pattern) = first
    }

    private static func literal(_ text: String, _ place: SourcePlace) throws -> LinePattern {
        guard !text.isEmpty else { throw place.error("an empty text is in every line") }
        return LinePattern(literal: text)
    }

    private static func regex(_ text: Marked<String>) throws -> LinePattern {
        do throws(LinePattern.Problem) {
            return try LinePattern(regex: text.value)
        } catch {
            throw text.place.error("\(error)")
        }
    }

    /// A text, or a mapping with `match`.
    private struct Content: Decodable {
        var pattern: LinePattern

        private enum CodingKeys: String, CodingKey, CaseIterable { case match }

        init(from decoder: any Decoder) throws {
            if let text = try? decoder.singleValueContainer().decode(String.self) {
                pattern = try Expectation.literal(text, decoder.sourcePlace)
            } else {
                let values = try decoder.container(keyedBy: CodingKeys.self)
                pattern = try Expectation.regex(try values.decode(Marked<String>.self, forKey: .match))
            }
        }
    }
}
