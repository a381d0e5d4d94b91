public import Emulation
internal import Glibc

/// Runs scenarios, each in a folder of its own.
public final class ScenarioRunner {
    private let provider: ArtifactProvider
    private let folder: String
    private let loop = EventLoop()
    private var active: [ScenarioRun] = []
    private var signals: SignalPipe?
    /// Whether someone asked for an end.
    public private(set) var isInterrupted = false
    /// How scenarios are run.
    public var options: RunOptions
    /// Who is told of what happens.
    public var listener = RunListener()

    /// The process of the emulator that runs; nil for none.
    var emulatorIdentifier: Int32? { active.first?.run?.machine?.identifier }

    /// A runner that writes below a folder.
    public init(provider: ArtifactProvider, folder: String, options: RunOptions = RunOptions()) {
        self.provider = provider
        self.folder = folder
        self.options = options
    }

    /// Stops what runs when the user asks for it: the first signal ends the runs, the second one ibtest.
    public func catchSignals() throws(SignalError) {
        signals = try SignalPipe(loop) { [weak self] in
            guard let self else { return }
            if isInterrupted { _exit(130) }
            isInterrupted = true
            for run in active { run.stop() }
        }
    }

    /// What a person types to do the same: QEMU's words, its name first, and the lines for U-Boot's prompt.
    public func manual(for scenario: Scenario) -> Result<(command: [String], lines: [String]), RunFault> {
        do throws(ArtifactError) {
            let folder = try RunFolder(path(of: scenario), keeps: true)
            var preparation = BootPreparation(scenario: scenario, provider: provider, served: folder.served)
            preparation.accelerator = options.accelerator
            do throws(PreparationError) {
                let boot = try preparation.prepare()
                return .success(([boot.machine.emulator] + boot.machine.arguments(.terminal), boot.lines))
            } catch {
                return .failure(RunFault(kind: error.kind, description: error.message))
            }
        } catch {
            return .failure(RunFault(kind: error.isUsage ? .usage : .harness, description: error.description))
        }
    }

    /// Boots a scenario and judges it.
    public func run(_ scenario: Scenario) -> RunResult {
        run([scenario]).first
            ?? RunResult(scenario: scenario.name, status: .interrupted, seconds: 0, folder: path(of: scenario))
    }

    /// Boots scenarios and judges them, in their order but for those that run side by side; the results are written
    /// into their folders, too.
    public func run(_ scenarios: [Scenario]) -> [RunResult] {
        var waiting = scenarios
        var results: [RunResult] = []
        while true {
            // A folder belongs to one run at a time.
            while active.count < options.jobs, !isInterrupted,
                let index = waiting.firstIndex(where: { next in !active.contains { $0.scenario.name == next.name } })
            {
                start(waiting.remove(at: index))
                signals?.check()
            }
            guard !active.isEmpty else { return results }
            loop.run { !active.contains { $0.isOver } }
            for run in active where run.isOver {
                active.removeAll { $0 === run }
                let name = run.scenario.name
                let number = results.count { $0.scenario == name } + 1
                let isLast = !waiting.contains { $0.name == name }
                let result = run.conclude(isInterrupted: { isInterrupted }, number: isLast ? nil : number)
                listener.finished(result)
                results.append(result)
                if options.failsFast, result.status != .passed { waiting = [] }
            }
        }
    }

    private func path(of scenario: Scenario) -> String { "\(folder)/\(scenario.name)" }

    private func start(_ scenario: Scenario) {
        listener.started(scenario.name)
        let run = ScenarioRun(
            scenario, provider, folder: path(of: scenario), options, on: loop, listener: listener)
        active.append(run)
        run.begin()
    }
}

/// Why a scenario cannot be started.
public struct RunFault: Error, Sendable, Equatable, CustomStringConvertible {
    /// Whose fault it is.
    public var kind: FailureKind
    /// The sentence.
    public var description: String
}
