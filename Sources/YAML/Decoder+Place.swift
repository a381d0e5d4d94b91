extension Decoder {
    /// Where the value being decoded stands; with another decoder than ours, the start of a file without a name.
    public var sourcePlace: SourcePlace {
        guard let decoder = self as? NodeDecoder else {
            return SourcePlace(file: "", mark: .start, path: codingPath.map(\.stringValue).joined(separator: "."))
        }
        return decoder.cursor.place
    }

    /// Where the value of `key` stands, or the mapping itself when it has no such key.
    public func sourcePlace(of key: some CodingKey) -> SourcePlace {
        guard let decoder = self as? NodeDecoder,
            let entry = decoder.ledger.entries.first(where: { $0.key == key.stringValue })
        else { return sourcePlace }
        return decoder.cursor.child(entry.value, .key(entry.key)).place
    }
}
