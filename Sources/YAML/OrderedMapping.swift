/// A mapping with any keys, in the order of the text.
public struct OrderedMapping<Value> {
    /// One key with its value.
    public struct Entry {
        /// The text of the key.
        public var key: String
        /// What the key maps to.
        public var value: Value
        /// Where the key stands; the path ends in the key.
        public var place: SourcePlace

        /// Where the key begins.
        public var mark: SourceMark { place.mark }
    }

    /// In the order of the text, each key once.
    public var entries: [Entry]

    /// The value of the key, nil without it; looks at every entry.
    public subscript(key: String) -> Value? { entries.first { $0.key == key }?.value }
}

extension OrderedMapping: Decodable where Value: Decodable {
    /// From a mapping with any keys.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: PathStep.self)
        let nodes = (decoder as? NodeDecoder)?.ledger.entries ?? []
        let outer = decoder.sourcePlace
        entries = []
        for (index, key) in container.allKeys.enumerated() {
            let value = try container.decode(Value.self, forKey: key)
            let path = outer.path.isEmpty ? key.stringValue : "\(outer.path).\(key.stringValue)"
            let node = nodes.indices.contains(index) ? nodes[index] : nil
            let file = node?.value.file ?? outer.file
            let place = SourcePlace(file: file, mark: node?.keyMark ?? outer.mark, path: path)
            entries.append(Entry(key: key.stringValue, value: value, place: place))
        }
    }
}

extension OrderedMapping: Sendable where Value: Sendable {}
extension OrderedMapping.Entry: Sendable where Value: Sendable {}
extension OrderedMapping: Equatable where Value: Equatable {}
extension OrderedMapping.Entry: Equatable where Value: Equatable {}
