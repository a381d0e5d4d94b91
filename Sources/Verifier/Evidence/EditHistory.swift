internal import UBoot

/// The changes of device trees in order, with paths that can be compared.
struct EditHistory: Sendable {
    /// Why an edit failed, as far as rules care.
    enum Failure: Sendable {
        /// There is no tree at the working address.
        case noTree
        /// The tree has no room.
        case noSpace
        /// The path names no node, or the property is not there.
        case notFound
        /// The value cannot be read.
        case badValue
        /// The value is longer than U-Boot's buffer.
        case longValue
        /// Anything else, such as a node that exists already.
        case other

        init(_ text: String) {
            self =
                switch text {
                case "no tree", "FDT_ERR_BADMAGIC", "FDT_ERR_BADVERSION", "FDT_ERR_BADSTATE", "FDT_ERR_TRUNCATED",
                    "FDT_ERR_BADSTRUCTURE", "FDT_ERR_BADLAYOUT":
                    .noTree
                case "FDT_ERR_NOSPACE": .noSpace
                case "FDT_ERR_NOTFOUND", "FDT_ERR_BADPATH": .notFound
                case "value not readable": .badValue
                case "value too long": .longValue
                default: .other
                }
        }
    }

    /// One change, or an attempt.
    struct Entry: Sendable {
        var edit: TreeEdit
        /// The node's path in the form of `TreePaths`.
        var path: String
        var failure: Failure?
        var isTested: Bool

        /// The node that it makes or changes.
        var target: String {
            edit.action == .makeNode ? TreePaths.join(path, edit.name.display) : path
        }
    }

    let entries: [Entry]
    private var setters: [String: Int] = [:]
    private var makers: [String: Int] = [:]
    private let failedTargets: [String]

    init(_ record: BootRecord, paths: TreePaths) {
        var resolved: [ByteString: String] = [:]
        entries = record.treeEdits.map { edit in
            let path = resolved[edit.path] ?? paths.resolve(edit.path)
            resolved[edit.path] = path
            return Entry(
                edit: edit, path: path, failure: edit.failure.map { Failure($0) },
                isTested: record.isTested(edit.command))
        }
        var failed: Set<String> = []
        for (index, entry) in entries.enumerated() {
            if entry.failure != nil {
                if [.makeNode, .setProperty].contains(entry.edit.action) { failed.insert(entry.target) }
                if entry.edit.action == .other, entry.edit.tree == nil {
                    failed.insert(TreePaths.join(entry.path, entry.edit.name.display))
                    failed.insert(entry.path)
                }
                if entry.failure != .longValue { continue }
            }
            switch entry.edit.action {
            case .setProperty: setters[Self.key(entry.path, entry.edit.name.display)] = index
            case .makeNode: makers[entry.target] = index
            default: break
            }
        }
        failedTargets = Array(failed.sorted().prefix(1000))
    }

    /// The edit that last gave a property of a node its value.
    func setter(of property: String, at path: String) -> TreeEdit? {
        setters[Self.key(path, property)].map { entries[$0].edit }
    }

    /// The edit that made a node.
    func maker(of path: String) -> TreeEdit? { makers[path].map { entries[$0].edit } }

    /// Whether an edit of a node, or of one below it, failed: what is missing there has its reason elsewhere.
    func isIncomplete(_ path: String) -> Bool { failedTargets.contains { TreePaths.isBelow($0, path) } }

    private static func key(_ path: String, _ property: String) -> String { path + "\0" + property }
}
