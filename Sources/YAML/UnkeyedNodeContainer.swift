/// The items of a sequence, one after the other.
struct UnkeyedNodeContainer: UnkeyedDecodingContainer {
    private let cursor: Cursor
    private let ledger: KeyLedger
    private let items: [YAMLNode]
    private(set) var currentIndex = 0

    init(cursor: Cursor, ledger: KeyLedger) throws(YAMLError) {
        guard case .sequence(let items) = cursor.node.content else { throw cursor.mismatch(.sequence) }
        self.cursor = cursor
        self.ledger = ledger
        self.items = items
    }

    var codingPath: [any CodingKey] { cursor.path }
    var count: Int? { items.count }
    var isAtEnd: Bool { currentIndex == items.count }

    mutating func decodeNil() throws -> Bool {
        guard try item().node.isNull else { return false }
        currentIndex += 1
        return true
    }

    mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
        let value = try item().decode(type)
        currentIndex += 1
        return value
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> {
        try decoder().container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { try decoder().unkeyedContainer() }

    mutating func superDecoder() throws -> any Decoder { try decoder() }

    private mutating func decoder() throws(YAMLError) -> NodeDecoder {
        let item = try item()
        currentIndex += 1
        return NodeDecoder(cursor: item, ledger: ledger.nest(item))
    }

    private func item() throws(YAMLError) -> Cursor {
        guard !isAtEnd else { throw cursor.error(.tooFewItems(have: items.count)) }
        return cursor.child(items[currentIndex], .index(currentIndex))
    }
}
