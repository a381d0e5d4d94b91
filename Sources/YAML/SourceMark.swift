/// Where something begins in a text; line and column are 1-based, a column is one Unicode scalar.
public struct SourceMark: Sendable, Hashable, Comparable {
    /// 1-based; CR LF, LF and CR each end a line.
    public var line: Int
    /// 1-based, in Unicode scalars.
    public var column: Int

    /// A mark from 1-based numbers.
    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// The first character of a text.
    public static let start = SourceMark(line: 1, column: 1)

    /// Earlier in the text is less.
    public static func < (left: SourceMark, right: SourceMark) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}
