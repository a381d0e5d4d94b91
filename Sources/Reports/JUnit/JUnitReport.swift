public import Scenarios

/// Results as JUnit's XML, as Jenkins' schema `junit-10.xsd` has it.
///
/// A suite for each scenario, a class for each of its domains. A boot that failed is a `failure`; one of which nothing is known,
/// because the set-up or the harness is at fault or someone stopped it, is an `error`. The time of a text is when it came.
public struct JUnitReport {
    private let suites: [JUnitSuite]

    /// A report of some results; several of one scenario are one suite.
    public init(_ results: [RunResult]) {
        var order: [String] = []
        var runs: [String: [RunResult]] = [:]
        for result in results {
            if runs[result.scenario] == nil { order.append(result.scenario) }
            runs[result.scenario, default: []].append(result)
        }
        var taken: Set<String> = []
        suites = order.map { JUnitSuite($0, runs[$0] ?? [], taken: &taken) }
    }

    /// The document in UTF-8.
    public var text: String {
        var total = JUnitSuite.Counts()
        for counts in suites.map(\.counts) {
            total.tests += counts.tests
            total.failures += counts.failures
            total.errors += counts.errors
            total.seconds += counts.seconds
        }
        var lines = [
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
            "<testsuites name=\"ibtest\" tests=\"\(total.tests)\" failures=\"\(total.failures)\" "
                + "errors=\"\(total.errors)\" time=\"\(JUnitCase.time(total.seconds))\">",
        ]
        for suite in suites { lines += suite.lines }
        lines.append("</testsuites>")
        return lines.joined(separator: "\n") + "\n"
    }
}
