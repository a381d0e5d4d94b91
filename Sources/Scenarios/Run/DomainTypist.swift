/// Types lines at domains, one step after the other; Ctrl-A three times moves the input from one to the next.
struct DomainTypist {
    private var steps: [Scenario.Step]
    private let numbers: [String: Int]
    private var hasSeenText = false
    private var isSwitching = false

    init(_ scenario: Scenario, names: [Int: String]) {
        steps = scenario.steps.filter { $0.domain != nil }
        numbers = Dictionary(names.map { ($0.value, $0.key) }, uniquingKeysWith: { first, _ in first })
    }

    var isDone: Bool { steps.isEmpty }

    /// Takes text of a domain.
    mutating func take(_ line: [UInt8], of name: String) {
        guard let step = steps.first, step.domain == name else { return }
        if let pattern = step.after { hasSeenText = hasSeenText || pattern.matches(line) } else { hasSeenText = true }
    }

    /// Xen has given the input to someone.
    mutating func noteSwitch() { isSwitching = false }

    /// What is to be typed now.
    mutating func next(focus: Int?, hasHypervisor: Bool) -> [UInt8] {
        guard let step = steps.first, hasSeenText, !isSwitching else { return [] }
        if hasHypervisor, let name = step.domain, let number = numbers[name], focus != number {
            isSwitching = true
            return [1, 1, 1]
        }
        steps.removeFirst()
        hasSeenText = false
        return Array(step.line.utf8) + [0x0d]
    }
}
