import Arguments
import Glibc
import Reports

/// The program: finds the command, calls it, says what is wrong with a call.
struct Tool {
    static let version = "0.1.0"

    let standardOutput: OutputFile
    let standardError: OutputFile

    /// Runs a command line without the program's name and gives the exit code.
    func run(_ words: [String]) -> Int32 {
        let root = Self.specification
        do {
            switch try root.parse(words) {
            case .version:
                standardOutput.write("ibtest \(Self.version)\n")
            case .help(let path, _):
                standardOutput.write(root.helpText(path: path, width: standardOutput.width))
            case .run(let path, _, let arguments):
                return run(path, arguments).rawValue
            }
            return standardOutput.hasFailed ? ExitCode.fault.rawValue : ExitCode.well.rawValue
        } catch {
            standardError.write("ibtest: \(error.description)\n\(error.usageLine)\n")
            return ExitCode.usage.rawValue
        }
    }

    private func run(_ path: [String], _ arguments: ParsedArguments) -> ExitCode {
        do {
            let code: ExitCode
            switch path {
            case ["generate"]: code = try GenerateCommand(arguments, self).run()
            case ["simulate"]: code = try SimulateCommand(arguments, self).run()
            case ["shell"]: code = try ShellCommand(arguments, self).run()
            case ["run"]: code = try RunCommand(arguments, self).run()
            case ["artifacts"]: code = try ArtifactsCommand(arguments, self).run()
            case ["boards"]: code = try BoardsCommand(arguments, self).run()
            default: preconditionFailure("the command \(path) is in the specification, but nothing runs it")
            }
            return standardOutput.hasFailed ? .fault : code
        } catch {
            standardError.write("ibtest: \(error.message)\n")
            return error.code
        }
    }

    /// How text for people looks on standard output, as `--color` and the usual variables say.
    func textStyle(_ arguments: ParsedArguments) -> TextStyle {
        switch arguments.value("color") {
        case "always": return TextStyle(usesColor: true)
        case "never": return TextStyle(usesColor: false)
        default:
            let isPlain = Self.variable("NO_COLOR")?.isEmpty == false || Self.variable("TERM") == "dumb"
            return TextStyle(usesColor: standardOutput.isTerminal && !isPlain)
        }
    }

    /// A variable of the process's environment.
    static func variable(_ name: String) -> String? { unsafe getenv(name).map { unsafe String(cString: $0) } }

    static let specification = CommandSpec(
        name: "ibtest",
        abstract: "tests whether an embedded system boots through U-Boot, before it does",
        discussion: "Exit codes: 0 all well, 1 a check or boot failed, 2 usage, configuration or unreadable input, "
            + "3 harness or set-up fault, 4 nothing selected, 130 interrupted.",
        examples: [
            .init("ibtest simulate --root tftp tftp/boot.scr", "what would U-Boot do with this script?")
        ],
        options: [
            OptionSpec(
                "color", value: .choice("WHEN", ["auto", "always", "never"]),
                help: "colour in text for people (default: auto, on a terminal without NO_COLOR)")
        ],
        subcommands: [
            GenerateCommand.specification, SimulateCommand.specification, ShellCommand.specification,
            BoardsCommand.specification, RunCommand.specification,
            ArtifactsCommand.specification,
        ])
}

/// What a run of the program ends with.
enum ExitCode: Int32 {
    /// All well.
    case well = 0
    /// A check or boot failed.
    case failed = 1
    /// Usage, configuration or unreadable input.
    case usage = 2
    /// Harness or set-up fault.
    case fault = 3
    /// Nothing was selected.
    case nothingSelected = 4
    /// The user stopped it.
    case interrupted = 130
}

/// Why a command could not do its work; the message says what is wrong, with its place.
struct ToolError: Error {
    var message: String
    var code: ExitCode = .usage
}
