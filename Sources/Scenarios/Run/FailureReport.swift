/// Makes the report of a failure: the earliest cause wins over the last line.
struct FailureReport {
    let judge: Judge
    let findings: [PreparedBoot.Simulated]
    /// How far the boot was.
    let phase: String
    /// What was hit; nil where a text decides.
    let limit: String?
    /// What became of the emulator, where that decides.
    let ending: (text: String, kind: FailureKind)?

    func failure() -> RunResult.Failure {
        let first = judge.symptoms.first
        let last = judge.symptoms.last { $0.isFatal } ?? judge.symptoms.last
        if let first, first.line.source == .firmware { return report(first, last) }
        if let finding = findings.first(where: { $0.severity == "error" }) { return report(finding, first ?? last) }
        if let first, first.isFatal || limit == nil { return report(first, last) }
        if let first { return report(first, nil) }
        return reportNothing()
    }

    private func report(_ first: Judge.Symptom, _ last: Judge.Symptom?) -> RunResult.Failure {
        let name = judge.name(of: first.line.source)
        var places = [place(first.line)]
        if let finding = related(to: first), let place = finding.place { places.insert(place, at: 0) }
        let after = last.flatMap { $0.line == first.line ? nil : $0 }
        return RunResult.Failure(
            kind: first.kind, phase: phase, domain: domain(first.line.source, name), cause: first.summary,
            places: places, consequence: after?.summary ?? limit ?? ending?.text,
            consequencePlace: after.map { place($0.line) },
            limit: limit, evidence: evidence(first))
    }

    private func report(_ finding: PreparedBoot.Simulated, _ symptom: Judge.Symptom?) -> RunResult.Failure {
        RunResult.Failure(
            kind: .script, phase: phase,
            domain: symptom.flatMap { domain($0.line.source, judge.name(of: $0.line.source)) },
            cause: "\(finding.message) [\(finding.rule)]", places: finding.place.map { [$0] } ?? [],
            consequence: symptom?.summary ?? limit ?? ending?.text, consequencePlace: symptom.map { place($0.line) },
            limit: limit, evidence: symptom.map { evidence($0) } ?? lastLines)
    }

    private func reportNothing() -> RunResult.Failure {
        let open = judge.domains.first { !$0.isComplete }?.name
        let kind: FailureKind =
            switch phase {
            case "firmware", "script": .firmware
            case "hypervisor": .hypervisor
            default: .guest
            }
        let actual = ending?.kind ?? kind
        return RunResult.Failure(
            kind: actual, phase: phase, domain: actual == .guest ? open : nil,
            cause: ending?.text ?? limit ?? "unknown",
            places: judge.lastLine.map { [place($0)] } ?? [], consequence: nil, consequencePlace: nil, limit: limit,
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

    /// The last lines of whoever wrote last.
    private var lastLines: [String] { judge.lastLine.map { shown(judge.recent[$0.source] ?? [$0]) } ?? [] }

    private func shown(_ lines: [LogLine]) -> [String] {
        lines.map { "\(judge.name(of: $0.source)):\($0.number): \($0.text)" }
    }
}
