internal import YAML

/// Reads board files that extend others, as one document.
struct Inheritance {
    /// Where boards lie that are not in the folder of the one that extends them.
    var folders: [String]

    /// Boards from the first to the last of a family.
    private static let generationLimit = 16

    /// The document of a board file, laid over that of the board that it extends.
    func document(_ path: String) throws(BoardError) -> YAMLNode {
        try document(path, heirs: [], from: nil)
    }

    /// The document of a file.
    ///
    /// `heirs` are the canonical paths of the boards that extend it, the one that was asked for first; `place` is where
    /// the last of them says so.
    private func document(_ path: String, heirs: [String], from place: SourcePlace?) throws(BoardError) -> YAMLNode {
        let canonical = BoardFolder.canonical(path)
        let family = heirs + [canonical]
        if let first = heirs.firstIndex(of: canonical) {
            throw BoardError(.circle(family[first...].map(Board.name(ofFile:))), at: place)
        }
        guard heirs.count < Self.generationLimit else {
            throw BoardError(.tooManyParents(limit: Self.generationLimit), at: place)
        }
        let root = try read(path, from: place)
        guard let parent = try parent(of: root, path) else { return root }
        let parentPath = try file(parent, heir: canonical)
        let inherited = try document(parentPath, heirs: family, from: parent.place)
        return try root.standing(in: path).laid(over: inherited.standing(in: parentPath))
    }

    private func read(_ path: String, from place: SourcePlace?) throws(BoardError) -> YAMLNode {
        let text: [UInt8]
        do {
            text = try BoardFolder.read(path, limit: Board.byteLimit)
        } catch {
            throw BoardError(error.reason, at: place)
        }
        do {
            return try YAMLDecoder(file: path).decode(YAMLNode.self, from: text)
        } catch {
            throw BoardError(.yaml(error))
        }
    }

    /// The name behind `extends`; nil if the board stands alone.
    private func parent(of root: YAMLNode, _ path: String) throws(BoardError) -> Marked<String>? {
        let key = BoardFile.CodingKeys.extends.stringValue
        guard let node = root.entries.first(where: { $0.key == key })?.value, !node.isNull else { return nil }
        let place = SourcePlace(file: path, mark: node.mark, path: key)
        guard case .scalar(let name, _) = node.content else {
            throw BoardError(.yaml(place.error("expected the name of a board")))
        }
        return Marked(name, at: place)
    }

    /// The file of a parent: from the heir's folder if it is a path, else the board of that name, but not the heir.
    private func file(_ parent: Marked<String>, heir: String) throws(BoardError) -> String {
        let folder = BoardFolder(of: parent.place.file)
        if Board.isPath(parent.value) { return folder.path(parent.value) }
        let own = folder.prefix.isEmpty ? "." : String(folder.prefix.dropLast())
        do {
            let path = try Board.path(of: parent.value, in: [own] + folders)
            guard BoardFolder.canonical(path) == heir else { return path }
            return (try? Board.path(of: parent.value, in: folders)) ?? path
        } catch {
            throw BoardError(error.reason, at: parent.place)
        }
    }
}
