public import Boards
internal import UBoot

/// One board for people: what U-Boot finds there.
public struct BoardText {
    private let board: Board
    private let style: TextStyle

    /// Takes a board.
    public init(_ board: Board, style: TextStyle) {
        self.board = board
        self.style = style
    }

    /// All sections, each with a title; ended by a line feed.
    public var text: String {
        var lines = [
            style.paint(board.name, .title) + (board.summary.isEmpty ? "" : "  \(board.summary.printable)"), "",
        ]
        lines += section("U-Boot", uBoot)
        lines += section("Memory", memory)
        lines += section("Device tree", tree)
        lines += section("Addresses and other variables", variables)
        lines += section("Devices", devices)
        lines += section("Commands (\(commands.count))", wrapped(commands))
        return lines.dropLast().joined(separator: "\n") + "\n"
    }

    private func section(_ title: String, _ lines: [String]) -> [String] {
        lines.isEmpty ? [] : [style.paint(title, .title)] + lines + [""]
    }

    private var uBoot: [String] {
        let machine = board.description
        var lines = [
            "  version       \(machine.version.printable)",
            "  prompt        '\(board.prompt.display.printable)'",
            "  load address  \(machine.loadAddress)",
            "  console       \(machine.consoleDevices.map(\.display.printable).joined(separator: ", "))",
        ]
        if let parent = board.parent { lines.append("  extends       \(parent.printable)") }
        lines.append("  file          \(board.path.printable)")
        return lines
    }

    private var memory: [String] {
        var table = Table(columns: [("from", .right), ("to", .right), ("size", .right), ("what", .left)])
        var rows = board.description.banks.map { ($0.range, $0.kind.rawValue) }
        rows += board.reservations.map { ($0.range, "reserved: \($0.reason)") }
        for (range, what) in rows.sorted(by: { ($0.0.start, $1.0.end) < ($1.0.start, $0.0.end) }) {
            table.rows.append([
                "\(range.start)", "\(Address(range.end.value &- 1))", byteCount(range.size), what.printable,
            ])
        }
        return table.lines(style)
    }

    private var tree: [String] {
        let presets = board.description.presets.filter { $0.bytes.starts(with: [0xd0, 0x0d, 0xfe, 0xed]) }
        return presets.map { preset in
            let isControl = preset.address == board.description.controlTree
            return "  \(preset.address)  \(byteCount(preset.size))"
                + (isControl ? ", U-Boot's own ($fdtcontroladdr)" : "")
        }
    }

    private var variables: [String] {
        let all = board.description.defaultEnvironment.merging(board.description.runtimeEnvironment) { $1 }
        let names = BoardSummary.highlights.filter { all[ByteString(utf8: $0)] != nil }
        let width = names.map(\.count).max() ?? 0
        let lines = names.map { name in
            "  \(name.padded(to: width))  \(all[ByteString(utf8: name)]?.display.printable ?? "")"
        }
        return lines + ["  \(all.count) variables in \(board.description.environmentCapacity) bytes"]
    }

    private var devices: [String] {
        let hardware = board.description.hardware
        var lines: [String] = []
        if let network = board.description.network { lines.append("  network    \(network.device.display.printable)") }
        lines += hardware.pins.map { "  gpio       \($0.name.display.printable), \($0.count) pins" }
        lines += hardware.buses.map { bus in
            let chips = bus.chips.keys.sorted().map { "0x\(hexadecimal(UInt64($0), width: 2))" }
            return "  i2c \(bus.number)      \(bus.name.display.printable)"
                + (chips.isEmpty ? "" : ": " + chips.joined(separator: " "))
        }
        lines += hardware.lights.map { "  led        \($0.display.printable)" }
        lines += hardware.serialFlash.map {
            "  sf \($0.bus):\($0.chipSelect)     \($0.name.display.printable), \(byteCount($0.size))"
        }
        lines += hardware.logic.indices.map {
            "  fpga \($0)     \(hardware.logic[$0].takesLoads ? "takes loads" : "fails")"
        }
        lines += hardware.clocks.map { "  rtc        \($0.display.printable)" }
        if hardware.hasMonitor { lines.append("  hdmidet    a monitor") }
        return lines
    }

    private var commands: [String] { BoardSummary.commands(board) }

    private func wrapped(_ words: [String]) -> [String] {
        var lines: [String] = []
        var line = " "
        for word in words {
            if line.count + word.count + 1 > 100 {
                lines.append(line)
                line = " "
            }
            line += " " + word
        }
        return words.isEmpty ? [] : lines + [line]
    }
}
