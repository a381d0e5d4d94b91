public import Emulation
internal import FoundationEssentials
internal import Glibc

/// Runs scenarios one after the other, each in a folder of its own.
public final class ScenarioRunner {
    private let provider: ArtifactProvider
    private let folder: String
    private let loop = EventLoop()
    private var current: BootRun?
    private var signals: SignalPipe?
    /// Whether someone asked for an end.
    public private(set) var isInterrupted = false
    /// Whether the hand-off is compared with the simulation.
    public var crossChecks = false
    /// Whether the served files stay after a boot that passed.
    public var keepsFiles = false
    /// Is told what happens.
    public var told: (RunEvent) -> Void = { _ in }

    /// The process of the emulator that runs; nil for none.
    var emulatorIdentifier: Int32? { current?.emulator?.identifier }

    /// A runner that writes below a folder.
    public init(provider: ArtifactProvider, folder: String) {
        self.provider = provider
        self.folder = folder
    }

    /// Stops what runs when the user asks for it: the first signal ends the run, the second one ibtest.
    public func catchSignals() throws(SignalError) {
        signals = try SignalPipe(loop) { [weak self] in
            guard let self else { return }
            if isInterrupted { _exit(130) }
            isInterrupted = true
            current?.interrupt()
        }
    }

    /// The words that QEMU would be started with for a person at a terminal, its name first.
    public func commandLine(of scenario: Scenario) -> Result<[String], RunFault> {
        let target = "\(folder)/\(scenario.name)"
        do throws(PreparationError) {
            let boot = try BootPreparation(scenario: scenario, provider: provider, served: "\(target)/files").prepare()
            return .success([boot.machine.emulator] + boot.machine.arguments(.terminal) + ["#"] + boot.lines)
        } catch {
            return .failure(RunFault(kind: error.kind, description: error.message))
        }
    }

    /// Boots a scenario and judges it; the result is written into its folder, too.
    public func run(_ scenario: Scenario) throws(ArtifactError) -> RunResult {
        let start = Instant.now
        let used = OwnUsage.processorSeconds
        let target = "\(folder)/\(scenario.name)"
        Folders.remove(target)
        try Folders.make(target)
        var result = RunResult(scenario: scenario.name, status: .error, seconds: 0, folder: target)
        let served = "\(Self.absolute(target))/files"
        do {
            let preparation = BootPreparation(scenario: scenario, provider: provider, served: served)
            // QEMU gets ready, paused, while the files are placed and the config is built and simulated.
            let machine = preparation.machineAtOnce()
            let early = try machine.map { try Emulator($0, on: loop) { _ in } }
            let boot = try preparation.prepare()
            let emulator: Emulator
            if let early, machine == boot.machine {
                emulator = early
            } else {
                emulator = try Emulator(boot.machine, on: loop) { _ in }
            }
            result.phases["preparation"] = Instant.now.seconds(since: start)
            try run(scenario, boot, emulator, target, &result)
            if crossChecks, scenario.canCrossCheck, result.status == .passed {
                try crossCheck(scenario, target, &result)
            }
        } catch let error as PreparationError {
            result.failure = Self.failure(error.kind, error.message)
        } catch let error as SystemError {
            let advice = error.isMissing ? ": install the package \(VirtualMachine.package)" : ""
            result.failure = Self.failure(.harness, error.description + advice)
        } catch {
            result.failure = Self.failure(.harness, "\(error)")
        }
        if isInterrupted { result.status = .interrupted }
        result.seconds = Instant.now.seconds(since: start)
        result.processorSeconds = OwnUsage.processorSeconds - used
        result.residentByteCount = OwnUsage.largestByteCount
        try write(result, target)
        if result.status == .passed, !keepsFiles { Folders.remove(served) }
        return result
    }

    private func run(
        _ scenario: Scenario, _ boot: PreparedBoot, _ emulator: Emulator, _ target: String, _ result: inout RunResult
    ) throws {
        result.files = boot.files.map { .init(name: $0.name, sha256: $0.file.sha256, origin: $0.file.origin) }
        result.findings = boot.findings.map {
            .init(rule: $0.rule, severity: $0.severity, message: $0.message, place: $0.place)
        }
        result.domains = Dictionary(boot.names.map { ($0.value, $0.key) }, uniquingKeysWith: { first, _ in first })
        let unknown = scenario.expectations.map(\.domain).filter { name in
            !["firmware", "xen"].contains(name) && !boot.names.values.contains(name)
        }
        if let name = unknown.first, boot.isHandedOff, !boot.findings.contains(where: { $0.severity == "error" }) {
            throw PreparationError(
                kind: .usage,
                message: "\(scenario.path): the boot has no domain '\(name)', only "
                    + boot.names.sorted { $0.key < $1.key }.map(\.value).joined(separator: ", "))
        }
        let logs = try RunLogs(folder: target)
        var isDone = false
        let run = BootRun(scenario, boot, emulator, on: loop, logs: logs, told: told) { _ in isDone = true }
        current = run
        result.commandLine = shellLine(run.emulator?.commandLine ?? [])
        try Folders.replace("\(target)/command.txt", Array((result.commandLine + "\n").utf8))
        loop.run { !isDone }
        current = nil
        conclude(run, boot, &result)
    }

    private func conclude(_ run: BootRun, _ boot: PreparedBoot, _ result: inout RunResult) {
        result.emulator = run.emulator?.version
        result.phases.merge(run.phases) { $1 }
        result.retypedCount = run.retypedCount
        result.checks = run.judge.domains.flatMap { domain in
            domain.seen.map {
                RunResult.Check(
                    domain: domain.name, text: $0.text, isSeen: true, line: $0.line, seconds: $0.seconds,
                    guestSeconds: $0.guestSeconds)
            } + domain.missing.map { RunResult.Check(domain: domain.name, text: $0.text, isSeen: false) }
        }
        guard case .failed(let limit) = run.outcome else {
            result.status = .passed
            return
        }
        let report = FailureReport(
            judge: run.judge, findings: boot.findings, phase: run.phase, limit: limit, ending: run.ending)
        let failure = report.failure()
        result.failure = failure
        result.status = failure.kind.isError ? .error : .failed
    }

    private func crossCheck(_ scenario: Scenario, _ target: String, _ result: inout RunResult) throws {
        let check: CrossCheckResult
        do {
            check = try CrossCheck(scenario: scenario, provider: provider, folder: Self.absolute(target), loop: loop)
                .run()
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

    private func write(_ result: RunResult, _ target: String) throws(ArtifactError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(result) else { preconditionFailure("a result is no JSON") }
        try Folders.replace("\(target)/result.json", Array(data) + [0x0a])
    }

    private static func failure(_ kind: FailureKind, _ message: String) -> RunResult.Failure {
        RunResult.Failure(
            kind: kind, phase: "preparation", domain: nil, cause: message, places: [], consequence: nil,
            consequencePlace: nil, limit: nil, evidence: [])
    }

    private static func absolute(_ path: String) -> String {
        guard let pointer = unsafe realpath(path, nil) else { return path }
        defer { unsafe free(pointer) }
        return unsafe String(cString: pointer)
    }
}

/// Why a scenario cannot be started.
public struct RunFault: Error, Sendable, Equatable, CustomStringConvertible {
    /// Whose fault it is.
    public var kind: FailureKind
    /// The sentence.
    public var description: String
}
