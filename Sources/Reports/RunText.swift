internal import Emulation
public import Scenarios

/// The verdict on a scenario, for people.
public struct RunText {
    /// So many rows of one kind are shown; the result has all of them.
    private static let rowLimit = 12
    /// So many characters of a row are shown; a log line can have 64 KiB.
    private static let widthLimit = 500

    private let style: TextStyle

    /// Text of some style.
    public init(style: TextStyle) {
        self.style = style
    }

    /// One line for a boot that passed, the report of the first cause for others.
    public func text(_ result: RunResult) -> String {
        var head = "\(word(result.status))  \(result.scenario.printable)  [\(Self.seconds(result.seconds))]"
        var rows: [String] = []
        if let failure = result.failure {
            head += "  phase \(failure.phase.printable)"
            // What the machine did when it was stopped is no cause.
            if result.status != .interrupted {
                if let domain = failure.domain { head += ", \(domain.printable)" }
                rows = causes(failure) + consequences(failure)
            }
            rows += missing(result) + evidence(failure, result) + findings(failure, result)
        } else if let check = result.crossCheck {
            head += "  cross-check: \(Self.extent(check)) as simulated"
        }
        if result.status == .passed { rows += doubts(result) }
        if result.status != .passed { rows += wayOn(result) }
        return ([head] + rows).joined(separator: "\n") + "\n"
    }

    /// What did not pass once more, if there were several runs; the counts and the time of all.
    public func summary(_ results: [RunResult], seconds: Double) -> String {
        var lines: [String] = []
        if results.count > 1 {
            for result in results where result.status != .passed {
                var line = "\(word(result.status))  \(result.scenario.printable)"
                if result.status != .interrupted, let cause = result.failure?.cause.split(separator: "\n").first {
                    line += "  \(Self.shortened(String(cause).printable))"
                }
                lines.append(line)
            }
        }
        let runs = results.count == 1 ? "1 run" : "\(results.count) runs"
        lines.append("\(runs): \(Self.counts(results)) [\(Self.seconds(seconds))]")
        return lines.joined(separator: "\n") + "\n"
    }

    private static func counts(_ results: [RunResult]) -> String {
        let words: [(RunResult.Status, String)] = [
            (.passed, "passed"), (.failed, "failed"), (.error, "error"), (.interrupted, "stopped"),
        ]
        let counts = words.compactMap { status, word -> String? in
            let count = results.count { $0.status == status }
            guard count > 0 || status == .passed else { return nil }
            return "\(count) \(word)\(status == .error && count > 1 ? "s" : "")"
        }
        return counts.joined(separator: ", ")
    }

    private func word(_ status: RunResult.Status) -> String {
        switch status {
        case .passed: style.paint("PASS", .good)
        case .failed: style.paint("FAIL", .error)
        case .error: style.paint("ERROR", .error)
        case .interrupted: style.paint("STOPPED", .warning)
        }
    }

    // MARK: Rows

    private func causes(_ failure: RunResult.Failure) -> [String] {
        var causes = failure.cause.split(separator: "\n").map { String($0).printable }
        if let first = causes.first { causes[0] = Self.placed(first, failure.places) }
        return Self.rows("cause", causes, limit: .max)
    }

    private func consequences(_ failure: RunResult.Failure) -> [String] {
        var rows: [String] = []
        if let consequence = failure.consequence {
            let places = failure.consequencePlace.map { [$0] } ?? []
            rows += Self.rows("consequence", [Self.placed(consequence.printable, places)])
        }
        if let limit = failure.limit, limit != failure.consequence, limit != failure.cause {
            rows += Self.rows("limit", [limit.printable])
        }
        return rows
    }

    private func missing(_ result: RunResult) -> [String] {
        let missing = result.checks.filter { !$0.isSeen }.map { check in
            let early = check.earlyLine.map { " (too early: \(check.domain).log:\($0))" } ?? ""
            return Self.shortened("\(check.domain): \"\(check.text)\"\(early)".printable)
        }
        guard !missing.isEmpty else { return [] }
        let more = missing.count > Self.rowLimit ? " ; and \(missing.count - Self.rowLimit) more" : ""
        return ["  " + "not reached".padded(to: 13) + missing.prefix(Self.rowLimit).joined(separator: " ; ") + more]
    }

    private func evidence(_ failure: RunResult.Failure, _ result: RunResult) -> [String] {
        guard let check = result.crossCheck, !check.differences.isEmpty else {
            return Self.rows("log", failure.evidence.map(\.printable))
        }
        // The cause is the first one.
        let others = check.differences.dropFirst(failure.cause.contains(check.differences[0]) ? 1 : 0)
        return Self.rows("differs too", others.map(\.printable)) + Self.rows("compared", [Self.extent(check)])
    }

    /// What the simulation holds against a boot that passed all the same.
    private func doubts(_ result: RunResult) -> [String] {
        Self.rows("simulation", result.findings.filter { $0.severity == "error" }.map(Self.line), limit: 5)
    }

    private static func line(_ finding: RunResult.SimulatedFinding) -> String {
        let place = finding.place.map { "\($0): " } ?? ""
        return "\(place)\(finding.severity): \(finding.message) [\(finding.rule)]".printable
    }

    private func findings(_ failure: RunResult.Failure, _ result: RunResult) -> [String] {
        let others = result.findings.filter { !failure.cause.hasSuffix("\($0.message) [\($0.rule)]") }
        return Self.rows("simulation", others.map(Self.line), limit: 5)
    }

    private func wayOn(_ result: RunResult) -> [String] {
        let name = (result.reference ?? result.scenario).printable
        let option =
            switch result.failure?.phase {
            case "cross-check": " --cross-check"
            case "preparation": ""
            default: " --attach"
            }
        let words = "ibtest run \(shellLine([name]))\(option)"
        return Self.rows("logs", ["\(result.folder.printable)/"]) + Self.rows("rerun", [words])
    }

    /// Rows under one title; how many are left out is said.
    private static func rows(_ title: String, _ texts: [String], limit: Int = rowLimit) -> [String] {
        var texts = texts
        if texts.count > limit { texts[limit...] = ["(\(texts.count - limit) more in result.json)"] }
        return texts.enumerated().map { index, text in
            "  " + (index == 0 ? title : "").padded(to: 13) + shortened(text)
        }
    }

    private static func shortened(_ text: String) -> String {
        let scalars = text.unicodeScalars
        guard let end = scalars.index(scalars.startIndex, offsetBy: widthLimit, limitedBy: scalars.endIndex),
            end < scalars.endIndex
        else { return text }
        return String(scalars[..<end]) + "… (\(scalars.distance(from: end, to: scalars.endIndex)) characters more)"
    }

    private static func placed(_ text: String, _ places: [String]) -> String {
        places.isEmpty ? text : "\(shortened(text))  \(places.joined(separator: ", ").printable)"
    }

    private static func extent(_ check: CrossCheckResult) -> String {
        let size = byteCount(UInt64(max(0, check.byteCount)))
        let names = check.compared.prefix(rowLimit).map(\.printable).joined(separator: ", ")
        let more = check.compared.count > rowLimit ? " and \(check.compared.count - rowLimit) more" : ""
        return "\(size) (\(names)\(more))"
    }

    static func seconds(_ value: Double) -> String {
        let tenths = wholeNumber(value, of: 10)
        return "\(tenths / 10).\(tenths % 10)s"
    }
}

/// How many parts of a second a time is, rounded; none for what is no time.
func wholeNumber(_ seconds: Double, of parts: Double) -> Int {
    let count = (seconds * parts).rounded()
    return count > 0 && count < 1e15 ? Int(count) : 0
}
