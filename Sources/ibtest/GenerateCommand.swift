import Arguments
import Boards
import Glibc
import ImageBuilder
import Reports
import UBoot
import Verifier

/// `ibtest generate`: ImageBuilder's `uboot-script-gen`.
struct GenerateCommand {
    static let specification = CommandSpec(
        name: "generate",
        abstract: "makes the boot script, or the FIT, that a config of ImageBuilder asks for",
        discussion: """
            The config is read and never run. The result is simulated and checked before anything is written; with an \
            error finding nothing is, unless --force is given. Without --board the board is 'generic', with the RAM \
            that the config names and every load served from DIR. All outputs appear together or not at all.

            Warnings and findings go to standard error, upstream's last two lines to standard output.
            """,
        examples: [
            .init("ibtest generate -c config -d . -t tftp -o boot", "boot.source and boot.scr"),
            .init("ibtest generate -c config -d . -t sd -f -k keys/dev", "a signed FIT"),
            .init("ibtest generate -c config -d . --compat 2023.2", "the very text of upstream's release"),
        ],
        options: options)

    private static let options: [OptionSpec] = [
        OptionSpec("config", short: "c", value: .path("CONFIG"), help: "the config", required: true),
        OptionSpec(
            "directory", short: "d", value: .path("DIR"), help: "the folder that its names are relative to",
            required: true),
        OptionSpec(
            "load", short: "t", value: .text("CMD"),
            help: "U-Boot's load command, or tftp, sd, scsi, usb; fit and fit_std make a FIT"),
        OptionSpec("output", short: "o", value: .path("BASE"), help: "the outputs are BASE.source and BASE.scr"),
        OptionSpec("fit", short: "f", help: "make a FIT"),
        OptionSpec("key", short: "k", value: .path("DIR/HINT"), help: "the key that signs the FIT"),
        OptionSpec("key-dtb", short: "u", value: .path("DTB"), help: "U-Boot's device tree that gets the public key"),
        OptionSpec("prefix", short: "p", value: .text("PATH"), help: "what stands before the names of loaded files"),
        OptionSpec(short: "s", help: "addresses and sizes are worked out on the target"),
        OptionSpec("board", value: .text("NAME|FILE.yaml"), help: "plan and check for this board (default: generic)"),
        OptionSpec(
            "disk", value: .path("[IF:N=]IMG"),
            help: "attach a raw disk image to the board (with --board); it is only read",
            repeats: true),
        OptionSpec("placement", value: .choice("WAY", ["upstream"]), help: "addresses exactly as upstream has them"),
        OptionSpec(
            "compat", value: .choice("RELEASE", ["2023.2"]),
            help: "texts as upstream's release has them, wrong results included"),
        OptionSpec("allow-shell", help: "run the config in bash, in a process of its own without environment"),
        OptionSpec(
            "env", value: .text("KEY"), help: "take this variable of the environment for a key", repeats: true),
        OptionSpec("no-check", help: "do not simulate and check the result"),
        OptionSpec("force", help: "write the result in spite of error findings"),
    ]

    private let arguments: ParsedArguments
    private let tool: Tool

    init(_ arguments: ParsedArguments, _ tool: Tool) {
        self.arguments = arguments
        self.tool = tool
    }

    func run() throws(ToolError) -> ExitCode {
        let path = arguments.value("config") ?? ""
        let reader = ConfigReader(
            path: path, allowsShell: arguments.flag("allow-shell"), environment: arguments.values("env"))
        let (bytes, variables, printed) = try reader.read()
        if arguments.flag("allow-shell") {
            tool.standardError.write("\(path): run in bash, as --allow-shell says\n\(printed)")
        }
        let config = TypedConfig(variables)
        let simulation = try simulation()
        let options = try options(simulation)
        let result = Builder.build(config, options, simulation: simulation, runs: !arguments.flag("no-check"))
        let report = BuildReport(
            result, config: ByteString(bytes), name: path, simulation: simulation, isCompatible: options.isCompatible)
        tool.standardError.write(report.text)
        if result.hasError {
            return result.findings.contains { $0.rule == "IB-MEMORY-FULL" } ? .failed : .usage
        }
        if report.hasError, !arguments.flag("force") {
            tool.standardError.write("ibtest: nothing is written; --force writes it all the same\n")
            return .failed
        }
        do {
            try result.outputs.write()
        } catch {
            throw ToolError(message: error.description, code: .fault)
        }
        tool.standardOutput.write(result.hint)
        return .well
    }

    private func simulation() throws(ToolError) -> PlanSimulation {
        do {
            let name = arguments.value("board")
            if name == nil, !arguments.values("disk").isEmpty {
                throw ToolError(message: "--disk needs --board: without a board every load comes from the folder")
            }
            let board = try Board.named(name ?? "generic", in: Board.searchFolders())
            var simulation = PlanSimulation(board.description, isGeneric: name == nil)
            do throws(DiskAttachmentError) {
                for text in arguments.values("disk") { simulation.disks.append(try DiskAttachment(argument: text)) }
            } catch {
                throw ToolError(message: error.description)
            }
            return simulation
        } catch let error as ToolError {
            throw error
        } catch let error as BoardError {
            throw ToolError(message: error.description)
        } catch {
            throw ToolError(message: "\(error)")
        }
    }

    private func options(_ simulation: PlanSimulation) throws(ToolError) -> BuildOptions {
        var options = BuildOptions()
        options.folder = arguments.value("directory") ?? "."
        options.loadCommand = arguments.value("load")
        options.base = arguments.value("output")
        options.makesFIT = arguments.flag("fit")
        options.keyHint = arguments.value("key")
        options.controlTree = arguments.value("key-dtb")
        options.prefix = arguments.value("prefix").flatMap { $0.isEmpty ? nil : $0 }
        options.computesOnTarget = arguments.flag("s")
        options.isCompatible = arguments.value("compat") != nil
        options.usesUpstreamPlacement = arguments.value("placement") != nil
        options.time = try Self.buildTime()
        if !simulation.isGeneric {
            simulation.describe(&options)
        }
        return options
    }

    /// `SOURCE_DATE_EPOCH`, or now.
    private static func buildTime() throws(ToolError) -> UInt32 {
        guard let text = Tool.variable("SOURCE_DATE_EPOCH") else {
            return UInt32(truncatingIfNeeded: Glibc.time(nil))
        }
        guard let time = UInt32(text) else {
            throw ToolError(message: "SOURCE_DATE_EPOCH: expected seconds from 0 to 4294967295, found '\(text)'")
        }
        return time
    }
}
