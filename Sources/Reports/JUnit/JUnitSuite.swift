internal import Scenarios

/// The runs of one scenario as a suite.
struct JUnitSuite {
    let name: String
    let cases: [JUnitCase]
    private let properties: [(name: String, value: String)]
    private let seconds: Double

    /// Takes the runs, of which there is at least one; `taken` has the cases of other suites.
    init(_ name: String, _ runs: [RunResult], taken: inout Set<String>) {
        self.name = name
        var cases: [JUnitCase] = []
        for (index, result) in runs.enumerated() {
            let ending = index == 0 ? "" : " [run \(index + 1)]"
            for var item in Self.cases(result) {
                item.className = XMLText.name(item.className)
                item.name = Self.unused(XMLText.name(item.name) + ending, in: item.className, &taken)
                cases.append(item)
            }
        }
        self.cases = cases
        properties = Self.properties(runs)
        seconds = runs.reduce(0) { $0 + $1.seconds }
    }

    /// The numbers that stand at a suite and at the whole.
    struct Counts {
        var tests = 0
        var failures = 0
        var errors = 0
        var skipped = 0
        var seconds = 0.0
    }

    var counts: Counts {
        var counts = Counts(tests: cases.count, seconds: seconds)
        for item in cases {
            switch item.outcome {
            case .passed: break
            case .failure: counts.failures += 1
            case .error: counts.errors += 1
            case .skipped: counts.skipped += 1
            }
        }
        return counts
    }

    /// The lines of its element.
    var lines: [String] {
        let counts = counts
        var lines = [
            "  <testsuite name=\"\(XMLText.attribute(XMLText.name(name)))\" tests=\"\(counts.tests)\" "
                + "failures=\"\(counts.failures)\" errors=\"\(counts.errors)\" skipped=\"\(counts.skipped)\" "
                + "time=\"\(JUnitCase.time(seconds))\">",
            "    <properties>",
        ]
        lines += properties.map { property in
            "      <property name=\"\(XMLText.attribute(XMLText.name(property.name)))\" "
                + "value=\"\(XMLText.attribute(property.value))\"/>"
        }
        lines.append("    </properties>")
        for item in cases { lines += item.lines }
        lines.append("  </testsuite>")
        return lines
    }

    /// A case for the boot, which fails as a whole; one for each text that came or did not; one for the comparison.
    private static func cases(_ result: RunResult) -> [JUnitCase] {
        let isCrossCheck = result.failure?.phase == "cross-check"
        let verdict = outcome(result)
        var cases = [JUnitCase(className: "\(result.scenario).boot", name: "boot", seconds: result.seconds)]
        if !isCrossCheck { cases[0].outcome = verdict }
        for check in result.checks {
            var item = JUnitCase(
                className: "\(result.scenario).\(check.domain)", name: check.text, seconds: check.seconds ?? 0)
            // The boot is what failed; what it did not come to is no failure of its own.
            if !check.isSeen { item.outcome = .skipped(message: "not reached") }
            cases.append(item)
        }
        if isCrossCheck || result.crossCheck != nil {
            let comparison = JUnitCase(
                className: "\(result.scenario).cross-check", name: "hand-off as simulated", seconds: 0,
                outcome: isCrossCheck ? verdict : .passed)
            cases.append(comparison)
        }
        return cases
    }

    private static func outcome(_ result: RunResult) -> JUnitCase.Outcome {
        let text = RunText(style: TextStyle(usesColor: false)).text(result)
        let kind = result.failure?.kind.rawValue ?? result.status.rawValue
        let cause = result.failure?.cause ?? ""
        return switch result.status {
        case .passed: .passed
        case .failed: .failure(kind: kind, message: cause, text: text)
        case .error: .error(kind: kind, message: cause, text: text)
        case .interrupted:
            .error(kind: result.status.rawValue, message: "stopped before the verdict was certain", text: text)
        }
    }

    /// The name, with a number behind it if the class has a case of that name.
    private static func unused(_ name: String, in className: String, _ taken: inout Set<String>) -> String {
        var candidate = name
        var number = 1
        while !taken.insert("\(className)\n\(candidate)").inserted {
            number += 1
            candidate = "\(name) (\(number))"
        }
        return candidate
    }

    /// What was used; of later runs only what was another one there.
    private static func properties(_ runs: [RunResult]) -> [(name: String, value: String)] {
        var list: [(name: String, value: String)] = []
        var values: [String: String] = [:]
        for (index, result) in runs.enumerated() {
            var own: [(String, String)] = [("board", result.board), ("command", result.commandLine)]
            if let emulator = result.emulator { own.append(("qemu", emulator)) }
            for file in result.files {
                own.append(("sha256 \(file.name)", file.sha256))
                own.append(("origin \(file.name)", file.origin))
            }
            for (name, value) in own where !value.isEmpty && values[name] != value {
                if values[name] == nil { values[name] = value }
                list.append((index == 0 ? name : "\(name) [run \(index + 1)]", value))
            }
        }
        return list
    }
}
