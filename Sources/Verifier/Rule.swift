internal import UBoot

/// What can be wrong with a boot, and how to see it.
public struct Rule: Sendable {
    /// The stable name, such as `UB-FILE-MISSING`.
    public let id: String
    /// How bad it usually is; a finding may say otherwise.
    public let severity: Severity
    /// What is wrong, in a few words.
    public let title: String
    /// Why it matters and what the real machine shows.
    public let explanation: String
    /// How it is known that real machines behave so.
    public let evidence: String
    /// Looks for it.
    public let check: @Sendable (Evidence) -> [Finding]

    init(
        _ id: String, _ severity: Severity, title: String, explanation: String, evidence: String,
        check: @escaping @Sendable (Evidence) -> [Observation]
    ) {
        self.id = id
        self.severity = severity
        self.title = title
        self.explanation = explanation
        self.evidence = evidence
        self.check = { facts in
            check(facts).map { seen in
                Finding(
                    rule: id, severity: seen.severity ?? severity, message: seen.message, place: seen.place,
                    notes: seen.notes, fix: seen.fix, range: seen.range)
            }
        }
    }
}

/// A finding without what its rule adds.
struct Observation {
    var message: String
    var place: ScriptPlace?
    /// Set where it is milder or worse than the rule says.
    var severity: Severity?
    var notes: [Finding.Note] = []
    var fix: String?
    var range: AddressRange?
}
