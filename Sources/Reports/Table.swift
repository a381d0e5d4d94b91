/// Columns of text with a heading, as wide as their content.
struct Table {
    /// On which side a column is filled up.
    enum Alignment {
        case left, right
    }

    let columns: [(title: String, alignment: Alignment)]
    var rows: [[String]] = []

    /// The lines, indented by two blanks.
    func lines(_ style: TextStyle) -> [String] {
        let widths = columns.indices.map { column in
            ([columns[column].title] + rows.map { $0[column] }).map(\.unicodeScalars.count).max() ?? 0
        }
        func line(_ cells: [String]) -> String {
            let parts = cells.indices.map { index in
                columns[index].alignment == .right
                    ? cells[index].aligned(to: widths[index]) : cells[index].padded(to: widths[index])
            }
            return "  " + parts.joined(separator: "  ").trimmingBlanks
        }
        return [style.paint(line(columns.map(\.title)), .faint)] + rows.map(line)
    }
}

extension String {
    /// The text without blanks at its end.
    fileprivate var trimmingBlanks: String {
        var scalars = unicodeScalars
        while scalars.last == " " { scalars.removeLast() }
        return String(scalars)
    }
}
