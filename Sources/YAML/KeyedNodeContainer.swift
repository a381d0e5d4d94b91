/// A mapping whose keys are a type's coding keys.
struct KeyedNodeContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
    private let ledger: KeyLedger

    init(ledger: KeyLedger) throws(YAMLError) {
        try ledger.open(Key.self)
        self.ledger = ledger
    }

    var codingPath: [any CodingKey] { ledger.cursor.path }

    /// In the order of the text.
    var allKeys: [Key] { ledger.entries.compactMap { Key(stringValue: $0.key) } }

    func contains(_ key: Key) -> Bool { ledger.entry(key.stringValue) != nil }

    func decodeNil(forKey key: Key) throws -> Bool { try child(key).node.isNull }

    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T { try child(key).decode(type) }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        try decoder(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try decoder(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { try decoder(PathStep.key("super")) }

    func superDecoder(forKey key: Key) throws -> any Decoder { try decoder(key) }

    private func decoder(_ key: some CodingKey) throws(YAMLError) -> NodeDecoder {
        let child = try child(key)
        return NodeDecoder(cursor: child, ledger: ledger.nest(child))
    }

    private func child(_ key: some CodingKey) throws(YAMLError) -> Cursor {
        guard let entry = ledger.entry(key.stringValue) else {
            throw ledger.cursor.error(.missingKey(key.stringValue))
        }
        return ledger.cursor.child(entry.value, .key(entry.key))
    }
}
