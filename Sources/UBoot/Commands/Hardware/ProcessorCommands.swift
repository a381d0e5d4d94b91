/// Caches, the screen and a monitor.
enum ProcessorCommands {
    static let all: [CommandDefinition] = [
        CommandDefinition(
            "dcache", maximumArguments: 2, summary: "enable or disable data cache",
            usage: """
                [on, off, flush]
                    - enable, disable, or flush data (writethrough) cache
                """,
            body: { call, machine in cache(call, \.hasDataCache, "Data (writethrough)", &machine) }),
        CommandDefinition(
            "icache", maximumArguments: 2, summary: "enable or disable instruction cache",
            usage: """
                [on, off, flush]
                    - enable, disable, or flush instruction cache
                """,
            body: { call, machine in cache(call, \.hasInstructionCache, "Instruction", &machine) }),
        CommandDefinition(
            "cls", maximumArguments: 1, summary: "clear screen",
            usage: "",
            body: { _, machine in clear(&machine) }),
        CommandDefinition(
            "setcurs", maximumArguments: 3, summary: "set cursor position within screen",
            usage: "    <col> <row> in character",
            body: { call, _ in call.count == 3 ? .success : .usage }),
        CommandDefinition(
            "lcdputs", maximumArguments: 2, summary: "print string on video framebuffer",
            usage: "    <string>",
            body: { call, _ in call.count == 2 ? .success : .usage }),
        CommandDefinition(
            "hdmidet", maximumArguments: 1, summary: "detect HDMI monitor",
            usage: "",
            body: { _, machine in machine.description.hardware.hasMonitor ? .success : .failure }),
    ]

    private static func cache(
        _ call: CommandCall, _ state: WritableKeyPath<HardwareState, Bool>, _ name: ByteString, _ machine: inout Machine
    ) -> CommandStatus {
        switch call.word(1) {
        case "" where call.count == 1:
            machine.print("\(name) Cache is \(machine.hardware[keyPath: state] ? "ON" : "OFF")\n")
        case "on": machine.hardware[keyPath: state] = true
        case "off": machine.hardware[keyPath: state] = false
        case "flush": break
        default: return .usage
        }
        return .success
    }

    /// Divergence: on a board with a screen that is cleared; the console gets what a terminal clears itself with.
    private static func clear(_ machine: inout Machine) -> CommandStatus {
        machine.print("\u{1b}[2J\u{1b}[1;1H")
        return .success
    }
}
