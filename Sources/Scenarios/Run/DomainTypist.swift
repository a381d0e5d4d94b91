/// Types lines at domains, one step after the other; Ctrl-A three times moves the input from one to the next.
///
/// A step waits for text that came after the last step at the same domain, and then until that domain is quiet.
struct DomainTypist {
    /// A domain is quiet when it has written nothing for so many seconds; one that never is gets its line later.
    private static let quiet = 0.15
    private static let patience = 2.0
    /// Seconds in which Xen says that it has moved the input.
    private static let switchPatience = 3.0
    private static let switchLimit = 80
    /// Xen keeps 128 bytes for a domain that does not read.
    static let pieceSize = 32
    static let piecePause = 0.02

    private struct Progress {
        var seen: Double?
        var lastText = 0.0
        /// How much of the line without an end is known from before the last step.
        var known = 0
        var rest = 0
    }

    private var steps: [Scenario.Step]
    private let numbers: [String: Int]
    private var progress: [String: Progress] = [:]
    private var switched: Double?
    private var switchCount = 0
    private var isBusyUntil = 0.0

    init(_ scenario: Scenario, names: [Int: String]) {
        steps = scenario.steps.filter { $0.domain != nil }
        numbers = Dictionary(names.map { ($0.value, $0.key) }, uniquingKeysWith: { first, _ in first })
    }

    var isDone: Bool { steps.isEmpty }

    /// The step that is next; nil when all have been typed.
    var nextStep: Scenario.Step? { steps.first }

    /// Why the next step cannot be typed at all; nil as long as it can.
    var failure: String? {
        guard let name = steps.first?.domain, switchCount > Self.switchLimit else { return nil }
        return "Xen does not give the input to \(name)"
    }

    /// Takes a line of a domain, or what there is of one.
    mutating func take(_ line: [UInt8], of name: String, hasEnd: Bool, at seconds: Double) {
        guard let step = steps.first(where: { $0.domain == name }) else { return }
        var state = progress[name] ?? Progress()
        state.lastText = seconds
        if state.seen == nil, line.count > state.known {
            let isSeen = step.after.map { $0.end(in: line, from: state.known) != nil } ?? true
            if isSeen { state.seen = seconds }
        }
        state.rest = hasEnd ? 0 : line.count
        if hasEnd { state.known = 0 }
        progress[name] = state
    }

    /// Xen has given the input to someone.
    mutating func noteSwitch() { switched = nil }

    /// What is to be typed now.
    mutating func next(focus: Int?, hasHypervisor: Bool, at now: Double) -> [UInt8] {
        guard let step = steps.first, let name = step.domain, var state = progress[name], let seen = state.seen,
            now >= isBusyUntil, now - state.lastText >= Self.quiet || now - seen > Self.patience
        else { return [] }
        if hasHypervisor, focus != numbers[name] {
            guard now - (switched ?? -.infinity) > Self.switchPatience else { return [] }
            switched = now
            switchCount += 1
            return [1, 1, 1]
        }
        steps.removeFirst()
        switchCount = 0
        state.seen = nil
        state.known = state.rest
        progress[name] = state
        let text = Array(step.line.utf8) + [0x0d]
        isBusyUntil = now + Self.quiet + Double(text.count / Self.pieceSize) * Self.piecePause
        return text
    }
}
