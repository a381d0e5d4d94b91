/// The command `gpio`.
enum PinCommand {
    static let all: [CommandDefinition] = [
        CommandDefinition(
            "gpio", maximumArguments: 4, isRepeatable: false, summary: "query and control gpio pins",
            usage: """
                <input|set|clear|toggle> <pin>
                    - input/set/clear/toggle the specified pin
                gpio status [-a] [<bank> | <pin>]  - show [all/claimed] GPIOs
                """,
            body: { call, machine in run(call, &machine) })
    ]

    private static func run(_ call: CommandCall, _ machine: inout Machine) -> CommandStatus {
        guard call.count > 1, let letter = call.word(1).bytes.first else { return .usage }
        if call.word(1) == "status" { return showStatus(call, &machine) }
        guard call.count == 3, "icst".utf8.contains(letter) else { return .usage }
        guard let pin = find(call.word(2), machine.description.hardware.pins) else {
            machine.print("GPIO: '\(call.word(2))' not found\nCommand 'gpio' failed: Error -22\n")
            return .failure
        }
        var value: Bool
        switch letter {
        case UInt8(ascii: "i"):
            value = machine.hardware.outputs[pin.number] ?? pin.isHigh
        case UInt8(ascii: "t"):
            value = !(machine.hardware.outputs[pin.number] ?? pin.isHigh)
        default:
            value = letter == UInt8(ascii: "s")
        }
        if letter == UInt8(ascii: "i") {
            machine.recordEffect(on: "gpio \(pin.number)", "read as \(value ? 1 : 0)", call)
        } else {
            machine.hardware.outputs[pin.number] = value
            machine.recordEffect(on: "gpio \(pin.number)", "set to \(value ? 1 : 0)", call)
        }
        machine.print("gpio: pin \(call.word(2)) (gpio \(pin.number)) value is \(value ? 1 : 0)\n")
        // The status of a read is the pin's value.
        return letter == UInt8(ascii: "i") && value ? .failure : .success
    }

    /// `gpio status -a`: every pin, in the order of the banks.
    private static func showStatus(_ call: CommandCall, _ machine: inout Machine) -> CommandStatus {
        // Without -a only pins that a driver claimed are shown, and commands claim none.
        guard call.word(2) == "-a" else { return .success }
        var first = 0
        for (index, bank) in machine.description.hardware.pins.enumerated() {
            machine.print("\(index > 0 ? "\n" : "")Bank \(bank.name):\n")
            for pin in 0..<bank.count {
                let output = machine.hardware.outputs[first + pin]
                let value = output ?? bank.high.contains(pin)
                machine.print("\(bank.name)\(pin): \(output == nil ? "input" : "output"): \(value ? 1 : 0) [ ]\n")
            }
            first += bank.count
        }
        return .success
    }

    /// A pin by its number on the board, or by its bank's name and its number there.
    private static func find(
        _ word: ByteString, _ banks: [HardwareDescription.PinBank]
    ) -> (number: Int, isHigh: Bool)? {
        var first = 0
        let number =
            word.bytes.first.map { (48...57).contains($0) } == true
            ? Numbers.parse(word.bytes[...], radix: 10).value : nil
        for bank in banks {
            if let number, number >= UInt64(first), number < UInt64(first + bank.count) {
                return (Int(number), bank.high.contains(Int(number) - first))
            }
            let name = bank.name.bytes
            if number == nil, word.count > name.count, isSame(word.bytes.prefix(name.count), name) {
                let offset = Numbers.decimal(ByteString(word.bytes.dropFirst(name.count)))
                if offset < UInt64(bank.count) { return (first + Int(offset), bank.high.contains(Int(offset))) }
            }
            first += bank.count
        }
        return nil
    }

    private static func isSame(_ first: ArraySlice<UInt8>, _ second: [UInt8]) -> Bool {
        func lower(_ byte: UInt8) -> UInt8 { (65...90).contains(byte) ? byte + 32 : byte }
        return first.map(lower) == second.map(lower)
    }
}
