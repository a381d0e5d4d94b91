/// A value as it stands in the text, not yet interpreted; decoding one accepts anything.
public struct YAMLNode: Sendable, Equatable {
    /// One key of a mapping with its value.
    public struct Entry: Sendable, Equatable {
        /// The text of the key, quotes removed.
        public var key: String
        /// Where the key begins.
        public var keyMark: SourceMark
        /// What the key maps to.
        public var value: YAMLNode
    }

    /// The three shapes a value can have.
    public enum Content: Sendable, Equatable {
        /// A text with quotes and escapes removed; `plain` when it had no quotes and was no block text.
        case scalar(String, plain: Bool)
        /// Items in the order of the text.
        case sequence([YAMLNode])
        /// Entries in the order of the text, each key once.
        case mapping([Entry])
    }

    /// Aliases are already replaced by what they stand for.
    public var content: Content
    /// Where the value begins; for an alias, where the anchored value does.
    public var mark: SourceMark
    /// The file where it stands, if that is another one than the decoder was told.
    public var file: String?

    /// True for a plain `null`, `~` or nothing at all.
    public var isNull: Bool {
        guard case .scalar(let text, plain: true) = content else { return false }
        return text.isEmpty || text == "~" || text == "null"
    }
}

extension YAMLNode {
    /// The same value, which says of itself and of all in it that it stands in `file`.
    public func standing(in file: String) -> YAMLNode {
        var node = self
        node.file = self.file ?? file
        switch content {
        case .scalar: break
        case .sequence(let items): node.content = .sequence(items.map { $0.standing(in: file) })
        case .mapping(let entries):
            node.content = .mapping(
                entries.map { Entry(key: $0.key, keyMark: $0.keyMark, value: $0.value.standing(in: file)) })
        }
        return node
    }
}

extension YAMLNode: Decodable {
    /// Only from a `YAMLDecoder`: other decoders have no nodes.
    public init(from decoder: any Decoder) throws {
        guard let decoder = decoder as? NodeDecoder else {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "not a YAML text"))
        }
        self = decoder.cursor.node
    }
}
