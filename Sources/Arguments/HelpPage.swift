/// Lines of a help page as they are laid out.
struct HelpPage {
    /// A longer label has its explanation on the next line.
    static let widestLabel = 26

    let width: Int
    private(set) var text = ""

    init(width: Int) { self.width = width }

    mutating func gap() { text += "\n" }

    mutating func paragraph(_ words: String, indent: String = "", hanging: String = "") {
        for (index, line) in wrap(words, indent.count + (hanging.count)).enumerated() {
            text += indent + (index == 0 ? "" : hanging) + line + "\n"
        }
    }

    mutating func section(_ title: String, _ rows: [(label: String, explanation: String)], labelWidth: Int) {
        text += "\n\(title):\n"
        let margin = String(repeating: " ", count: labelWidth + 4)
        for (label, explanation) in rows {
            var lead = "  \(label)"
            if label.count > labelWidth {
                text += lead + "\n"
                lead = ""
            }
            for line in wrap(explanation, margin.count) {
                text += lead + margin.dropFirst(lead.count) + line + "\n"
                lead = ""
            }
            if explanation.isEmpty && !lead.isEmpty { text += lead + "\n" }
        }
    }

    mutating func examples(_ examples: [CommandSpec.Example]) {
        guard !examples.isEmpty else { return }
        text += "\nexamples:\n"
        for example in examples {
            text += "  \(example.line)\n"
            paragraph(example.meaning, indent: "      ")
        }
    }

    /// The words in lines that leave `margin` characters of the width; a longer word has a line of its own.
    private func wrap(_ words: String, _ margin: Int) -> [String] {
        var lines: [String] = []
        for word in words.split(whereSeparator: \.isWhitespace) {
            if let last = lines.last, last.count + 1 + word.count <= max(16, width - margin) {
                lines[lines.count - 1] = "\(last) \(word)"
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }
}
