internal import Archives
internal import YAML

/// An initramfs, as a file describes it.
struct InitramfsFile: Decodable {
    var files: OrderedMapping<Entry>?
    var links: OrderedMapping<String>?
    var folders: [String]?
    var initScript: Marked<String>

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case files, links, folders
        case initScript = "init"
    }

    /// A file of it, which programs of it may execute.
    struct Entry: Decodable {
        var source: ArtifactSource

        init(from decoder: any Decoder) throws {
            source = try ArtifactSource(from: decoder)
            switch source.origin {
            case .package, .file: break
            default: throw source.place.error("a file of an initramfs comes from a package or from a file")
            }
        }
    }

    init(text: [UInt8], path: String) throws(ScenarioError) {
        do {
            self = try YAMLDecoder(file: path).decode(Self.self, from: text)
        } catch {
            throw ScenarioError(error)
        }
    }

    /// Writes the archive: what it needs is in `contents`, by name.
    func write(_ contents: [String: [UInt8]], to path: String) throws(ArchiveError) {
        let writer = try ArchiveWriter(path: path, .initramfs)
        var parents: Set<String> = []
        for name in Self.parents(of: names).union(folders ?? []).sorted() where parents.insert(name).inserted {
            try writer.addFolder(name)
        }
        for (name, bytes) in contents.sorted(by: { $0.key < $1.key }) {
            try writer.add(name, permissions: 0o755, bytes)
        }
        for entry in links?.entries ?? [] { try writer.addLink(entry.key, to: entry.value) }
        try writer.add("init", permissions: 0o755, Array(initScript.value.utf8))
        try writer.close()
    }

    private var names: [String] { (files?.entries ?? []).map(\.key) + (links?.entries ?? []).map(\.key) }

    private static func parents(of names: [String]) -> Set<String> {
        var found: Set<String> = []
        for name in names {
            let parts = name.split(separator: "/")
            for count in 1..<max(1, parts.count) { found.insert(parts[..<count].joined(separator: "/")) }
        }
        return found
    }
}
