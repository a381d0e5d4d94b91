/// Texts for XML 1.0: of a bounded length, and without the characters that it forbids.
enum XMLText {
    /// What one text may have, in bytes of UTF-8, so that no reader of reports cuts it at a place of its own.
    static let byteLimit = 60_000

    /// What stands between two tags.
    static func content(_ text: String) -> String {
        escaped(bounded(spelled(bounded(text), keepsLines: true)), isAttribute: false)
    }

    /// What stands between an attribute's quotation marks.
    static func attribute(_ text: String) -> String {
        escaped(bounded(spelled(bounded(text), keepsLines: true)), isAttribute: true)
    }

    /// A name, as whoever reads the document gets it: on one line.
    static func name(_ text: String) -> String { bounded(spelled(bounded(text), keepsLines: false)) }

    /// Head and tail of a text that is too long; in between stands how much was left out.
    static func bounded(_ text: String) -> String {
        let bytes = text.utf8
        guard bytes.count > byteLimit else { return text }
        let half = byteLimit / 2 - 50
        let head = bytes.index(bytes.startIndex, offsetBy: half)
        let tail = bytes.index(bytes.endIndex, offsetBy: -half)
        // Half a character at the cut would not be UTF-8.
        let first = String(decoding: bytes[..<head].dropLast(brokenCount(bytes[..<head])), as: UTF8.self)
        let last = String(decoding: bytes[tail...].drop { $0 & 0xc0 == 0x80 }, as: UTF8.self)
        return first + "\n(… \(bytes.count - first.utf8.count - last.utf8.count) bytes left out …)\n" + last
    }

    /// How many bytes at the end begin a character that is not all there.
    private static func brokenCount(_ bytes: Substring.UTF8View) -> Int {
        let rest = bytes.suffix(4).reversed().prefix { $0 & 0xc0 == 0x80 }.count
        guard let lead = bytes.dropLast(rest).last, lead >= 0xc0 else { return 0 }
        let wanted = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2
        return rest + 1 < wanted ? rest + 1 : 0
    }

    /// Control characters as `\x1b`: XML has no way to write most of them, and a report is read at a terminal, too.
    private static func spelled(_ text: String, keepsLines: Bool) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x0a where keepsLines, 0x09 where keepsLines: result.unicodeScalars.append(scalar)
            case 0..<0x20, 0x7f...0x9f: result += String(scalar).printable
            case 0xfffe, 0xffff: result += "\u{fffd}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func escaped(_ text: String, isAttribute: Bool) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            // A text must not have `]]>`.
            case ">": result += "&gt;"
            case "\"" where isAttribute: result += "&quot;"
            // A reader takes plain ones in an attribute for blanks.
            case "\n" where isAttribute, "\t" where isAttribute: result += "&#\(scalar.value);"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
