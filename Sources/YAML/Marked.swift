/// A value that remembers where it stood, for errors found after decoding.
public struct Marked<Value> {
    /// The value itself.
    public var value: Value
    /// File, mark and path; `place.error("…")` makes an error about the value.
    public var place: SourcePlace

    /// A value with a place made up by the caller.
    public init(_ value: Value, at place: SourcePlace) {
        self.value = value
        self.place = place
    }

    /// Where the value begins.
    public var mark: SourceMark { place.mark }
}

extension Marked: Decodable where Value: Decodable {
    /// What `Value` accepts.
    public init(from decoder: any Decoder) throws {
        value = try decoder.singleValueContainer().decode(Value.self)
        place = decoder.sourcePlace
    }
}

extension Marked: Sendable where Value: Sendable {}
extension Marked: Equatable where Value: Equatable {}
extension Marked: Hashable where Value: Hashable {}
