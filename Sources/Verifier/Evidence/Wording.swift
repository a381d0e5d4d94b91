internal import UBoot

/// How values are written in messages.
enum Wording {
    /// A number in hexadecimal with `0x`.
    static func hex(_ value: UInt64) -> String { "0x" + hexadecimal(value) }

    /// Text between quotation marks, control characters as escapes.
    static func quoted(_ text: ByteString) -> String { "'\(plain(text))'" }

    /// Text with control characters as escapes, cut where it is very long.
    static func plain(_ text: ByteString) -> String {
        var result = ""
        for scalar in text.display.unicodeScalars.prefix(120) {
            switch scalar {
            case "\r": result += "\\r"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case _ where scalar.properties.generalCategory == .control:
                result += "\\x" + hexadecimal(UInt64(scalar.value), width: 2)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return text.count > 480 ? result + "…" : result
    }

    /// ` and 3 more like it`, or nothing.
    static func more(_ count: Int, _ what: String) -> String { count > 0 ? ", and \(count) more \(what)" : "" }

    /// Several things as `a, b and c`.
    static func list(_ items: [String]) -> String {
        guard let last = items.last, items.count > 1 else { return items.first ?? "" }
        return items.dropLast().joined(separator: ", ") + " and " + last
    }
}

extension BootRecord {
    /// The command of that number; nil if it was not recorded one by one.
    func command(_ number: Int) -> CommandRecord? { commands.indices.contains(number) ? commands[number] : nil }

    /// Whether the script looks at the status of a command.
    func isTested(_ number: Int) -> Bool { command(number)?.isTested ?? false }

    /// The severity of something that a command did wrong: `info` if the script looks at its status.
    func severity(of number: Int) -> Severity? { isTested(number) ? .info : nil }
}
