/// Whether and how text is coloured; colour never carries a meaning that the words lack.
public struct TextStyle: Sendable, Equatable {
    /// What a piece of text is.
    public enum Role: Sendable {
        /// The title of a section.
        case title
        /// Something wrong.
        case error
        /// Something doubtful.
        case warning
        /// Something worth knowing.
        case info
        /// Something less important than what is around it.
        case faint
        /// Something that was right.
        case good
    }

    /// Whether escape sequences are written.
    public var usesColor: Bool

    /// Makes a style.
    public init(usesColor: Bool) { self.usesColor = usesColor }

    /// The text in the colour of its role.
    func paint(_ text: String, _ role: Role) -> String {
        guard usesColor, !text.isEmpty else { return text }
        let code =
            switch role {
            case .title: "1"
            case .error: "1;31"
            case .warning: "1;33"
            case .info: "1;36"
            case .faint: "2"
            case .good: "1;32"
            }
        return "\u{1b}[\(code)m\(text)\u{1b}[0m"
    }
}

extension String {
    /// The text with blanks behind it up to a width.
    func padded(to width: Int) -> String {
        let count = unicodeScalars.count
        return count < width ? self + String(repeating: " ", count: width - count) : self
    }

    /// The text with blanks before it up to a width.
    func aligned(to width: Int) -> String {
        let count = unicodeScalars.count
        return count < width ? String(repeating: " ", count: width - count) + self : self
    }

    /// The text without control characters, so that a script's words cannot steer a terminal.
    package var printable: String {
        guard unicodeScalars.contains(where: { $0.value < 0x20 || (0x7f...0x9f).contains($0.value) }) else {
            return self
        }
        return unicodeScalars.map { scalar in
            let isControl = scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value)
            return isControl ? "\\x" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16) : String(scalar)
        }.joined()
    }
}

/// A length in bytes for people, cut to a tenth of its unit below 100 and to whole units above.
func byteCount(_ count: UInt64) -> String {
    let units = ["B", "KiB", "MiB", "GiB", "TiB"]
    var value = count
    var rest: UInt64 = 0
    var unit = 0
    while value >= 1024, unit < units.count - 1 {
        rest = value % 1024
        value /= 1024
        unit += 1
    }
    let tenths = rest * 10 / 1024
    return tenths > 0 && value < 100 ? "\(value).\(tenths) \(units[unit])" : "\(value) \(units[unit])"
}
