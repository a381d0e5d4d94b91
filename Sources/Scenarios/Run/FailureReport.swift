/// Makes the report of a failure: the earliest cause wins over the last line.
struct FailureReport {
    private static let evidenceLimit = 12

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
            limit: limit, evidence: evidence(first.line))
    }

    private func report(_ finding: PreparedBoot.Simulated, _ symptom: Judge.Symptom?) -> RunResult.Failure {
        let line = symptom?.line ?? judge.lastLine
        return RunResult.Failure(
            kind: .script, phase: phase,
            domain: symptom.flatMap { domain($0.line.source, judge.name(of: $0.line.source)) },
            cause: "\(finding.message) [\(finding.rule)]", places: finding.place.map { [$0] } ?? [],
            consequence: symptom?.summary ?? limit ?? ending?.text, consequencePlace: symptom.map { place($0.line) },
            limit: limit, evidence: line.map { evidence($0) } ?? [])
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
            evidence: judge.lastLine.map { evidence($0) } ?? [])
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

    /// The lines before and behind, of the same writer.
    private func evidence(_ line: LogLine) -> [String] {
        let name = judge.name(of: line.source)
        var lines = judge.recent[line.source] ?? []
        if !lines.contains(line) { lines.insert(line, at: 0) }
        let index = lines.firstIndex(of: line) ?? 0
        let start = max(0, index - 5)
        return lines[start..<min(lines.count, start + Self.evidenceLimit)].map { "\(name):\($0.number): \($0.text)" }
    }
}
