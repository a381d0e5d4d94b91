public import UBoot

/// What rules need to know beyond the record.
public struct VerificationOptions: Sendable {
    /// The names of the commands that the board's U-Boot has, to find what a mistyped one was meant to be.
    public var commands: Set<String>
    /// Whether the real machine boots these very files, so that what they are counts too.
    public var isForRun: Bool

    /// Makes options.
    public init(commands: Set<String> = [], isForRun: Bool = false) {
        self.commands = commands
        self.isForRun = isForRun
    }
}

/// Applies all rules to what happened and gives the findings in the order of the script.
///
/// Scripts come in the order in which they first ran, lines in their own; what has no line comes last. Equal records
/// give equal findings.
public func verify(_ record: BootRecord, options: VerificationOptions = VerificationOptions()) -> [Finding] {
    let facts = Evidence(record, options: options)
    var findings: [Finding] = []
    var seen: Set<FindingKey> = []
    for rule in Rules.all.lazy.flatMap(\.rules) {
        findings += rule.check(facts).filter { seen.insert(FindingKey($0)).inserted }
    }
    let ranks = sourceRanks(record)
    func position(_ index: Int) -> (Int, Int, Int, Int) {
        guard let place = findings[index].place else { return (.max, 0, 0, index) }
        return (ranks[place.source] ?? ranks.count, place.line, place.column, index)
    }
    return findings.indices.sorted { position($0) < position($1) }.map { findings[$0] }
}

/// What makes two findings the same: a line in a loop says it once.
private struct FindingKey: Hashable {
    var rule: String
    var message: String
    var place: ScriptPlace?

    init(_ finding: Finding) {
        rule = finding.rule
        message = finding.message
        place = finding.place
    }
}

/// The order in which texts first ran.
private func sourceRanks(_ record: BootRecord) -> [String: Int] {
    var ranks: [String: Int] = [:]
    func add(_ place: ScriptPlace) {
        if ranks[place.source] == nil { ranks[place.source] = ranks.count }
    }
    for command in record.commands { add(command.place) }
    for event in record.events { add(event.place) }
    return ranks
}
