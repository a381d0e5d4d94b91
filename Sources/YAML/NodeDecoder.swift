/// The standard library's view of one node.
struct NodeDecoder: Decoder {
    let cursor: Cursor
    let ledger: KeyLedger

    var codingPath: [any CodingKey] { cursor.path }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<K: CodingKey>(keyedBy type: K.Type) throws -> KeyedDecodingContainer<K> {
        KeyedDecodingContainer(try KeyedNodeContainer<K>(ledger: ledger))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try UnkeyedNodeContainer(cursor: cursor, ledger: ledger)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { SingleNodeContainer(cursor: cursor) }
}

/// The node itself as a value.
struct SingleNodeContainer: SingleValueDecodingContainer {
    let cursor: Cursor

    var codingPath: [any CodingKey] { cursor.path }
    func decodeNil() -> Bool { cursor.node.isNull }
    func decode<T: Decodable>(_ type: T.Type) throws -> T { try cursor.decode(type) }
}
