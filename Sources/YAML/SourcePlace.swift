/// Where a value stands: file, mark and the path of keys and indices that leads to it.
public struct SourcePlace: Sendable, Hashable {
    /// As given to the decoder; empty when the value did not come out of a YAML file.
    public var file: String
    /// Where the value (of an alias: the anchored value) begins.
    public var mark: SourceMark
    /// `memory.[0].size`, empty for the whole document.
    public var path: String

    /// A place from its parts.
    public init(file: String, mark: SourceMark, path: String) {
        self.file = file
        self.mark = mark
        self.path = path
    }

    /// An error about the value at this place; `message` is lower case, without a full stop, without the place.
    public func error(_ message: String) -> YAMLError {
        YAMLError(.invalid(message), at: self)
    }
}
