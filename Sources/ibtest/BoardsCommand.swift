import Arguments
import Boards

/// `ibtest boards`: the boards that can be asked for by name.
struct BoardsCommand {
    static let specification = CommandSpec(
        name: "boards", abstract: "lists the boards that --board knows by name",
        examples: [.init("ibtest boards")])

    private let tool: Tool

    init(_ arguments: ParsedArguments, _ tool: Tool) {
        self.tool = tool
    }

    func run() throws(ToolError) -> ExitCode {
        let folders = Board.searchFolders()
        let known = Board.known(in: folders)
        guard !known.isEmpty else {
            throw ToolError(message: "no boards in \(folders.joined(separator: " or "))", code: .fault)
        }
        let width = known.map(\.name.count).max() ?? 0
        for entry in known {
            let summary = (try? Board(file: entry.path, in: folders))?.summary ?? "cannot be read"
            let padding = String(repeating: " ", count: width - entry.name.count)
            tool.standardOutput.write("\(entry.name)\(padding)  \(summary)\n")
        }
        return .well
    }
}
