/// A position in a text that the shell reads.
public struct ScriptPlace: Sendable, Hashable, Codable {
    /// What the text is: a file name, `<prompt>`, or `variable NAME`.
    public var source: String
    /// The line, from 1.
    public var line: Int
    /// The column in bytes, from 1.
    public var column: Int

    /// Makes a place.
    public init(source: String, line: Int, column: Int) {
        self.source = source
        self.line = line
        self.column = column
    }
}

extension ScriptPlace: CustomStringConvertible {
    /// `FILE:LINE:COLUMN`.
    public var description: String { "\(source):\(line):\(column)" }
}
