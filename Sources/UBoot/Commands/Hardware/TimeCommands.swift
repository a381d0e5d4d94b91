/// The commands about time: the clock of the simulation is what commands wait for.
enum TimeCommands {
    static let all: [CommandDefinition] = [
        CommandDefinition(
            "time", maximumArguments: 16, isRepeatable: false, summary: "run commands and summarize execution time",
            usage: """
                command [args...]

                """,
            body: { call, machine in try measure(call, &machine) }),
        CommandDefinition(
            "timer", maximumArguments: 2, summary: "access the system timer",
            usage: """
                start - Reset the timer reference.
                timer get   - Print the time since 'start'.
                """,
            body: { call, machine in timer(call, &machine) }),
        CommandDefinition(
            "gettime", maximumArguments: 1, summary: "get timer val elapsed",
            usage: "get time elapsed from uboot start",
            body: { _, machine in showTicks(&machine) }),
        CommandDefinition(
            "rtc", maximumArguments: 5, isRepeatable: false, summary: "RTC subsystem",
            usage: """
                list                        - show available rtc devices
                rtc dev [n]                     - show or set current rtc device
                rtc read <reg> <count>          - read and display 8-bit registers starting at <reg>
                rtc read <reg> <count> <addr>   - read 8-bit registers starting at <reg> to memory <addr>
                rtc write <reg> <hexstring>     - write 8-bit registers starting at <reg>
                rtc write <reg> <count> <addr>  - write from memory <addr> to 8-bit registers starting at <reg>

                """,
            body: { call, machine in clock(call, &machine) }),
    ]

    private static func measure(_ call: CommandCall, _ machine: inout Machine) throws -> CommandStatus {
        guard call.count > 1 else { return .usage }
        let start = machine.clock
        let status = try machine.call(Array(call.words.dropFirst()), at: call.place)
        let elapsed = machine.clock &- start
        let (minutes, seconds) = (elapsed / 60_000, elapsed / 1000 % 60)
        let text: ByteString = minutes > 0 ? "\(minutes) minutes, " : ""
        machine.print("\ntime: \(text)\(seconds).\(threeDigits(elapsed % 1000)) seconds\n")
        return CommandStatus(rawValue: status)
    }

    private static func timer(_ call: CommandCall, _ machine: inout Machine) -> CommandStatus {
        guard call.count == 2 else { return .usage }
        switch call.word(1) {
        case "start": machine.hardware.timerStart = machine.clock
        case "get":
            let elapsed = machine.clock &- machine.hardware.timerStart
            machine.print("\(elapsed / 1000).\(threeDigits(elapsed % 1000))\n")
        default: break
        }
        return .success
    }

    private static func showTicks(_ machine: inout Machine) -> CommandStatus {
        let ticks = machine.clock
        machine.print("Timer val: \(ticks)\nSeconds : \(ticks / 1000)\nRemainder : \(ticks % 1000)\nsys_hz = 1000\n")
        return .success
    }

    private static func clock(_ call: CommandCall, _ machine: inout Machine) -> CommandStatus {
        let clocks = machine.description.hardware.clocks
        switch (call.word(1), call.count) {
        case ("list", 2):
            for (number, name) in clocks.enumerated() { machine.print("RTC #\(number) - \(name)\n") }
            return .success
        case ("dev", 2), ("dev", 3):
            let number = call[2].map { Numbers.parse($0.bytes[...], radix: 10).value } ?? 0
            guard number < UInt64(clocks.count) else {
                machine.print("Cannot find RTC #\(number): err=-19\n")
                return .failure
            }
            machine.print("RTC #\(number) - \(clocks[Int(number)])\n")
            return .success
        case ("read", 4...5), ("write", 4):
            guard clocks.isEmpty else {
                machine.recorder.markCurrent(.unsimulated)
                machine.print("ibtest: the registers of a clock are not simulated\n")
                return .failure
            }
            machine.print("Cannot find RTC #0: err=-19\n")
            return .failure
        default: return .usage
        }
    }

    private static func threeDigits(_ number: UInt64) -> ByteString {
        let digits = String(number)
        return ByteString(utf8: String(repeating: "0", count: max(0, 3 - digits.count)) + digits)
    }
}
