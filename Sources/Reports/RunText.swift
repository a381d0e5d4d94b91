public import Scenarios

/// The verdict on a scenario, for people.
public struct RunText {
    private let style: TextStyle

    /// Text of some style.
    public init(style: TextStyle) {
        self.style = style
    }

    /// One line for a boot that passed, the report of the first cause for others.
    public func text(_ result: RunResult) -> String {
        let word =
            switch result.status {
            case .passed: style.paint("PASS", .good)
            case .failed: style.paint("FAIL", .error)
            case .error: style.paint("ERROR", .error)
            case .interrupted: style.paint("STOPPED", .warning)
            }
        var head = "\(word)  \(result.scenario.printable)  [\(Self.seconds(result.seconds))]"
        var lines: [String] = []
        if let failure = result.failure, result.status != .interrupted {
            head += "  phase \(failure.phase)" + (failure.domain.map { ", \($0.printable)" } ?? "")
            lines = self.lines(failure, result)
        } else if let check = result.crossCheck {
            head += "  cross-check: \(check.byteCount) bytes, \(check.differences.count) differences"
            lines += check.differences.map { "  differs      \($0.printable)" }
        }
        return ([head] + lines).joined(separator: "\n") + "\n"
    }

    private func lines(_ failure: RunResult.Failure, _ result: RunResult) -> [String] {
        let causes = failure.cause.split(separator: "\n")
        var lines = ["  cause        " + Self.placed(String(causes.first ?? ""), failure.places)]
        for cause in causes.dropFirst() { lines.append("               \(String(cause).printable)") }
        if let consequence = failure.consequence {
            lines.append("  consequence  " + Self.placed(consequence, failure.consequencePlace.map { [$0] } ?? []))
        }
        if let limit = failure.limit, limit != failure.consequence, limit != failure.cause {
            lines.append("  limit        \(limit.printable)")
        }
        let missing = result.checks.filter { !$0.isSeen }.map { "\($0.domain): \"\($0.text)\"".printable }
        if !missing.isEmpty { lines.append("  not reached  " + missing.joined(separator: " ; ")) }
        for (index, line) in failure.evidence.enumerated() {
            lines.append((index == 0 ? "  log          " : "               ") + line.printable)
        }
        let findings = result.findings.filter { !failure.cause.contains($0.rule) }.prefix(5)
        for (index, finding) in findings.enumerated() {
            let place = finding.place.map { "\($0): " } ?? ""
            lines.append(
                (index == 0 ? "  simulation   " : "               ")
                    + "\(place)\(finding.severity): \(finding.message) [\(finding.rule)]".printable)
        }
        lines.append("  logs         \(result.folder.printable)/")
        lines.append("  rerun        ibtest run \(result.scenario.printable)")
        return lines
    }

    /// The counts and the time of a whole run.
    public func summary(_ results: [RunResult], seconds: Double) -> String {
        let counts = [RunResult.Status.passed, .failed, .error, .interrupted].compactMap { status -> String? in
            let count = results.count { $0.status == status }
            return count > 0 || status == .passed ? "\(count) \(status.rawValue)" : nil
        }
        return "\(results.count) scenarios: \(counts.joined(separator: ", ")) [\(Self.seconds(seconds))]\n"
    }

    private static func placed(_ text: String, _ places: [String]) -> String {
        let line = text.printable
        return places.isEmpty ? line : "\(line)  \(places.joined(separator: ", ").printable)"
    }

    static func seconds(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)s"
    }
}
