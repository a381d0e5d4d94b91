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

            With --attach the serial line is yours: U-Boot's lines are typed for you, then your keys go to the machine \
            (Ctrl-A three times moves them from one domain to the next), and it runs until you press Ctrl-].

            The exit code is 0 if all passed, 1 if a boot failed, 2 if a scenario or its config cannot be used, 3 if the \
            harness or the set-up is at fault, 4 if no scenario was selected, 130 after Ctrl-C.
            """,
        examples: [
            .init("ibtest run dom0-domu"), .init("ibtest run --all --junit report.xml", "everything, for CI"),
            .init("ibtest run dom0-domu --attach", "the same boot, with you at the console"),
            .init("ibtest run dom0-domu --replay board.log", "judge the log of a board's serial line"),
            .init("ibtest run dom0-domu --print-command", "what a person would type, and at which prompt"),
        ],
        options: [
            OptionSpec("all", help: "all scenarios"),
            OptionSpec("tag", value: .text("TAG"), help: "with --all: only those with this tag", repeats: true),
            OptionSpec("shard", value: .text("K/N"), help: "only part K of N, by the names of the scenarios"),
            OptionSpec("out", value: .path("DIR"), help: "where results go (default: out)"),
            OptionSpec("junit", value: .path("FILE"), help: "write the results as JUnit's XML"),
            OptionSpec("json", help: "only JSON goes to standard output, an event on each line"),
            OptionSpec(
                "progress", value: .choice("WHEN", ["auto", "plain", "none"]),
                help: "what runs, on standard error (default: auto, one line on a terminal)"),
            OptionSpec("jobs", value: .number("N", in: 1...64), help: "boot so many side by side (default: 1)"),
            OptionSpec("repeat", value: .number("N", in: 1...1_000_000), help: "run each one N times (default: 1)"),
            OptionSpec("fail-fast", help: "start no more after one that did not pass"),
            OptionSpec("cross-check", help: "compare tree and memory at the hand-off with the simulation"),
            OptionSpec(
                "accelerator", value: .choice("HOW", ["tcg", "kvm", "auto"]),
                help: "what executes the guests: QEMU, the host's processor, or that where it can (default: tcg)"),
            OptionSpec("attach", help: "put your terminal on the serial line"),
            OptionSpec("replay", value: .path("LOG"), help: "boot nothing: judge this log of a serial line"),
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
        let scenarios = try ScenarioSelection(arguments).scenarios()
        guard !scenarios.isEmpty else {
            tool.standardError.write("ibtest: no scenario was selected\n")
            return .nothingSelected
        }
        if let path = arguments.value("junit") { try NewFile.checkFolder(of: path) }
        let runner = try runner()
        runner.options = try options(for: scenarios)
        if arguments.flag("print-command") {
            guard !arguments.flag("json") else { throw ToolError(message: "--print-command has no form in JSON") }
            return try printCommands(scenarios, runner)
        }
        do throws(SignalError) {
            try runner.catchSignals()
        } catch {
            throw ToolError(message: "\(error)", code: .fault)
        }
        return try boot(scenarios, runner)
    }

    private func runner() throws(ToolError) -> ScenarioRunner {
        do throws(ArtifactError) {
            var provider = ArtifactProvider(cache: try ArtifactCache())
            provider.isOffline = arguments.flag("offline")
            let descriptor = tool.standardError.descriptor
            provider.progress = { OutputFile(descriptor: descriptor).write("ibtest: \($0)\n") }
            return ScenarioRunner(provider: provider, folder: arguments.value("out") ?? "out")
        } catch {
            throw ToolError(message: "\(error)", code: .fault)
        }
    }

    private func options(for scenarios: [Scenario]) throws(ToolError) -> RunOptions {
        var options = RunOptions()
        options.jobs = arguments.number("jobs") ?? 1
        options.failsFast = arguments.flag("fail-fast")
        options.crossChecks = arguments.flag("cross-check")
        options.keepsFiles = arguments.flag("keep")
        options.attaches = arguments.flag("attach")
        options.accelerator = try accelerator()
        if arguments.value("replay") != nil, options.crossChecks {
            throw ToolError(message: "--cross-check boots, and --replay does not")
        }
        for word in ["attach", "replay"] where arguments.flag(word) || arguments.value(word) != nil {
            let count = scenarios.count * (arguments.number("repeat") ?? 1)
            guard count == 1 else { throw ToolError(message: "--\(word) takes one run of one scenario, not \(count)") }
            guard !arguments.flag("json") || word == "replay" else {
                throw ToolError(message: "--attach and --json both want standard output")
            }
        }
        guard let path = arguments.value("replay") else { return options }
        guard !options.attaches else { throw ToolError(message: "expected either --attach or --replay, found both") }
        options.log = try InputFile.read(path, limit: 256 << 20)
        return options
    }

    private func accelerator() throws(ToolError) -> VirtualMachine.Accelerator {
        let wanted = arguments.value("accelerator") ?? "tcg"
        guard wanted != "tcg" else { return .tcg }
        switch AcceleratorProbe.kvm(guest: "aarch64") {
        case .usable: return .kvm
        case .unusable(let reason):
            guard wanted == "auto" else { throw ToolError(message: "no KVM: \(reason)", code: .fault) }
            tool.standardError.write("ibtest: no KVM, so QEMU executes the guests itself: \(reason)\n")
            return .tcg
        }
    }

    private func printCommands(_ scenarios: [Scenario], _ runner: ScenarioRunner) throws(ToolError) -> ExitCode {
        for scenario in scenarios {
            switch runner.manual(for: scenario) {
            case .success(let manual):
                tool.standardOutput.write(shellLine(manual.command) + "\n")
                for line in manual.lines { tool.standardOutput.write("=> \(line)\n") }
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
        let way = runner.options.attaches ? "none" : arguments.value("progress") ?? "auto"
        let progress = RunProgress(way, tool.standardError)
        if isJSON {
            runner.listener.started = { output.write(json.started($0)) }
            runner.listener.happened = { output.write(json.happened($1, in: $0)) }
        } else if runner.options.attaches {
            runner.listener.heard = { output.write($1) }
        }
        progress.follow(&runner.listener)
        runner.listener.finished = { result in
            progress.clear(result.scenario)
            output.write(isJSON ? json.finished(result) : Array(text.text(result).utf8))
        }
        let rounds = Array(repeating: scenarios, count: arguments.number("repeat") ?? 1)
        let results = runner.run(rounds.flatMap { $0 })
        let seconds = Instant.now.seconds(since: start)
        output.write(
            isJSON ? json.summary(results, seconds: seconds) : Array(text.summary(results, seconds: seconds).utf8))
        if let path = arguments.value("junit") {
            try NewFile.write(Array(JUnitReport(results).text.utf8), to: path, notOver: scenarios.map(\.path))
        }
        let isStopped = runner.isInterrupted || results.contains { $0.status == .interrupted }
        return isStopped ? .interrupted : Self.exitCode(results)
    }

    private static func exitCode(_ results: [RunResult]) -> ExitCode {
        if results.contains(where: { $0.status == .failed }) { return .failed }
        let errors = results.filter { $0.status == .error }
        guard !errors.isEmpty else { return .well }
        return errors.allSatisfy { $0.failure?.kind == .usage } ? .usage : .fault
    }
}
