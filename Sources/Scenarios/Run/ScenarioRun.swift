internal import Emulation
internal import Glibc

/// One scenario from its preparation to its result.
final class ScenarioRun {
    let scenario: Scenario
    private let provider: ArtifactProvider
    private let path: String
    private var folder: RunFolder?
    private let options: RunOptions
    private let loop: EventLoop
    private let listener: RunListener
    private let start = Instant.now
    private let used = OwnUsage.processorSeconds
    private var boot: PreparedBoot?
    private var input: TerminalInput?
    private(set) var run: BootRun?
    private var result: RunResult
    private(set) var isOver = false

    init(
        _ scenario: Scenario, _ provider: ArtifactProvider, folder path: String, _ options: RunOptions,
        on loop: EventLoop, listener: RunListener
    ) {
        self.scenario = scenario
        self.provider = provider
        self.path = path
        self.options = options
        self.loop = loop
        self.listener = listener
        result = RunResult(scenario: scenario.name, status: .error, seconds: 0, folder: path)
        result.reference = scenario.reference
        result.board = scenario.board
    }

    /// Starts the boot; it is over at once where it cannot be started.
    func begin() {
        do {
            let folder = try RunFolder(path)
            self.folder = folder
            try prepare(folder)
        } catch {
            fail(error)
            isOver = true
        }
    }

    /// Stops the boot, without a verdict if there is none yet.
    func stop() { run?.stop() }

    /// What came of it; with the comparison, which is a boot of its own.
    ///
    /// A number means that other runs of the scenario follow, which must not clear what explains a failure.
    func conclude(isInterrupted: () -> Bool, number: Int?) -> RunResult {
        input = nil
        if let run, let boot { conclude(run, boot) }
        if options.crossChecks, options.log == nil, scenario.canCrossCheck, result.status == .passed, !isInterrupted() {
            do { try crossCheck(isInterrupted) } catch { fail(error) }
        }
        if isInterrupted() { result.status = .interrupted }
        result.seconds = Instant.now.seconds(since: start)
        result.processorSeconds = OwnUsage.processorSeconds - used
        result.residentByteCount = OwnUsage.largestByteCount
        do throws(ArtifactError) { try keep(number) } catch { fail(error) }
        return result
    }

    /// Writes the result, and keeps what explains a failure from the runs that follow.
    private func keep(_ number: Int?) throws(ArtifactError) {
        guard let folder else { return }
        if result.status == .passed, !options.keepsFiles { Folders.remove(folder.served) }
        if let number, result.status != .passed { try self.folder?.rename(forRun: number) }
        result.folder = self.folder?.path ?? path
        try self.folder?.write(result)
    }

    private func fail(_ error: any Error) {
        result.status = .error
        switch error {
        case let error as ArtifactError:
            result.failure = Self.failure(error.isUsage ? .usage : .harness, error.description)
        case let error as PreparationError: result.failure = Self.failure(error.kind, error.message)
        case let error as SystemError:
            let advice = error.isMissing ? ": install the package \(VirtualMachine.package)" : ""
            result.failure = Self.failure(.harness, error.description + advice)
        default: result.failure = Self.failure(.harness, "\(error)")
        }
    }

    private static func failure(_ kind: FailureKind, _ message: String) -> RunResult.Failure {
        RunResult.Failure(
            kind: kind, phase: "preparation", domain: nil, cause: message, places: [], consequence: nil,
            consequencePlace: nil, limit: nil, evidence: [])
    }

    // MARK: Start

    private func prepare(_ folder: RunFolder) throws {
        var preparation = BootPreparation(scenario: scenario, provider: provider, served: folder.served)
        preparation.accelerator = options.accelerator
        // QEMU gets ready, paused, while the files are placed and the config is built and simulated.
        let atOnce = options.log == nil ? preparation.machineAtOnce() : nil
        let early = try atOnce.map { try Emulator($0, on: loop) { _ in } }
        let boot = try preparation.prepare()
        self.boot = boot
        let machine: any ConsoleMachine
        if let log = options.log {
            machine = RecordedConsole(log, on: loop)
        } else if let early, atOnce == boot.machine {
            machine = early
        } else {
            machine = try Emulator(boot.machine, on: loop) { _ in }
        }
        result.phases["preparation"] = Instant.now.seconds(since: start)
        note(boot)
        try checkNames(boot)
        try letGo(machine, boot, folder)
    }

    private func note(_ boot: PreparedBoot) {
        result.files = (boot.files + [("(firmware)", boot.firmware)]).map {
            .init(name: $0.name, sha256: $0.file.sha256, origin: $0.file.origin)
        }
        result.findings = Self.shown(boot.findings)
        result.domains = Dictionary(boot.names.map { ($0.value, $0.key) }, uniquingKeysWith: { first, _ in first })
    }

    private static func shown(_ findings: [PreparedBoot.Simulated]) -> [RunResult.SimulatedFinding] {
        findings.map { .init(rule: $0.rule, severity: $0.severity, message: $0.message, place: $0.place) }
    }

    /// Text cannot be expected of a domain that the boot does not have.
    private func checkNames(_ boot: PreparedBoot) throws(PreparationError) {
        guard boot.isHandedOff, !boot.findings.contains(where: { $0.severity == "error" }) else { return }
        let own = ["firmware", "xen"]
        let named = scenario.expectations.map(\.domain) + scenario.steps.compactMap(\.domain)
        guard let name = named.first(where: { !own.contains($0) && !boot.names.values.contains($0) }) else { return }
        let known = boot.names.sorted { $0.key < $1.key }.map(\.value).joined(separator: ", ")
        throw PreparationError(
            kind: .usage, message: "\(scenario.path): the boot has no domain '\(name)', only \(known)")
    }

    private func letGo(_ machine: any ConsoleMachine, _ boot: PreparedBoot, _ folder: RunFolder) throws {
        let logs = try RunLogs(folder: folder.path)
        result.commandLine = shellLine(machine.commandLine)
        try folder.write(commandLine: result.commandLine)
        if options.attaches {
            input = try TerminalInput(
                loop, typed: { [weak self] in self?.run?.type($0) }, ended: { [weak self] in self?.leave() })
        }
        run = BootRun(
            scenario, boot, machine, on: loop, logs: logs, isHeld: input?.isTerminal == true, listener: listener
        ) { [weak self] in self?.isOver = true }
    }

    /// The person at the serial line has gone.
    private func leave() {
        if input?.isTerminal == true { stop() }
        input = nil
    }

    // MARK: End

    private func conclude(_ run: BootRun, _ boot: PreparedBoot) {
        result.emulator = run.machine?.version
        result.phases.merge(run.phases) { $1 }
        result.retypedCount = run.retypedCount
        result.checks = run.judge.domains.flatMap { domain in
            domain.seen.map {
                RunResult.Check(
                    domain: domain.name, text: $0.text, isSeen: true, line: $0.line, seconds: $0.seconds,
                    guestSeconds: $0.guestSeconds)
            }
                + domain.missing.map {
                    RunResult.Check(
                        domain: domain.name, text: $0.text, isSeen: false, earlyLine: domain.early[$0.text])
                }
        }
        switch run.outcome {
        case .passed: result.status = .passed
        case .stopped: result.status = .interrupted
        case .failed(let limit): explain(limit, run, boot)
        case nil: break
        }
        if let problem = run.logs.problem { fail(problem) }
    }

    /// Says why a boot failed.
    private func explain(_ limit: HitLimit?, _ run: BootRun, _ boot: PreparedBoot) {
        let damaged = boot.files.compactMap { DamagedFile.finding($0.name, $0.file) }
        result.findings = Self.shown(damaged) + result.findings
        let report = FailureReport(
            judge: run.judge, findings: damaged + boot.findings, phase: run.phase, limit: limit, ending: run.ending)
        let failure = report.failure()
        result.failure = failure
        result.status = failure.kind.isError ? .error : .failed
    }

    private func crossCheck(_ isInterrupted: () -> Bool) throws {
        let check: CrossCheckResult
        do {
            check = try CrossCheck(
                scenario: scenario, provider: provider, folder: path, loop: loop,
                accelerator: options.accelerator
            ).run(isInterrupted)
        } catch let error as PreparationError {
            throw PreparationError(kind: error.kind, message: "cross-check: \(error.message)")
        } catch {
            throw PreparationError(kind: .harness, message: "cross-check: \(error)")
        }
        result.crossCheck = check
        guard let first = check.differences.first else { return }
        result.status = .failed
        result.failure = Self.failure(.harness, "simulation and reality differ: \(first)")
        result.failure?.phase = "cross-check"
        result.failure?.evidence = check.differences
    }
}
