/// Decodes one YAML document; scalars stay text until a type asks for something else.
///
/// `true` and `false` are the only truth values; an integer is decimal or `0x` hexadecimal, so `0755` is 755;
/// plain `null`, `~` and nothing are nil for optionals; a `String` takes any scalar.
/// A key given twice and a key that the type does not ask for are errors.
public struct YAMLDecoder: Sendable {
    private let file: String
    private let nodeLimit: Int
    private let depthLimit: Int

    /// `file` is for messages only; each use of an alias counts towards `nodeLimit` with all that it stands for.
    public init(file: String, nodeLimit: Int = 100_000, depthLimit: Int = 64) {
        self.file = file
        self.nodeLimit = nodeLimit
        self.depthLimit = depthLimit
    }

    /// The value of UTF-8 `text`, with or without a byte order mark.
    public func decode<T: Decodable>(_ type: T.Type, from text: [UInt8]) throws(YAMLError) -> T {
        let root = try Composer.compose(text, file: file, nodeLimit: nodeLimit, depthLimit: depthLimit)
        return try decode(type, from: root)
    }

    /// The value of a whole document that was read, and perhaps changed, before.
    public func decode<T: Decodable>(_ type: T.Type, from root: YAMLNode) throws(YAMLError) -> T {
        try Cursor(node: root, file: file, path: []).decode(type)
    }

    /// The value of `text`.
    public func decode<T: Decodable>(_ type: T.Type, from text: String) throws(YAMLError) -> T {
        try decode(type, from: Array(text.utf8))
    }
}
