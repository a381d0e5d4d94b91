internal import YAML

/// How a value of a board file goes together with the inherited one.
extension YAMLNode {
    /// The entries of a mapping, else none.
    var entries: [Entry] {
        guard case .mapping(let entries) = content else { return [] }
        return entries
    }

    /// Mappings are merged key by key, a list is changed by `{add: […], remove: […]}`; all else replaces what was there.
    ///
    /// - Throws: `BoardError` if something is taken away that is not there.
    func laid(over inherited: YAMLNode?, path: String = "") throws(BoardError) -> YAMLNode {
        if let edit = ListEdit(self, over: inherited) {
            return try edit.applied(to: inherited?.items ?? [], path: path)
        }
        guard case .mapping(let own) = content else { return self }
        var merged: [Entry] = []
        if case .mapping(let entries)? = inherited?.content { merged = entries }
        for var entry in own {
            let index = merged.firstIndex { $0.key == entry.key }
            let path = path.isEmpty ? entry.key : "\(path).\(entry.key)"
            entry.value = try entry.value.laid(over: index.map { merged[$0].value }, path: path)
            if let index { merged[index] = entry } else { merged.append(entry) }
        }
        var node = self
        node.content = .mapping(merged)
        return node
    }

    /// The items of a list, nil for other values.
    ///
    /// A text of several lines has one for each line that is not empty.
    fileprivate var items: [YAMLNode]? {
        switch content {
        case .sequence(let items): return items
        case .scalar(let text, plain: false):
            return text.split(whereSeparator: \.isNewline).filter { !$0.allSatisfy(\.isWhitespace) }.map { line in
                var item = self
                item.content = .scalar(String(line), plain: false)
                return item
            }
        case .scalar where isNull: return []
        default: return nil
        }
    }

    /// What an item is called in messages.
    fileprivate var title: String {
        switch content {
        case .scalar(let text, _): text.firstRange(of: "- ").map { String(text[..<$0.lowerBound].trimmed) } ?? text
        case .sequence(let items): "[" + items.map(\.title).joined(separator: ", ") + "]"
        case .mapping(let entries): "{" + entries.map { "\($0.key): \($0.value.title)" }.joined(separator: ", ") + "}"
        }
    }

    /// Whether an item of a list is what `wanted` names: the same text, the name in a line of `help`, or a mapping
    /// that has all that is asked for.
    fileprivate func isMeant(by wanted: YAMLNode) -> Bool {
        guard case .mapping(let asked) = wanted.content else { return title == wanted.title }
        return asked.allSatisfy { entry in
            entries.contains { $0.key == entry.key && $0.value.title == entry.value.title }
        }
    }
}

/// A change of an inherited list.
private struct ListEdit {
    private var node: YAMLNode
    private var added: [YAMLNode] = []
    private var removed: [YAMLNode] = []

    /// Nil if the value is none: a mapping with only `add` and `remove`, each a sequence, over a list or nothing.
    init?(_ node: YAMLNode, over inherited: YAMLNode?) {
        guard !node.entries.isEmpty, inherited == nil || inherited?.items != nil else { return nil }
        self.node = node
        for entry in node.entries {
            guard case .sequence(let items) = entry.value.content else { return nil }
            switch entry.key {
            case "add": added = items
            case "remove": removed = items
            default: return nil
            }
        }
    }

    func applied(to inherited: [YAMLNode], path: String) throws(BoardError) -> YAMLNode {
        var items = inherited
        for (index, wanted) in removed.enumerated() {
            let count = items.count
            items.removeAll { $0.isMeant(by: wanted) }
            guard items.count < count else {
                let place = SourcePlace(
                    file: wanted.file ?? node.file ?? "", mark: wanted.mark, path: "\(path).remove.[\(index)]")
                throw BoardError(.nothingToRemove(wanted.title, inherited: inherited.map(\.title)), at: place)
            }
        }
        var node = node
        node.content = .sequence(items + added)
        return node
    }
}

extension Substring {
    /// Without the spaces at its end.
    fileprivate var trimmed: Substring {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }
}
