import Arguments
import Scenarios

/// `ibtest artifacts`: gets what scenarios need.
struct ArtifactsCommand {
    static let specification = CommandSpec(
        name: "artifacts",
        abstract: "fetches and makes the files that scenarios boot, and keeps them",
        discussion: """
            SCENARIO is a name, a folder or a file; without one it is all scenarios. Packages come from the mirror that \
            this machine's apt uses, with lists of their own: no root is needed. What was fetched or made is kept in \
            ibtest below $XDG_CACHE_HOME (default: ~/.cache) by the digest of its content; from then on no network is \
            needed.
            """,
        examples: [
            .init("ibtest artifacts dom0-domu", "what the scenario boots, with digests and origins"),
            .init("ibtest artifacts --update", "the newest packages for all scenarios"),
        ],
        options: [
            OptionSpec("update", help: "ask the mirror for newer packages"),
            OptionSpec("offline", help: "fetch nothing: what is missing is an error"),
            OptionSpec("into", value: .path("DIR"), help: "put the files of one scenario into a folder"),
        ],
        operands: [OperandSpec("SCENARIO", help: "whose files", required: false, repeats: true)])

    private let arguments: ParsedArguments
    private let tool: Tool

    init(_ arguments: ParsedArguments, _ tool: Tool) {
        self.arguments = arguments
        self.tool = tool
    }

    func run() throws(ToolError) -> ExitCode {
        let search = ScenarioSearch()
        let given = arguments.operands("SCENARIO")
        let names = given.isEmpty ? search.names : given
        guard !names.isEmpty else {
            throw ToolError(message: "no scenarios in \(search.folders.joined(separator: " or "))")
        }
        if arguments.value("into") != nil, names.count != 1 {
            throw ToolError(message: "--into takes the files of one scenario, not of \(names.count)")
        }
        let standardError = tool.standardError
        var scenarios: [Scenario] = []
        do throws(ScenarioError) {
            for name in names { scenarios.append(try search.scenario(name)) }
        } catch {
            throw ToolError(message: "\(error)")
        }
        do throws(ArtifactError) {
            var provider = ArtifactProvider(cache: try ArtifactCache())
            provider.updates = arguments.flag("update")
            provider.isOffline = arguments.flag("offline")
            let descriptor = standardError.descriptor
            provider.progress = { OutputFile(descriptor: descriptor).write("ibtest: \($0)\n") }
            return show(scenarios, provider)
        } catch {
            throw ToolError(message: "\(error)", code: error.isUsage ? .usage : .fault)
        }
    }

    /// Gets and lists the files of each scenario; one that fails does not keep the others from theirs.
    private func show(_ scenarios: [Scenario], _ provider: ArtifactProvider) -> ExitCode {
        var codes: Set<ExitCode> = []
        for scenario in scenarios {
            do throws(ArtifactError) {
                var files = try provider.files(of: scenario)
                if let folder = arguments.value("into") { try provider.place(files, in: folder, links: false) }
                if scenario.firmware == nil { files.append(("(firmware)", try provider.firmware(of: scenario))) }
                tool.standardOutput.write("\(scenario.name)\n")
                for (name, file) in files {
                    tool.standardOutput.write("  \(file.sha256)  \(name)  \(file.byteCount) bytes  \(file.origin)\n")
                }
            } catch {
                codes.insert(error.isUsage ? .usage : .fault)
                for line in error.description.split(separator: "\n") {
                    tool.standardError.write("ibtest: \(scenario.name): \(line)\n")
                }
            }
        }
        return codes.contains(.fault) ? .fault : codes.first ?? .well
    }
}
