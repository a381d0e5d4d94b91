public import UBoot
public import Verifier

/// Findings as a good compiler shows them: place, sentence, the line, notes and a fix.
public struct FindingText {
    private let texts: [String: [String]]
    private let style: TextStyle

    /// Takes the texts of the scripts from the record, of typed lines, and `further` ones, to show lines of them.
    public init(
        _ record: BootRecord, typed: ByteString? = nil, further: [String: ByteString] = [:], style: TextStyle
    ) {
        self.style = style
        var texts = further.mapValues { Self.lines(of: $0) }
        if let typed {
            texts[record.input] = Self.lines(of: typed)
        }
        for source in record.sources {
            texts[source.source] = Self.lines(of: source.text)
        }
        for (name, value) in record.environment {
            texts["variable \(name.display)"] = Self.lines(of: value)
        }
        self.texts = texts
    }

    private static func lines(of text: ByteString) -> [String] {
        text.bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { ByteString($0).display }
    }

    /// The lines for one finding.
    public func lines(_ finding: Finding) -> [String] {
        let role: TextStyle.Role =
            switch finding.severity {
            case .error: .error
            case .warning: .warning
            case .info: .info
            }
        let word = style.paint("\(finding.severity.rawValue):", role)
        let place = finding.place.map { "\($0.description.printable): " } ?? ""
        var lines = ["\(place)\(word) \(finding.message.printable) [\(finding.rule)]"]
        if let place = finding.place { lines += excerpt(place) }
        for note in finding.notes {
            let place = note.place.map { "\($0.description.printable): " } ?? ""
            lines.append("  \(place)\(style.paint("note:", .info)) \(note.text.printable)")
            if let place = note.place, place.source != finding.place?.source || place.line != finding.place?.line {
                lines += excerpt(place)
            }
        }
        if let fix = finding.fix { lines.append("  \(style.paint("fix:", .good)) \(fix.printable)") }
        return lines
    }

    /// The line of a script with a mark under the column; nothing if the text is not known.
    private func excerpt(_ place: ScriptPlace) -> [String] {
        guard let text = texts[place.source], place.line >= 1, place.line <= text.count else { return [] }
        let limit = 110
        let line = text[place.line - 1].replacingTabs
        let start = max(
            0, min(place.column - 1, line.unicodeScalars.count) - (place.column > limit ? limit / 2 : place.column))
        let shown = String(String.UnicodeScalarView(line.unicodeScalars.dropFirst(start).prefix(limit))).printable
        let number = "\(place.line)".aligned(to: 5)
        let mark = String(repeating: " ", count: max(0, place.column - 1 - start)) + "^"
        return [
            style.paint("\(number) | ", .faint) + shown, style.paint("      | ", .faint) + style.paint(mark, .good),
        ]
    }

    /// One line that counts errors and warnings.
    public static func summary(_ findings: [Finding]) -> String {
        func count(_ severity: Severity, _ one: String, _ many: String) -> String? {
            let number = findings.filter { $0.severity == severity }.count
            return number == 0 ? nil : "\(number) \(number == 1 ? one : many)"
        }
        let parts = [
            count(.error, "error", "errors"), count(.warning, "warning", "warnings"), count(.info, "remark", "remarks"),
        ].compactMap { $0 }
        return parts.isEmpty ? "no findings" : parts.joined(separator: ", ")
    }
}

extension String {
    fileprivate var replacingTabs: String { String(map { $0 == "\t" ? " " : $0 }) }
}
