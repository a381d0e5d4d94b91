/// Finding a board by its name.
extension Board {
    /// A board that can be asked for by name.
    public struct Known: Sendable, Equatable {
        /// What `named` takes.
        public var name: String
        /// Its file.
        public var path: String
    }

    private static let suffix = ".yaml"

    /// The board of a name in the first folder that has it; what ends in `.yaml` or has a `/` is a file's path.
    public static func named(_ name: String, in folders: [String]) throws(BoardError) -> Board {
        if isPath(name) { return try Board(file: name, in: folders) }
        return try Board(file: path(of: name, in: folders), in: folders)
    }

    /// The file of the board of a name in the first folder that has it.
    static func path(of name: String, in folders: [String]) throws(BoardError) -> String {
        let known = known(in: folders)
        guard let board = known.first(where: { $0.name == name }) else {
            throw BoardError(.unknownBoard(name, known: known.map(\.name)))
        }
        return board.path
    }

    /// Whether a name is that of a file.
    static func isPath(_ name: String) -> Bool { name.hasSuffix(suffix) || name.contains("/") }

    /// The boards of some folders by name; of two with one name the first folder's.
    public static func known(in folders: [String]) -> [Known] {
        var boards: [String: Known] = [:]
        for folder in folders {
            for file in BoardFolder.names(in: folder) where file.hasSuffix(suffix) && !file.hasPrefix(".") {
                let name = Self.name(ofFile: file)
                boards[name] = boards[name] ?? Known(name: name, path: "\(folder)/\(file)")
            }
        }
        return boards.values.sorted { $0.name < $1.name }
    }

    /// Where the boards lie that belong to a program, given by its absolute path without links (nil: the one that runs).
    ///
    /// That is `../share/ibtest/boards` from its folder, and, if it was built in a source tree, the `boards` there.
    /// Neither needs to exist.
    public static func searchFolders(executable: String? = nil) -> [String] {
        guard let path = executable ?? BoardFolder.executable() else { return [] }
        var parents: [Substring] = []
        var rest = path[...]
        while let slash = rest.lastIndex(of: "/") {
            rest = rest[..<slash]
            parents.append(rest)
        }
        var folders = parents.dropFirst().prefix(1).map { "\($0)/share/ibtest/boards" }
        if let build = parents.lastIndex(where: { $0.hasSuffix("/.build") }), build + 1 < parents.count {
            folders.append("\(parents[build + 1])/boards")
        }
        return folders
    }

    /// The file's own name without `.yaml`.
    static func name(ofFile path: String) -> String {
        let file = path.split(separator: "/").last.map(String.init) ?? path
        return file.hasSuffix(suffix) ? String(file.dropLast(suffix.count)) : file
    }
}
