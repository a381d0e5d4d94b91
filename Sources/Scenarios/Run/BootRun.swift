internal import Emulation

/// One boot of a scenario under QEMU, from the start of the emulator to the verdict.
final class BootRun {
    /// Seconds in which a failure may still show what comes of it.
    private static let graceSeconds = 0.5
    private static let tick = Duration.milliseconds(100)

    let scenario: Scenario
    let boot: PreparedBoot
    private let loop: EventLoop
    let logs: RunLogs
    private let finished: () -> Void
    private let listener: RunListener
    /// Whether the machine runs on after the verdict, however long it takes.
    private let isHeld: Bool
    private(set) var machine: (any ConsoleMachine)?
    private var splitter: SerialSplitter
    private var assemblers: [SerialSource: LineAssembler] = [:]
    private(set) var judge: Judge
    private var driver: PromptDriver
    private(set) var typist: DomainTypist
    private let start: Instant
    private(set) var lastText: Double = 0
    private(set) var lastBytes: [SerialSource: Double] = [:]
    /// What each wrote since something came that was awaited.
    private(set) var written: [SerialSource: Int] = [:]
    private var decided: Double?
    private var shutdown: String?
    private var isStopped = false
    private(set) var outcome: Judge.Outcome?
    /// What decided, where no text did, and whose fault that is.
    private(set) var ending: (text: String, kind: FailureKind)?
    private(set) var phases: [String: Double] = [:]

    /// Lets a machine go that has been started for this boot and whose loop has not turned since.
    init(
        _ scenario: Scenario, _ boot: PreparedBoot, _ machine: any ConsoleMachine, on loop: EventLoop, logs: RunLogs,
        isHeld: Bool, listener: RunListener, finished: @escaping () -> Void
    ) {
        self.scenario = scenario
        self.boot = boot
        self.loop = loop
        self.logs = logs
        self.isHeld = isHeld
        self.listener = listener
        self.finished = finished
        splitter = SerialSplitter(boot.payload)
        judge = Judge(scenario, names: boot.names, expectedFailures: boot.expectedFailures)
        driver = PromptDriver(boot.lines)
        typist = DomainTypist(scenario, names: boot.names)
        start = .now
        self.machine = machine
        machine.handler = { [weak self] in self?.handle($0) }
        machine.resume { [weak self] _ in
            guard let self else { return }
            phases["emulator"] = seconds
            tell(.phase("firmware", seconds))
        }
        loop.after(Self.tick) { [weak self] in self?.look() }
    }

    var retypedCount: Int { driver.retypedCount }
    private func tell(_ event: RunEvent) { listener.happened(scenario.name, event) }
    private var seconds: Double { Instant.now.seconds(since: start) }

    /// How far the boot is.
    var phase: String {
        if splitter.isInFirmware { return judge.hasStarted ? "script" : "firmware" }
        if case .xen = boot.payload, !splitter.hasStartedDomains { return "hypervisor" }
        return "domains"
    }

    /// Stops the run, without a verdict if there is none yet.
    func stop() {
        isStopped = true
        machine?.quit()
    }

    /// Types what a person types.
    func type(_ bytes: [UInt8]) { machine?.type(bytes) }

    // MARK: Events

    private func handle(_ event: Emulator.Event) {
        switch event {
        case .serial(let bytes): take(bytes)
        case .monitor(let event): note(event)
        case .monitorFailed(let error): decide(.failed(limit: nil), "\(error)")
        case .ended(let status, let message): end(status, message)
        }
    }

    private func take(_ bytes: [UInt8]) {
        logs.keep(bytes)
        listener.heard(scenario.name, bytes)
        lastText = seconds
        let wasInFirmware = splitter.isInFirmware
        let offset = logs.byteCount - bytes.count
        for piece in splitter.split(bytes) { take(piece, offset) }
        if wasInFirmware, !splitter.isInFirmware { enter("hypervisor") }
        judgeNow()
    }

    private func take(_ piece: SerialSplitter.Piece, _ offset: Int) {
        lastBytes[piece.source] = lastText
        written[piece.source, default: 0] += piece.bytes.count
        if outcome == nil, !isHeld, let limit = textLimit(of: piece.source) { decide(.failed(limit: limit), nil) }
        var assembler = assemblers[piece.source] ?? LineAssembler(source: piece.source)
        let lines = assembler.add(piece.bytes, offset: offset, seconds: lastText)
        assemblers[piece.source] = assembler
        for line in lines { take(line) }
        guard piece.source == .firmware else { return }
        let typed = driver.take(piece.bytes)
        if driver.isDone, !judge.hasStarted {
            judge.hasStarted = true
            machine?.collectText()
            enter("script")
        }
        if !typed.isEmpty { machine?.type(typed) }
    }

    private func take(_ line: LogLine) {
        let name = judge.name(of: line.source)
        logs.add(line, name: name)
        listener.wrote(scenario.name, name, line)
        let before = judge.domains.map(\.seen.count)
        judge.take(line)
        if judge.domains.map(\.seen.count) != before { written = [:] }
        for (domain, count) in zip(judge.domains, before) {
            for seen in domain.seen[count...] { tell(.seen(domain: domain.name, text: seen.text, seconds)) }
        }
        if line.source == .hypervisor, line.text.contains("*** Serial input to") {
            typist.noteSwitch()
            if phases["domains"] == nil { enter("domains") }
        }
        typist.take(line.bytes, of: name, hasEnd: true, at: line.seconds)
    }

    private func typeAtDomains() {
        guard !typist.isDone else { return }
        let text = typist.next(focus: splitter.focus, hasHypervisor: boot.payload != .linux, at: seconds)
        for (index, start) in stride(from: 0, to: text.count, by: DomainTypist.pieceSize).enumerated() {
            let piece = Array(text[start..<min(text.count, start + DomainTypist.pieceSize)])
            loop.after(.seconds(Double(index) * DomainTypist.piecePause)) { [weak self] in self?.machine?.type(piece) }
        }
        if let failure = typist.failure { decide(.failed(limit: nil), failure, .guest) }
    }

    private func note(_ event: QMPEvent) {
        switch event.name {
        case "SHUTDOWN": shutdown = event.data["reason"]?.text
        case "STOP" where outcome == nil && shutdown == nil:
            decide(.failed(limit: nil), "the emulator stopped the machine on an internal error")
        case "GUEST_PANICKED": decide(.failed(limit: nil), "the machine reports a panic of its kernel", .guest)
        default: break
        }
    }

    private func enter(_ name: String) {
        written = [:]
        phases[name] = seconds
        tell(.phase(name, seconds))
    }

    // MARK: Verdict

    private func judgeNow() {
        guard outcome == nil else { return }
        if judge.fatal != nil {
            if decided == nil { decided = seconds }
            // A second fatal line is what came of the first one.
            let fatal = judge.symptoms.filter(\.isFatal)
            if fatal.count > 1, !judge.isWaitingForReason { decide(.failed(limit: nil), nil) }
            return
        }
        if judge.isComplete, typist.isDone { return decide(.passed, nil) }
        if let line = driver.failedLine {
            return decide(.failed(limit: nil), "U-Boot's console damages what is typed: \(line)", .firmware)
        }
        if driver.isBack {
            decide(.failed(limit: nil), "U-Boot came back to its prompt instead of starting anything", .script)
        }
    }

    /// What only time tells.
    private func look() {
        guard outcome == nil else { return }
        loop.after(Self.tick) { [weak self] in self?.look() }
        logs.flush()
        let now = seconds
        if let decided, now - decided > Self.graceSeconds { return decide(.failed(limit: nil), nil) }
        if now - lastText > 0.15 { settle() }
        typeAtDomains()
        guard outcome == nil, decided == nil, !isHeld, machine?.isLive == true, let limit = limit(now) else { return }
        let reason = "the emulator was stopped by a signal and did not go on"
        decide(.failed(limit: limit), machine?.isStopped == true ? reason : nil)
    }

    /// Looks at lines without an end, such as prompts.
    private func settle() {
        for piece in splitter.settle() { take(piece, logs.byteCount) }
        for (source, assembler) in assemblers where !assembler.rest.isEmpty {
            let line = LogLine(
                source: source, number: assembler.count + 1, bytes: assembler.rest, offset: logs.byteCount,
                seconds: lastText)
            if judge.takeRest(line) { tell(.seen(domain: judge.name(of: source), text: line.text, seconds)) }
            if case .domain = source {
                let time = lastBytes[source] ?? lastText
                typist.take(line.bytes, of: judge.name(of: source), hasEnd: false, at: time)
            }
        }
        if seconds - lastText > 2 {
            let typed = driver.noteSilence()
            if !typed.isEmpty { machine?.type(typed) }
        }
        judgeNow()
    }

    private func decide(_ outcome: Judge.Outcome, _ reason: String?, _ kind: FailureKind = .harness) {
        guard self.outcome == nil else { return }
        self.outcome = outcome
        if let reason { ending = ending ?? (reason, kind) }
        phases["verdict"] = seconds
        if !isHeld { machine?.quit() }
    }

    private func end(_ status: ProcessEnding, _ message: String) {
        for piece in splitter.finish() { take(piece, logs.byteCount) }
        for source in assemblers.keys {
            if let line = assemblers[source]?.finish(seconds: seconds) { take(line) }
        }
        if outcome == nil {
            if judge.isComplete, judge.fatal == nil {
                outcome = .passed
            } else if isStopped {
                outcome = .stopped
            } else {
                outcome = .failed(limit: nil)
                ending = words(status, message)
            }
            phases["verdict"] = seconds
        }
        phases["end"] = seconds
        logs.flush()
        finished()
    }

    private func words(_ status: ProcessEnding, _ message: String) -> (text: String, kind: FailureKind) {
        let kind: FailureKind =
            switch phase {
            case "firmware", "script": .firmware
            case "hypervisor": .hypervisor
            default: .guest
            }
        if machine?.isLive == false { return ("the log ends here", kind) }
        switch shutdown {
        case "guest-reset": return ("the machine was reset", kind)
        case "guest-shutdown": return ("the machine was switched off", kind)
        case "guest-panic": return ("the machine reports a panic of its kernel", .guest)
        default: break
        }
        let first = message.split(separator: "\n").first.map { ": \($0)" } ?? ""
        switch status {
        case .signal(let number): return ("the emulator was killed by signal \(number)" + first, .harness)
        case .code(let code): return ("the emulator ended with exit code \(code)" + first, .harness)
        }
    }
}
