import ImageBuilder
import Reports
import UBoot
import Verifier

/// What is wrong with a build, for people: with the config, and with what was simulated.
struct BuildReport {
    private let result: BuildResult
    private let config: ByteString
    private let name: String
    /// Whether the text is upstream's, in which some commands do not do what they should.
    private let isCompatible: Bool
    /// What the rules found.
    let findings: [Finding]

    init(
        _ result: BuildResult, config: ByteString, name: String, simulation: PlanSimulation, isCompatible: Bool
    ) {
        self.isCompatible = isCompatible
        self.result = result
        self.config = config
        self.name = name
        let options = VerificationOptions(commands: simulation.description.commands)
        let found = result.record.map { verify($0, options: options) } ?? []
        findings = found.filter { $0.severity > .info }.map { Self.withOrigin($0, result) }
    }

    /// Whether the result would not boot.
    var hasError: Bool {
        let stopped = result.record.map { $0.wasStopped } ?? false
        return stopped || staysAtPrompt && !isOfFile || findings.contains { $0.severity == .error }
    }

    /// Whether no kernel was started, where one should have been.
    private var staysAtPrompt: Bool {
        result.record?.handOff == nil && result.record != nil && result.plan.bootCommand != "none"
    }

    /// Whether the script is as it should be, and the file alone is none that UEFI starts; or whether the text is
    /// upstream's, whatever it does.
    private var isOfFile: Bool { isCompatible || result.plan.bootCommand == "bootefi" }

    /// What U-Boot said last, where it went on and no finding says why.
    private var lastWords: String? {
        guard staysAtPrompt, !findings.contains(where: { $0.severity == .error }), let record = result.record else {
            return nil
        }
        let said = record.console.display.split(separator: "\n").suffix(3).joined(separator: "; ")
        let severity = isOfFile ? "warning" : "error"
        let place = result.boot.flatMap(\.place).map { "\($0)" } ?? name
        return "\(place): \(severity): no kernel is started: U-Boot ends with '\(said)' [IB-NO-BOOT]"
    }

    /// A finding about a line of the script also says which assignment the line comes from.
    private static func withOrigin(_ finding: Finding, _ result: BuildResult) -> Finding {
        guard let place = finding.place, place.source == result.scriptName,
            let line = result.script.line(place.line), let key = line.key, let origin = line.place
        else { return finding }
        var finding = finding
        finding.notes.append(Finding.Note("this line comes from \(key)", at: origin))
        return finding
    }

    /// The lines.
    var text: String {
        var lines = result.findings.map { finding in
            let place = finding.place.map { "\($0): " } ?? "\(name): "
            let fix = finding.fix.map { "\n  fix: \($0)" } ?? ""
            return "\(place)\(finding.severity.rawValue): \(finding.message) [\(finding.rule)]\(fix)"
        }
        if let record = result.record, !findings.isEmpty {
            let finder = FindingText(record, further: [name: config], style: TextStyle(usesColor: false))
            for finding in findings { lines += finder.lines(finding) }
        }
        if let lastWords { lines.append(lastWords) }
        return lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n"
    }
}
