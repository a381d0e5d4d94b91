/// Follows the texts of a boot until its verdict is certain.
struct Judge {
    /// A line that tells of a failure.
    struct Symptom {
        var line: LogLine
        var kind: FailureKind
        var isFatal: Bool
        var summary: String
        /// Lines of the same writer: some before it, itself, some behind it.
        var evidence: [LogLine] = []
        /// Whether a file could not be loaded, which the summary names.
        var isLoad = false

        /// Whether it comes of any panic, so that it says nothing.
        var isRoutine: Bool { summary.hasPrefix("Reboot in ") || summary.hasPrefix("---[ end Kernel panic") }
    }

    /// Why a run is over.
    enum Outcome {
        case passed
        /// What was hit, such as `silence`, in words; nil where a text or the emulator's end decides.
        case failed(limit: HitLimit?)
        /// Someone ended it before anything was certain.
        case stopped
    }

    /// So many lines before the one that tells of a failure are shown, and so many in all.
    private static let linesBefore = 5
    private static let linesInAll = 12
    private static let symptomLimit = 64

    let names: [Int: String]
    private let release: String?
    private let expectedFailures: Set<String>?
    private(set) var domains: [DomainProgress]
    private(set) var symptoms: [Symptom] = []
    private(set) var recent: [SerialSource: [LogLine]] = [:]
    /// The numbers of domains whose kernels have set up their interrupt controllers.
    private(set) var reachedInterrupts: Set<Int> = []
    /// The last line of all.
    private(set) var lastLine: LogLine?
    /// The file that U-Boot loads.
    private var loading: String?
    /// Whether texts of U-Boot count: from the line on that starts the boot.
    var hasStarted = false
    /// Whether a line that announces its reason on the next one came.
    private var awaitsReason = false

    init(_ scenario: Scenario, names: [Int: String], expectedFailures: Set<String>?) {
        self.names = names
        self.expectedFailures = expectedFailures
        release = scenario.hypervisorRelease
        domains = scenario.expectations.map { DomainProgress(name: $0.domain, $0.list) }
    }

    /// The name of a writer.
    func name(of source: SerialSource) -> String {
        if case .domain(let number) = source { names[number] ?? "dom\(number)" } else { "\(source)" }
    }

    var isComplete: Bool { domains.allSatisfy(\.isComplete) }
    var fatal: Symptom? { symptoms.first { $0.isFatal } }

    /// Whether the reason of the fatal line is still to come.
    var isWaitingForReason: Bool { awaitsReason }

    /// Takes a line.
    mutating func take(_ line: LogLine) {
        lastLine = line
        recent[line.source, default: []].append(line)
        if recent[line.source]?.count ?? 0 > Self.linesBefore + 1 { recent[line.source]?.removeFirst() }
        for index in symptoms.indices
        where symptoms[index].line.source == line.source && symptoms[index].evidence.count < Self.linesInAll {
            symptoms[index].evidence.append(line)
        }
        let name = name(of: line.source)
        let isReason = awaitsReason && line.source == .hypervisor && noteReason(line)
        for index in domains.indices where domains[index].name == name {
            if let pattern = domains[index].take(line) {
                note(line, kind(of: line.source), isFatal: true, "\(name) wrote what it must not: \(pattern)")
            }
        }
        if line.source == .firmware { noteLoad(line) }
        if line.source == .hypervisor {
            noteRelease(line)
            noteInterrupts(line)
        }
        // Before the boot begins, U-Boot tells of what it has not got; that it breaks down counts at once.
        guard !isReason, let pattern = FailurePattern.find(in: line),
            hasStarted || line.source != .firmware || pattern.kind == .firmware
        else { return }
        noteSymptom(line, pattern, name)
    }

    /// Takes what stands on a line that has no end; true if it was expected.
    mutating func takeRest(_ line: LogLine) -> Bool {
        let name = name(of: line.source)
        guard let index = domains.firstIndex(where: { $0.name == name }) else { return false }
        return domains[index].takeRest(line)
    }

    private mutating func noteSymptom(_ line: LogLine, _ pattern: FailurePattern, _ name: String) {
        let text = Self.withoutTime(line.text)
        var isFatal = pattern.weight == .fatal
        if case .domain = line.source, text.hasPrefix("reboot: ") {
            // Whoever has done all that was expected may stop.
            guard let domain = domains.first(where: { $0.name == name }), !domain.isComplete else { return }
        }
        var summary = text
        if line.source == .firmware, let file = loading, Self.isLoadError(text) {
            if let expectedFailures, expectedFailures.contains(file) { return }
            if text.contains("File not found") || text.contains("Access violation") {
                summary = "the TFTP server has no file \"\(file)\""
            } else {
                summary = "\"\(file)\" could not be loaded: \(text)"
            }
            isFatal = true
        }
        if line.source == .firmware, text.hasPrefix("resetting ...") { summary = "U-Boot resets the board" }
        if text.hasPrefix("U-Boot 20") { summary = "the board was reset: U-Boot starts again" }
        if text.hasPrefix("Panic on CPU") { awaitsReason = true }
        note(line, pattern.kind, isFatal: isFatal, summary)
        if summary != text, line.source == .firmware, Self.isLoadError(text), !symptoms.isEmpty {
            symptoms[symptoms.count - 1].isLoad = true
        }
    }

    private mutating func note(_ line: LogLine, _ kind: FailureKind, isFatal: Bool, _ summary: String) {
        guard symptoms.count < Self.symptomLimit else { return }
        symptoms.append(
            Symptom(
                line: line, kind: kind, isFatal: isFatal, summary: summary, evidence: recent[line.source] ?? [line]))
    }

    /// The line behind `Panic on CPU` is what Xen has to say.
    private mutating func noteReason(_ line: LogLine) -> Bool {
        let text = line.text
        guard !text.isEmpty, !text.allSatisfy({ $0 == "*" }) else { return false }
        awaitsReason = false
        if let index = symptoms.lastIndex(where: { $0.summary.hasPrefix("Panic on CPU") }) {
            symptoms[index].summary = "Xen panics: \(text)"
            symptoms[index].line = line
        }
        return true
    }

    /// Another release than the scenario's would be judged by the wrong expectations.
    private mutating func noteRelease(_ line: LogLine) {
        let words = line.text.split(separator: " ")
        guard let release, words.count > 2, words[0] == "Xen", words[1] == "version", words[2] != release,
            !words[2].hasPrefix(release + ".")
        else { return }
        note(line, .artifact, isFatal: true, "the scenario's target is Xen \(release), but this is Xen \(words[2])")
    }

    /// Such as `d1v0: vGICD: unhandled word write 0x000000ffffffff to ICACTIVER4`, which every Linux causes.
    private mutating func noteInterrupts(_ line: LogLine) {
        let text = line.text
        guard text.hasPrefix("d"), text.contains(": vGIC"), text.contains("ICACTIVER"),
            let number = Int(text.dropFirst().prefix { $0.isNumber })
        else { return }
        reachedInterrupts.insert(number)
    }

    private mutating func noteLoad(_ line: LogLine) {
        let text = line.text
        if text.hasPrefix("Filename '") { loading = String(text.dropFirst(10).prefix { $0 != "'" }) }
    }

    private static func isLoadError(_ text: String) -> Bool {
        text.contains("TFTP error") || text.contains("TFTP server died") || text.contains("Retry count exceeded")
    }

    private func kind(of source: SerialSource) -> FailureKind {
        switch source {
        case .firmware: .firmware
        case .hypervisor: .hypervisor
        case .domain: .guest
        }
    }

    static func withoutTime(_ text: String) -> String {
        guard LineAssembler.kernelTime(Array(text.utf8)) != nil, let end = text.firstIndex(of: "]") else { return text }
        return String(text[text.index(after: end)...].drop { $0 == " " })
    }
}
