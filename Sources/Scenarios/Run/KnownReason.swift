/// What a finding of the simulation can explain of what was observed.
enum KnownReason {
    /// Words of Xen that say themselves what is wrong, with the rules that say why.
    private static let reasons: [(text: String, rules: [String])] = [
        (
            "Missing kernel boot module?",
            [
                "DOM-NOKERNEL", "DOM-COMPAT", "XEN-KIND-MISSING", "XEN-GENERIC-MISSING", "XEN-SIZE-ZERO",
                "XEN-REG-MISSING",
                "XEN-REG-SHORT", "XEN-REG-LONG", "XEN-MODULE-OVERLAP",
            ]
        ),
        ("Missing property '", []), ("cannot read \"memory\"", []), ("Error creating domain", []),
        ("Not enough memory", []), ("Failed to allocate", []), ("Unable to allocate", []),
        ("failed to acquire static memory", []), ("doesn't match up", []), ("Failed to assign device", []),
        ("xen,reg or xen,path missing", []), ("Missing or empty cpupool-cpus", []), ("Failed to bring up CPU", []),
        ("Xenstore support requires dom0", []), ("Unable to map IRQ", []),
    ]

    /// Whether a finding explains what a writer of some name wrote: not where that says another reason itself, and not
    /// where the finding is about another domain.
    static func explains(_ finding: PreparedBoot.Simulated, _ symptom: Judge.Symptom, of name: String) -> Bool {
        if let known = reasons.first(where: { symptom.summary.contains($0.text) }) {
            return known.rules.contains(finding.rule)
        }
        guard case .domain = symptom.line.source, let start = finding.message.firstRange(of: "/chosen/") else {
            return true
        }
        let node = finding.message[start.upperBound...].prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
        return !node.lowercased().hasPrefix("dom") || node == name
    }
}
