internal import DeviceTree
public import UBoot
public import Verifier

/// A simulated boot for people: what was loaded, where it lies, what the kernel gets, and what is wrong.
public struct SimulationText {
    private let record: BootRecord
    private let findings: [Finding]
    private let typed: ByteString?
    private let style: TextStyle

    /// Takes a run and what was found in it, and the lines if they were typed.
    public init(_ record: BootRecord, findings: [Finding], typed: ByteString? = nil, style: TextStyle) {
        self.record = record
        self.typed = typed
        self.findings = findings
        self.style = style
    }

    /// All sections, each with a title; ended by a line feed.
    public var text: String {
        var lines: [String] = []
        lines += section("Loads", LoadTable(record).lines(style))
        lines += section("Memory", MemoryMap(record).lines(style))
        lines += section("/chosen", chosen)
        lines += section("Hand-off", handOff)
        lines += section("Devices", effects)
        lines += section("Not executed", notExecuted)
        let finder = FindingText(record, typed: typed, style: style)
        lines += section("Findings", findings.flatMap { finder.lines($0) + [""] }.dropLast())
        lines.append(verdict)
        return lines.joined(separator: "\n") + "\n"
    }

    private func section(_ title: String, _ lines: some Collection<String>) -> [String] {
        lines.isEmpty ? [] : [style.paint(title, .title)] + lines + [""]
    }

    private var chosen: [String] {
        guard let blob = record.treeBytes, let tree = try? DeviceTreeDocument(blob: blob.bytes),
            let node = tree["/chosen"]
        else { return [] }
        return Self.lines(of: node, indent: "  ")
    }

    private static func lines(of node: DeviceTreeNode, indent: String) -> [String] {
        let name = String(decoding: node.name, as: UTF8.self).printable
        var lines = ["\(indent)\(name) {"]
        // A list of strings is easier to read as such than with the NULs that dtc shows.
        lines += node.properties.map { "\(indent)    \($0.dts.replacing("\\0", with: "\", \"").printable)" }
        lines += node.children.flatMap { Self.lines(of: $0, indent: indent + "    ") }
        return lines + ["\(indent)};"]
    }

    private var handOff: [String] {
        guard let handOff = record.handOff else { return ["  \(ending)"] }
        var lines = [
            "  \(handOff.method) starts the kernel at \(handOff.kernel.start), which needs memory up to \(handOff.kernel.end)"
        ]
        if handOff.kernel.start != handOff.loadedAt { lines.append("  it was moved there from \(handOff.loadedAt)") }
        lines.append("  device tree  \(handOff.tree.start)–\(handOff.tree.end), \(byteCount(handOff.tree.size))")
        if handOff.tree.start != handOff.treeLoadedAt {
            lines.append("  it was moved there from \(handOff.treeLoadedAt)")
        }
        lines.append(
            "  ramdisk      " + (handOff.ramdisk.map { "\($0.start)–\($0.end), \(byteCount($0.size))" } ?? "none"))
        return lines
    }

    private var effects: [String] {
        guard !record.effects.isEmpty else { return [] }
        var table = Table(columns: [("device", .left), ("", .left), ("at", .left)])
        for effect in record.effects {
            table.rows.append([effect.device.printable, effect.action.printable, "\(effect.place)".printable])
        }
        return table.lines(style)
    }

    private var notExecuted: [String] {
        let list = record.notExecuted
        guard !list.isEmpty else { return [] }
        var table = Table(columns: [("command", .left), ("times", .right), ("first at", .left), ("why", .left)])
        for entry in list {
            table.rows.append([
                entry.word.printable, "\(entry.count)", "\(entry.place)".printable, Self.reason(entry.reason),
            ])
        }
        return table.lines(style)
    }

    private static func reason(_ outcome: CommandRecord.Outcome) -> String {
        switch outcome {
        case .ignored: "the board has no such command; counted as success"
        case .unavailable: "the board's command has no such subcommand"
        case .unsimulated: "ibtest does not simulate it"
        case .unknown, .done, .usage: "the board has no such command"
        }
    }

    private var ending: String {
        switch record.ending {
        case .prompt: "no kernel was started; U-Boot is back at its prompt"
        case .handOff: "a kernel was started"
        case .reset(let reason): "the board was reset: \(reason.printable)"
        case .hang(let reason): "U-Boot hangs: \(reason.printable)"
        case .abort(let range): "bus error at \(range.start): U-Boot crashed and the board was reset"
        case .limit(let limit): "stopped by the limit on \(limit.rawValue)"
        case .unknownCommand(let word): "stopped at the unknown command '\(word.printable)'"
        }
    }

    private var verdict: String {
        let isBad = findings.contains { $0.severity == .error }
        let commands = "\(record.commandCount) command\(record.commandCount == 1 ? "" : "s") on \(record.board)"
        return style.paint(FindingText.summary(findings), isBad ? .error : .good)
            + " after \(commands) (U-Boot \(record.version))"
    }
}
