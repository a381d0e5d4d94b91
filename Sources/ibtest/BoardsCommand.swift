import Arguments
import Boards
import Reports

/// `ibtest boards`: the boards that can be asked for by name, or one of them.
struct BoardsCommand {
    static let specification = CommandSpec(
        name: "boards", abstract: "lists the boards that --board knows by name, or shows one",
        discussion: "BOARD is a name or a board file. Without it the boards are listed.",
        examples: [
            .init("ibtest boards"), .init("ibtest boards zcu102", "memory, addresses, devices and commands"),
            .init("ibtest boards --json our.yaml"),
        ],
        options: [OptionSpec("json", help: "the board as a JSON document")],
        operands: [OperandSpec("BOARD", help: "the board to show", required: false)])

    private let arguments: ParsedArguments
    private let tool: Tool

    init(_ arguments: ParsedArguments, _ tool: Tool) {
        self.arguments = arguments
        self.tool = tool
    }

    func run() throws(ToolError) -> ExitCode {
        let folders = Board.searchFolders()
        if let name = arguments.operand("BOARD") { return try show(name, folders) }
        guard !arguments.flag("json") else { throw ToolError(message: "--json needs a BOARD") }
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

    private func show(_ name: String, _ folders: [String]) throws(ToolError) -> ExitCode {
        do {
            let board = try Board.named(name, in: folders)
            if arguments.flag("json") {
                tool.standardOutput.write(try BoardSummary(board).bytes())
            } else {
                tool.standardOutput.write(BoardText(board, style: tool.textStyle(arguments)).text)
            }
            return .well
        } catch let error as BoardError {
            throw ToolError(message: error.description)
        } catch {
            throw ToolError(message: "cannot write JSON: \(error)", code: .fault)
        }
    }
}
