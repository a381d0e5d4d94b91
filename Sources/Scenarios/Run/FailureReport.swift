/// Makes the report of a failure: the earliest cause wins over the last line.
struct FailureReport {
    private static let console = "XEN-CONSOLE"

    let judge: Judge
    let findings: [PreparedBoot.Simulated]
    /// How far the boot was.
    let phase: String
    /// What was hit; nil where a text decides.
    let limit: HitLimit?
    /// What became of the emulator, where that decides.
    let ending: (text: String, kind: FailureKind)?

    func failure() -> RunResult.Failure {
        let first = judge.symptoms.first
        let last = judge.symptoms.last { $0.isFatal && !$0.isRoutine } ?? judge.symptoms.last { !$0.isRoutine }
        // Whoever is heard has a console; of silence a missing one is the first cause.
        let errors = findings.filter { $0.severity == "error" }
        let consoles = judge.recent[.hypervisor] == nil ? errors.filter { $0.rule == Self.console } : []
        let findings = consoles + errors.filter { $0.rule != Self.console }
        if ending?.kind == .harness, judge.fatal == nil { return reportNothing() }
        if let first, first.line.source == .firmware {
            // U-Boot's own words say what, the simulation also where in the script.
            let finding = findings.first { $0.rule.hasPrefix("UB-") }
            guard let finding, !first.isLoad else { return report(first, last) }
            var failure = report(finding, first, last.flatMap { $0.line == first.line ? nil : $0 })
            failure.cause = "\(first.summary); \(failure.cause)"
            failure.places.append(place(first.line))
            return failure
        }
        guard let first else { return findings.first.map { report($0, nil, nil) } ?? reportNothing() }
        if let finding = findings.first(where: {
            KnownReason.explains($0, first, of: judge.name(of: first.line.source))
        }) {
            return report(finding, first, first)
        }
        return report(first, first.isFatal || limit == nil ? last : nil)
    }

    private func report(_ first: Judge.Symptom, _ last: Judge.Symptom?) -> RunResult.Failure {
        let name = judge.name(of: first.line.source)
        var places = [place(first.line)]
        if let finding = related(to: first), let place = finding.place { places.insert(place, at: 0) }
        let after = last.flatMap { $0.line == first.line ? nil : $0 }
        return RunResult.Failure(
            kind: first.kind, phase: phase, domain: domain(first.line.source, name), cause: first.summary,
            places: places, consequence: after?.summary ?? limit?.text ?? ending?.text,
            consequencePlace: after.map { place($0.line) },
            limit: limit?.text, evidence: evidence(first))
    }

    private func report(
        _ finding: PreparedBoot.Simulated, _ symptom: Judge.Symptom?, _ last: Judge.Symptom?
    ) -> RunResult.Failure {
        RunResult.Failure(
            kind: .script, phase: phase,
            domain: symptom.flatMap { domain($0.line.source, judge.name(of: $0.line.source)) },
            cause: "\(finding.message) [\(finding.rule)]", places: finding.place.map { [$0] } ?? [],
            consequence: last?.summary ?? limit?.text ?? ending?.text,
            consequencePlace: last.map { place($0.line) },
            limit: limit?.text, evidence: symptom.map { evidence($0) } ?? lastLines)
    }

    private func reportNothing() -> RunResult.Failure {
        let open = limit?.source.map(judge.name) ?? judge.domains.first { !$0.isComplete }?.name
        let kind: FailureKind =
            switch phase {
            case "firmware", "script": .firmware
            case "hypervisor": .hypervisor
            default: .guest
            }
        let actual = ending?.kind ?? kind
        return RunResult.Failure(
            kind: actual, phase: phase, domain: actual == .guest ? open : nil,
            cause: ending?.text ?? limit?.text ?? "no reason was seen",
            places: lastLine.map { [place($0)] } ?? [], consequence: nil, consequencePlace: nil, limit: limit?.text,
            evidence: lastLines)
    }

    private func domain(_ source: SerialSource, _ name: String) -> String? {
        if case .domain = source { name } else { nil }
    }

    /// The simulation's finding about the same file.
    private func related(to symptom: Judge.Symptom) -> PreparedBoot.Simulated? {
        guard symptom.line.source == .firmware else { return nil }
        let words = symptom.summary.split(separator: "\"")
        guard words.count > 1 else { return nil }
        return findings.first { $0.message.contains(words[1]) }
    }

    /// The file and line of a log line.
    private func place(_ line: LogLine) -> String { "\(judge.name(of: line.source)).log:\(line.number)" }

    private func evidence(_ symptom: Judge.Symptom) -> [String] { shown(symptom.evidence) }

    /// The last line of whoever the limit is about, or of all; of a domain that wrote nothing there is none.
    private var lastLine: LogLine? {
        if let source = limit?.source, case .domain = source { return judge.recent[source]?.last }
        return judge.lastLine
    }

    private var lastLines: [String] { lastLine.map { shown(judge.recent[$0.source] ?? [$0]) } ?? [] }

    private func shown(_ lines: [LogLine]) -> [String] {
        lines.map { "\(judge.name(of: $0.source)):\($0.number): \($0.text)" }
    }
}
