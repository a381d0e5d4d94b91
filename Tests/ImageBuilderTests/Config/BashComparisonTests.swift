import Testing

@testable import ImageBuilder

/// The parser against the real bash: the same keys with the same values, for generated configs.
struct BashComparisonTests {
    @Test(arguments: [1, 2, 3, 4])
    func generatedConfigsHaveTheSameValues(seed: UInt64) throws {
        var generator = ConfigGenerator(seed: seed)
        let folder = try TestFolder()
        defer { withExtendedLifetime(folder) {} }
        for _ in 0..<12 {
            let text = generator.config(lines: 40)
            let path = try folder.write(Array(text.utf8), "config-\(seed)")
            let bash = try ShellConfig.run(path, bytes: Array(text.utf8), name: "config")
            let ours = try ConfigParser.parse(Array(text.utf8), name: "config")
            for name in Set(bash.variables.byName.keys).union(ours.byName.keys).sorted() {
                let real = bash.variables.byName[name]
                let read = ours.byName[name]
                let elements = read?.elements.mapValues(\.bytes) ?? [:]
                let expected = real?.elements.mapValues(\.bytes) ?? [:]
                #expect(elements == expected, "\(name) in:\n\(text)")
                let keyed = real?.keyed.mapValues(\.bytes) ?? [:]
                #expect(read?.keyed.mapValues(\.bytes) ?? [:] == keyed, "\(name) in:\n\(text)")
            }
            #expect(bash.printed == "", "bash complains about:\n\(text)")
        }
    }
}

/// Writes configs of assignments in all forms.
struct ConfigGenerator {
    private var state: UInt64
    private var names: [String] = []

    init(seed: UInt64) {
        state = seed &* 0x9e37_79b9_7f4a_7c15 | 1
    }

    private mutating func random(_ count: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state >> 33) % count
    }

    private mutating func pick<T>(_ values: [T]) -> T { values[random(values.count)] }

    mutating func config(lines: Int) -> String {
        names = ["A0"]
        var text = "A0=start\n"
        for _ in 0..<lines { text += statement() + pick(["\n", "\n", "; ", " # a 'comment\n", "\n\n", "  \n"]) }
        return text + "\n"
    }

    private mutating func statement() -> String {
        let name = "\(pick(["A", "B_", "KEY"]))\(random(6))"
        defer { names.append(name) }
        switch random(9) {
        case 0: return "\(name)[\(random(5))]=\(value())"
        case 1: return "\(name)[\(random(3))]+=\(value())"
        case 2: return "\(name)+=\(value())"
        case 3: return "\(name)=(\(elements()))"
        case 4: return "\(name)+=( \(elements()))"
        case 5: return "export \(name)=\(value())"
        case 6: return "\(name)=\(value()) \(name)2=\(value())"
        case 7: return "DOMU_VCPU_HARD_AFFINITY[\(random(2)),\(random(2))]=\(value())"
        default: return "\(name)=\(value())"
        }
    }

    private mutating func elements() -> String {
        var parts: [String] = []
        for _ in 0..<random(4) {
            parts.append((random(4) == 0 ? "[\(random(6))]=" : "") + nonEmpty())
        }
        return parts.joined(separator: pick([" ", "  ", "\n  ", " # in between\n "]))
    }

    private mutating func nonEmpty() -> String {
        let text = value()
        return text.isEmpty ? "''" : text
    }

    private mutating func value() -> String {
        var text = ""
        for _ in 0..<random(4) { text += piece() }
        return text
    }

    private mutating func piece() -> String {
        let name = pick(names)
        switch random(14) {
        case 0: return "'\(raw(single: true))'"
        case 1: return "\"\(quoted())\""
        case 2: return "$'a\\t\\'\\x4a\\n\\101'"
        case 3: return "$\(name)" + pick(["", ".x", "-y"])
        case 4: return "${\(name)}"
        case 5: return "${\(name)[\(random(3))]}"
        case 6: return "${\(name):-\(pick(["d", "'q q'", "$\(name)z", "\"a b\"", ""]))}"
        case 7: return "${NOTHING\(pick([":-", "-", ":+", "+"]))\(pick(["d", "x y", "\\}", "${\(name)}"]))}"
        case 8: return "$((\(expression(3))))"
        case 9: return "\\" + pick(["a", " ", "\"", "'", "\\", "$", "#", ";", "\n"])
        case 10: return "\\$,"
        default: return pick(["0x40000000", "console=hvc0", "a,b", "board.dtb", "1,3-4", "a#b", "x=y", "%", "é"])
        }
    }

    private mutating func quoted() -> String {
        var text = ""
        for _ in 0..<random(5) {
            text += pick([
                "a", " ", "\\\"", "\\\\", "\\$", "\\x", "'", ";", "#", "|", "$ ", "${\(pick(names))}",
                "$\(pick(names)) ",
                "$((\(expression(2))))", "\n", "\\\n", "(", ">", "~", "${NOTHING:-in 'quotes'}",
            ])
        }
        return text + (text.hasSuffix("$") ? " " : "")
    }

    private mutating func raw(single: Bool) -> String {
        var text = ""
        for _ in 0..<random(5) { text += pick(["a", " ", "\"", "\\", "$x", "`", ";", "#", "\n", "é"]) }
        return text
    }

    private mutating func expression(_ depth: Int) -> String {
        guard depth > 0, random(4) > 0 else { return pick(["7", "0x1f", "010", "1024", "2#101", "36#z", "3"]) }
        let left = expression(depth - 1)
        let right = expression(depth - 1)
        switch random(8) {
        case 0: return "(\(left)) - \(right)"
        case 1: return "\(left) % 13 + \(right)"
        case 2: return "(\(left)) << (\(right) & 7)"
        case 3: return "-(\(left))*\(right)"
        case 4: return "\(left) > \(right) ? \(left) : \(right)"
        case 5: return "!\(left) || ~\(right)"
        case 6: return "\(left)|\(right)^3&5"
        default: return "\(left)+\(right)"
        }
    }
}
