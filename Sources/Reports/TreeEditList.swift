public import UBoot

/// The changes of device trees, as the commands that made them.
public struct TreeEditList {
    private let record: BootRecord

    /// Takes the changes of a record.
    public init(_ record: BootRecord) {
        self.record = record
    }

    /// A line for each change with its place; one line that says so where there is none.
    public func lines(_ style: TextStyle) -> [String] {
        let edits = record.treeEdits.filter { $0.action != .read }
        guard !edits.isEmpty else { return ["  no device tree was edited"] }
        var table = Table(columns: [("place", .left), ("tree", .right), ("command", .left), ("", .left)])
        for edit in edits {
            table.rows.append([
                edit.place.description.printable, edit.tree.map(\.description) ?? "-", words(edit).printable,
                edit.failure.map { "failed: \($0)" } ?? "",
            ])
        }
        return table.lines(style)
    }

    private func words(_ edit: TreeEdit) -> String {
        guard edit.command < record.commands.count else { return edit.action.rawValue }
        return record.commands[edit.command].words.map(\.display).joined(separator: " ")
    }
}
