import Arguments
import Boards
import UBoot

/// The options with which commands choose a board and what it can use.
struct SimulationOptions {
    /// The options themselves; `root` says what the TFTP root is without one.
    static func specifications(root: String) -> [OptionSpec] {
        [
            OptionSpec(
                "board", value: .text("NAME|FILE.yaml"),
                help: "the board (default: qemu-arm64-virt; 'ibtest boards' lists)"),
            OptionSpec("root", value: .path("DIR"), help: "the TFTP root (default: \(root))"),
            OptionSpec(
                "disk", value: .path("[IF:N=]IMG"),
                help: "attach a raw disk image to the board's first bus, or as device N of bus IF; it is only read",
                repeats: true),
            OptionSpec(
                "control-dtb", value: .path("FILE"),
                help: "the device tree that U-Boot itself has, with public keys in it for example"),
            OptionSpec(
                "unknown-command", value: .choice("WAY", UnknownCommandPolicy.allCases.map(\.rawValue)),
                help: "a command that the board lacks fails as on the board, counts as success, or ends the simulation "
                    + "(default: board)"),
            OptionSpec(
                "max-steps", value: .number("N", in: 1...1_000_000_000_000),
                help: "stop after N commands (default: 10000000)"),
        ]
    }

    private let arguments: ParsedArguments

    init(_ arguments: ParsedArguments) {
        self.arguments = arguments
    }

    /// The board with a network that serves the files of `--root`, else of `defaultRoot`.
    func simulation(
        defaultRoot: String, board name: String? = nil, steps: Int? = nil
    ) throws(ToolError) -> Simulation {
        let root = arguments.value("root") ?? defaultRoot
        let files: FolderServer
        do {
            files = try FolderServer(root: root)
        } catch {
            throw ToolError(message: "the TFTP root \(root): \(error)")
        }
        return try simulation(files: files, board: name, steps: steps)
    }

    /// The board of `--board`, else one of a name, with a network that serves `files`; `steps` without `--max-steps`.
    func simulation(
        files: any FileServer, board name: String? = nil, steps: Int? = nil
    ) throws(ToolError) -> Simulation {
        do {
            let name = arguments.value("board") ?? name ?? "qemu-arm64-virt"
            var board = try Board.named(name, in: Board.searchFolders())
            if let tree = arguments.value("control-dtb") { board = try board.with(controlTree: tree) }
            var limits = Limits()
            if let steps = arguments.number("max-steps") ?? steps { limits.steps = steps }
            var simulation = Simulation(board: board, limits: limits, files: files, disks: try disks())
            if let policy = arguments.value("unknown-command").flatMap(UnknownCommandPolicy.init) {
                simulation.unknownCommands = policy
            }
            return simulation
        } catch let error as BoardError {
            throw ToolError(message: error.description)
        } catch let error as ToolError {
            throw error
        } catch {
            throw ToolError(message: "\(error)")
        }
    }

    private func disks() throws(ToolError) -> [DiskAttachment] {
        do throws(DiskAttachmentError) {
            var disks: [DiskAttachment] = []
            for text in arguments.values("disk") { disks.append(try DiskAttachment(argument: text)) }
            return disks
        } catch {
            throw ToolError(message: error.description)
        }
    }

    /// The folder in which a file lies.
    static func folder(of path: String) -> String {
        guard path != "-", let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
