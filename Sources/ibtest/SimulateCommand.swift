import Arguments
import Boards
import Glibc
import Reports
import UBoot
import Verifier

/// `ibtest simulate`: executes a script, or typed lines, on a simulated board.
struct SimulateCommand {
    static let specification = CommandSpec(
        name: "simulate",
        abstract: "executes a boot script as U-Boot would, and says what is wrong with it",
        discussion: """
            SCRIPT is a text, or a script image made by mkimage. It starts as after ImageBuilder's hint line: the network \
            is set as by 'dhcp' with autoload=no, the script lies at the script address, fileaddr and filesize are set, \
            then 'source' runs it. Files are loaded from the TFTP root.

            With --commands, lines are typed at the prompt of a fresh boot instead.

            The exit code is 1 if there is an error finding or a limit was reached.
            """,
        examples: [
            .init("ibtest simulate boot.scr", "files from the script's folder, on qemu-arm64-virt"),
            .init("ibtest simulate --board rpi4 --root /srv/tftp boot.source"),
            .init("ibtest simulate --commands lines.txt --transcript json --fdt-out out.dtb --fdt-at x0"),
        ],
        options: SimulationOptions.specifications(root: "the script's folder") + [
            OptionSpec(
                "script-address", value: .text("ADDRESS"),
                help: "where the script lies, hexadecimal (default: $scriptaddr of the board)"),
            OptionSpec(
                "commands", value: .path("FILE"),
                help: "type the lines of FILE at the prompt instead ('-': standard input)"),
            OptionSpec(
                "transcript", value: .choice("FORM", ["json"]),
                help: "with --commands: only the JSON array of command, output and status goes to standard output"),
            OptionSpec("json", help: "the whole record and the findings as one JSON document"),
            OptionSpec("fdt-out", value: .path("FILE"), help: "write the device tree at the end to FILE"),
            OptionSpec(
                "fdt-at", value: .text("ADDRESS|x0|none"),
                help: "which tree: at an address, or the one handed over (default: x0)"),
            OptionSpec(
                "max-script", value: .number("BYTES", in: 1...0x4000_0000),
                help: "refuse a larger script (default: 16777216)"),
        ],
        operands: [OperandSpec("SCRIPT", help: "the boot script", required: false)])

    private let arguments: ParsedArguments
    private let tool: Tool

    init(_ arguments: ParsedArguments, _ tool: Tool) {
        self.arguments = arguments
        self.tool = tool
    }

    func run() throws(ToolError) -> ExitCode {
        try checkCombination()
        if let file = arguments.value("commands") { return try runLines(of: file) }
        guard let script = arguments.operand("SCRIPT") else {
            throw ToolError(message: "expected a SCRIPT, or --commands FILE; 'ibtest simulate --help' shows how")
        }
        return try runScript(script)
    }

    private func checkCombination() throws(ToolError) {
        let typed = arguments.value("commands") != nil
        if typed, arguments.operand("SCRIPT") != nil {
            throw ToolError(message: "expected either a SCRIPT or --commands, found both")
        }
        if arguments.value("transcript") != nil, !typed {
            throw ToolError(message: "--transcript needs --commands")
        }
        if arguments.value("transcript") != nil, arguments.flag("json") {
            throw ToolError(message: "expected either --transcript or --json, found both")
        }
        if let place = arguments.value("fdt-at"), place != "none", arguments.value("fdt-out") == nil {
            throw ToolError(message: "--fdt-at needs --fdt-out")
        }
        _ = try treeChoice()
        _ = try scriptAddress()
    }

    // MARK: The two ways

    private func runScript(_ path: String) throws(ToolError) -> ExitCode {
        let name = path == "-" ? "<standard input>" : path
        let bytes = try input(path)
        let script: ScriptFile
        do {
            script = try ScriptFile(bytes)
        } catch {
            throw ToolError(message: "\(name): \(error)")
        }
        let simulation = try simulation(defaultRoot: SimulationOptions.folder(of: path))
        let outcome: Simulation.Outcome
        do {
            outcome = try simulation.run(script, name: name, path: path, at: try scriptAddress())
        } catch let error as SimulationError {
            throw ToolError(message: "\(name): \(error)")
        } catch let error as DiskAttachmentError {
            throw ToolError(message: error.description)
        } catch {
            throw ToolError(message: "\(name): \(error)", code: .fault)
        }
        let findings = Self.findings(in: outcome, on: simulation.board)
        try writeTree(outcome, inputs: [path])
        return try report(outcome.record, findings)
    }

    private func runLines(of path: String) throws(ToolError) -> ExitCode {
        let bytes = try input(path)
        guard let text = String(validating: bytes, as: UTF8.self), let lines = ByteString(latin1: text) else {
            throw ToolError(message: "\(path): expected UTF-8 text of code points up to U+00FF")
        }
        let simulation = try simulation(defaultRoot: SimulationOptions.folder(of: path))
        let outcome: Simulation.Outcome
        do {
            outcome = try simulation.run(typed: lines, name: path == "-" ? "<standard input>" : path)
        } catch let error as DiskAttachmentError {
            throw ToolError(message: error.description)
        } catch {
            throw ToolError(message: "\(error)", code: .fault)
        }
        try writeTree(outcome, inputs: [path])
        if arguments.value("transcript") != nil {
            tool.standardOutput.write(try Self.encoded { try transcriptJSON(outcome.typed) })
            return outcome.record.wasStopped ? .failed : .well
        }
        let findings = Self.findings(in: outcome, on: simulation.board)
        if !arguments.flag("json") {
            for entry in outcome.typed {
                tool.standardOutput.write(
                    simulation.board.prompt.bytes + entry.command.bytes + [10] + entry.output.bytes)
                if let last = entry.output.bytes.last, last != 10 { tool.standardOutput.write("\n") }
            }
            tool.standardOutput.write("\n")
        }
        return try report(outcome.record, findings, typed: lines)
    }

    private func input(_ path: String) throws(ToolError) -> [UInt8] {
        try InputFile.read(path, limit: arguments.number("max-script") ?? 16 << 20, option: "--max-script")
    }

    private static func findings(in outcome: Simulation.Outcome, on board: Board) -> [Finding] {
        verify(outcome.record, options: VerificationOptions(commands: board.description.commands))
    }

    private func simulation(defaultRoot: String) throws(ToolError) -> Simulation {
        try SimulationOptions(arguments).simulation(defaultRoot: defaultRoot)
    }

    // MARK: Options

    private func scriptAddress() throws(ToolError) -> Address? {
        try arguments.value("script-address").map { text throws(ToolError) in try Self.address(text, "--script-address")
        }
    }

    private static func address(_ text: String, _ option: String) throws(ToolError) -> Address {
        let digits = text.hasPrefix("0x") || text.hasPrefix("0X") ? text.dropFirst(2) : text[...]
        guard let value = UInt64(digits, radix: 16), !digits.hasPrefix("+") else {
            throw ToolError(message: "\(option): expected a hexadecimal address, found '\(text)'")
        }
        return Address(value)
    }

    private enum TreeChoice {
        case handedOver, at(Address), none
    }

    private func treeChoice() throws(ToolError) -> TreeChoice {
        switch arguments.value("fdt-at") {
        case nil, "x0": .handedOver
        case "none": .none
        case let text?: .at(try Self.address(text, "--fdt-at"))
        }
    }

    // MARK: Output

    private func writeTree(_ outcome: Simulation.Outcome, inputs: [String]) throws(ToolError) {
        guard let path = arguments.value("fdt-out") else { return }
        let bytes: [UInt8]? =
            switch try treeChoice() {
            case .none: nil
            case .handedOver: outcome.record.handOff?.treeBytes.bytes
            case .at(let address): outcome.machine.treeBlob(at: address)
            }
        guard let bytes else { return }
        try NewFile.write(bytes, to: path, notOver: inputs + outcome.record.loads.compactMap(\.path))
    }

    private func report(
        _ record: BootRecord, _ findings: [Finding], typed: ByteString? = nil
    ) throws(ToolError) -> ExitCode {
        if arguments.flag("json") {
            tool.standardOutput.write(try Self.encoded { try SimulationJSON(record, findings: findings).bytes() })
        } else {
            let style = tool.textStyle(arguments)
            tool.standardOutput.write(SimulationText(record, findings: findings, typed: typed, style: style).text)
        }
        if record.wasStopped { return .failed }
        return findings.contains { $0.severity == .error } ? .failed : .well
    }

    private static func encoded(_ body: () throws -> [UInt8]) throws(ToolError) -> [UInt8] {
        do {
            return try body()
        } catch {
            throw ToolError(message: "cannot write JSON: \(error)", code: .fault)
        }
    }
}
