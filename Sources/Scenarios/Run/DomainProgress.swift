/// How far a domain has come with what is expected of it.
struct DomainProgress {
    /// A text that came.
    struct Seen: Sendable, Equatable, Codable {
        var text: String
        var line: Int
        var seconds: Double
        var guestSeconds: Double?
    }

    let name: String
    private let ordered: [Expectation]
    private let facts: [Expectation]
    private let never: [Expectation]
    private var next = 0
    /// The lines in which texts came that are expected behind others.
    private(set) var early: [String: Int] = [:]
    private var openFacts: [Int]
    private(set) var seen: [Seen] = []
    /// When it wrote last; nil for never.
    var lastText: Double?
    /// The kernel's clock, as it told last.
    var lastGuestTime: Double?

    init(name: String, _ list: [Expectation]) {
        self.name = name
        ordered = list.filter { $0.order == .inOrder }
        facts = list.filter { $0.order == .anytime }
        never = list.filter { $0.order == .never }
        openFacts = Array(facts.indices)
    }

    var isComplete: Bool { next == ordered.count && openFacts.isEmpty }

    /// What has not come, in the order of the scenario.
    var missing: [LinePattern] { ordered[next...].map(\.pattern) + openFacts.map { facts[$0].pattern } }

    /// Whether a text without an end, such as a prompt, holds what is expected next; that is noted then.
    mutating func takeRest(_ line: LogLine) -> Bool {
        guard next < ordered.count, ordered[next].pattern.matches(line.bytes) else { return false }
        seen.append(
            Seen(
                text: ordered[next].pattern.text, line: line.number, seconds: line.seconds,
                guestSeconds: lastGuestTime))
        next += 1
        return true
    }

    /// Takes a line; gives the pattern that must not come, if it is in it.
    mutating func take(_ line: LogLine) -> LinePattern? {
        lastText = line.seconds
        if let time = line.guestSeconds { lastGuestTime = time }
        if let pattern = never.first(where: { $0.pattern.matches(line.bytes) }) { return pattern.pattern }
        func note(_ pattern: LinePattern) {
            seen.append(
                Seen(text: pattern.text, line: line.number, seconds: line.seconds, guestSeconds: lastGuestTime))
        }
        // One line may hold several texts, one behind the other.
        var start = 0
        while next < ordered.count, let end = ordered[next].pattern.end(in: line.bytes, from: start) {
            note(ordered[next].pattern)
            next += 1
            start = end
        }
        for later in ordered[next...].dropFirst() where early[later.pattern.text] == nil {
            if later.pattern.matches(line.bytes) { early[later.pattern.text] = line.number }
        }
        for index in openFacts where facts[index].pattern.matches(line.bytes) {
            note(facts[index].pattern)
            openFacts.removeAll { $0 == index }
        }
        return nil
    }
}
