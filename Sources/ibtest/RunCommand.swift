import Arguments
import Emulation
import Reports
import Scenarios

/// `ibtest run`: boots scenarios under QEMU.
struct RunCommand {
    static let specification = CommandSpec(
        name: "run",
        abstract:
            "boots scenarios under QEMU with the real U-Boot, Xen and Linux, and says the first cause of a failure",
        discussion: """
            SCENARIO is a name, a folder or a file. Each one gets a folder below --out with the raw console, a log for \
            each domain, QEMU's command line and the result. A run ends as soon as its verdict is certain.

            The exit code is 0 if all passed, 1 if a boot failed, 2 if a scenario or its config cannot be used, 3 if the \
            harness or the set-up is at fault, 130 after Ctrl-C.
            """,
        examples: [
            .init("ibtest run dom0-domu"), .init("ibtest run --all --junit report.xml", "everything, for CI"),
            .init("ibtest run dom0-domu --print-command", "what a person would type, and at which prompt"),
        ],
        options: [
            OptionSpec("all", help: "all scenarios"),
            OptionSpec("tag", value: .text("TAG"), help: "with --all: only those with this tag", repeats: true),
            OptionSpec("out", value: .path("DIR"), help: "where results go (default: out)"),
            OptionSpec("junit", value: .path("FILE"), help: "write the results as JUnit's XML"),
            OptionSpec("json", help: "only JSON goes to standard output, an event on each line"),
            OptionSpec("repeat", value: .number("N", in: 1...1_000_000), help: "run each one N times (default: 1)"),
            OptionSpec("cross-check", help: "compare tree and memory at the hand-off with the simulation"),
            OptionSpec("keep", help: "keep the files that were served, also after a boot that passed"),
            OptionSpec("offline", help: "fetch nothing: what is missing is an error"),
            OptionSpec("print-command", help: "boot nothing: print QEMU's command line, and what is typed at U-Boot"),
        ],
        operands: [OperandSpec("SCENARIO", help: "what to boot", required: false, repeats: true)])

    private let arguments: ParsedArguments
    private let tool: Tool

    init(_ arguments: ParsedArguments, _ tool: Tool) {
        self.arguments = arguments
        self.tool = tool
    }

    func run() throws(ToolError) -> ExitCode {
        let scenarios = try scenarios()
        guard !scenarios.isEmpty else {
            tool.standardError.write("ibtest: no scenario was selected\n")
            return .nothingSelected
        }
        let runner = try runner()
        if arguments.flag("print-command") { return try printCommands(scenarios, runner) }
        do throws(SignalError) {
            try runner.catchSignals()
        } catch {
            throw ToolError(message: "\(error)", code: .fault)
        }
        return try boot(scenarios, runner)
    }

    private func scenarios() throws(ToolError) -> [Scenario] {
        let search = ScenarioSearch()
        let given = arguments.operands("SCENARIO")
        guard arguments.flag("all") || !given.isEmpty else {
            throw ToolError(message: "expected a SCENARIO, or --all; known: \(search.names.joined(separator: ", "))")
        }
        let tags = Set(arguments.values("tag"))
        do throws(ScenarioError) {
            var scenarios: [Scenario] = []
            for name in given { scenarios.append(try search.scenario(name)) }
            guard arguments.flag("all") else { return scenarios }
            for name in search.names {
                let scenario = try search.scenario(name)
                if tags.isEmpty || !tags.isDisjoint(with: scenario.tags) { scenarios.append(scenario) }
            }
            return scenarios
        } catch {
            throw ToolError(message: "\(error)")
        }
    }

    private func runner() throws(ToolError) -> ScenarioRunner {
        do throws(ArtifactError) {
            var provider = ArtifactProvider(cache: try ArtifactCache())
            provider.isOffline = arguments.flag("offline")
            let descriptor = tool.standardError.descriptor
            provider.progress = { OutputFile(descriptor: descriptor).write("ibtest: \($0)\n") }
            let runner = ScenarioRunner(provider: provider, folder: arguments.value("out") ?? "out")
            runner.crossChecks = arguments.flag("cross-check")
            runner.keepsFiles = arguments.flag("keep")
            return runner
        } catch {
            throw ToolError(message: "\(error)", code: .fault)
        }
    }

    private func printCommands(_ scenarios: [Scenario], _ runner: ScenarioRunner) throws(ToolError) -> ExitCode {
        for scenario in scenarios {
            switch runner.commandLine(of: scenario) {
            case .success(let words):
                let command = words.prefix { $0 != "#" }
                tool.standardOutput.write(shellLine(Array(command)) + "\n")
                for line in words.dropFirst(command.count + 1) { tool.standardOutput.write("=> \(line)\n") }
            case .failure(let fault):
                throw ToolError(message: "\(fault)", code: fault.kind == .usage ? .usage : .fault)
            }
        }
        return .well
    }

    private func boot(_ scenarios: [Scenario], _ runner: ScenarioRunner) throws(ToolError) -> ExitCode {
        let start = Instant.now
        let isJSON = arguments.flag("json")
        let text = RunText(style: tool.textStyle(arguments))
        let json = RunEventJSON()
        let output = tool.standardOutput
        var results: [RunResult] = []
        runs: for _ in 0..<(arguments.number("repeat") ?? 1) {
            for scenario in scenarios {
                if isJSON { output.write(json.started(scenario.name)) }
                runner.told = { if isJSON { output.write(json.happened($0, in: scenario.name)) } }
                do throws(ArtifactError) {
                    results.append(try runner.run(scenario))
                } catch {
                    throw ToolError(message: "\(error)", code: .fault)
                }
                guard let result = results.last else { continue }
                output.write(isJSON ? json.finished(result) : Array(text.text(result).utf8))
                if runner.isInterrupted { break runs }
            }
        }
        let seconds = Instant.now.seconds(since: start)
        output.write(
            isJSON ? json.summary(results, seconds: seconds) : Array(text.summary(results, seconds: seconds).utf8))
        if let path = arguments.value("junit") {
            try NewFile.write(Array(JUnitReport(results).text.utf8), to: path, notOver: [])
        }
        return Self.exitCode(results)
    }

    private static func exitCode(_ results: [RunResult]) -> ExitCode {
        if results.contains(where: { $0.status == .interrupted }) { return .interrupted }
        if results.contains(where: { $0.status == .failed }) { return .failed }
        let errors = results.filter { $0.status == .error }
        guard !errors.isEmpty else { return .well }
        return errors.allSatisfy { $0.failure?.kind == .usage } ? .usage : .fault
    }
}
