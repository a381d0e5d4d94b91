internal import DeviceTree
internal import UBoot

/// Paths as scripts write them, made comparable with the nodes of the final tree.
struct TreePaths: Sendable {
    let document: DeviceTreeDocument?

    /// The path from the root with the names of existing nodes in full: aliases and left-out unit addresses resolved,
    /// no trailing slash; names that the tree does not have stay as they were written.
    func resolve(_ typed: ByteString) -> String {
        var parts = typed.bytes.split(separator: UInt8(ascii: "/"))[...]
        if typed.firstOrNUL != UInt8(ascii: "/"), let alias = parts.first, let target = target(of: Array(alias)) {
            parts = target.split(separator: UInt8(ascii: "/")) + parts.dropFirst()
        }
        var node = document?.root
        var path = ""
        for part in parts {
            node = node?.child(named: Array(part))
            path += "/" + String(decoding: node?.name ?? Array(part), as: UTF8.self)
        }
        return path.isEmpty ? "/" : path
    }

    /// The path of a child.
    static func join(_ parent: String, _ child: String) -> String { parent == "/" ? "/" + child : parent + "/" + child }

    /// Whether a path is `ancestor` or below it.
    static func isBelow(_ path: String, _ ancestor: String) -> Bool {
        path == ancestor || ancestor == "/" || path.hasPrefix(ancestor + "/")
    }

    private func target(of alias: [UInt8]) -> [UInt8]? {
        document?["/aliases"]?.property(named: alias)?.byteStrings?.first
    }
}
