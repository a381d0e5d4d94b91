internal import FoundationEssentials
public import Scenarios

/// A run as a stream of JSON objects, one on each line; the last one is the summary.
public struct RunEventJSON: Sendable {
    /// The number of this form; keys are never renamed within one.
    public static let schemaVersion = 1

    private struct Event: Encodable {
        var schema = RunEventJSON.schemaVersion
        var event: String
        var scenario: String?
        var phase: String?
        var domain: String?
        var text: String?
        var seconds: Double?
        var result: RunResult?
        var counts: [String: Int]?
    }

    /// A writer of events.
    public init() {}

    /// A scenario begins.
    public func started(_ scenario: String) -> [UInt8] { line(Event(event: "started", scenario: scenario)) }

    /// Something happened in a scenario.
    public func happened(_ event: RunEvent, in scenario: String) -> [UInt8] {
        switch event {
        case .phase(let name, let seconds):
            line(Event(event: "phase", scenario: scenario, phase: name, seconds: seconds))
        case .seen(let domain, let text, let seconds):
            line(Event(event: "seen", scenario: scenario, domain: domain, text: text, seconds: seconds))
        }
    }

    /// A scenario is over.
    public func finished(_ result: RunResult) -> [UInt8] {
        line(Event(event: "finished", scenario: result.scenario, result: result))
    }

    /// All scenarios are over; each verdict has its count, also if that is 0.
    public func summary(_ results: [RunResult], seconds: Double) -> [UInt8] {
        var counts: [String: Int] = [:]
        for status in [RunResult.Status.passed, .failed, .error, .interrupted] {
            counts[status.rawValue] = results.count { $0.status == status }
        }
        return line(Event(event: "summary", seconds: seconds, counts: counts))
    }

    private func line(_ event: Event) -> [UInt8] { (try? encodeJSON(event, isPretty: false)) ?? [] }
}
