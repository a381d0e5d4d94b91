/// The command `i2c`.
enum I2CCommand {
    static let all: [CommandDefinition] = [
        CommandDefinition(
            "i2c", maximumArguments: 7, summary: "I2C sub-system",
            usage: """
                bus [muxtype:muxaddr:muxchannel] - show I2C bus info
                i2c crc32 chip address[.0, .1, .2] count - compute CRC32 checksum
                i2c dev [dev] - show or set current I2C bus
                i2c edid chip - print EDID configuration information
                i2c loop chip address[.0, .1, .2] [# of objects] - looping read of device
                i2c md chip address[.0, .1, .2] [# of objects] - read from I2C device
                i2c mm chip address[.0, .1, .2] - write to I2C device (auto-incrementing)
                i2c mw chip address[.0, .1, .2] value [count] - write to I2C device (fill)
                i2c nm chip address[.0, .1, .2] - write to I2C device (constant address)
                i2c probe [address] - test for and show device(s) on the I2C bus
                i2c read chip address[.0, .1, .2] length memaddress - read to memory
                i2c write memaddress chip address[.0, .1, .2] length [-s] - write memory
                          to I2C; the -s option selects bulk write in a single transaction
                i2c flags chip [flags] - set or get chip flags
                i2c olen chip [offset_length] - set or get chip offset length
                i2c reset - re-init the I2C Controller
                i2c speed [speed] - show or set I2C bus speed
                """,
            body: { call, machine in try run(call, &machine) })
    ]

    /// How few words a subcommand takes; the rest of the table is in `run`.
    private static let leastWords: [ByteString: Int] = [
        "bus": 2, "crc32": 5, "dev": 2, "flags": 3, "md": 4, "mm": 4, "mw": 5, "nm": 4, "olen": 3, "probe": 2,
        "read": 6, "reset": 2, "speed": 2, "write": 6,
    ]

    private static func run(_ call: CommandCall, _ machine: inout Machine) throws -> CommandStatus {
        guard let least = leastWords[call.word(1)], call.count >= least else { return .usage }
        switch call.word(1) {
        case "bus": return list(&machine)
        case "dev": return choose(call, &machine)
        default: break
        }
        guard let bus = machine.i2cBus else {
            machine.print("No I2C bus selected\n")
            switch call.word(1) {
            case "md", "read", "crc32", "flags", "olen": machine.print("Error reading the chip: -19\n")
            case "mw", "mm", "nm", "write": machine.print("Error writing the chip: -19\n")
            default: break
            }
            return .failure
        }
        switch call.word(1) {
        case "probe": return probe(call, bus, &machine)
        case "md", "read": return try read(call, bus, &machine)
        case "mw", "write": return try write(call, bus, &machine)
        case "speed":
            if call.count > 2 { machine.print("Setting bus speed to \(Numbers.decimal(call.word(2))) Hz\n") }
            machine.recordEffect(on: "i2c \(bus.number)", "speed \(call.word(2).display)", call)
            return .success
        default:
            machine.recorder.markCurrent(.unsimulated)
            machine.print("ibtest: 'i2c \(call.word(1))' is not simulated\n")
            return .failure
        }
    }

    private static func list(_ machine: inout Machine) -> CommandStatus {
        for bus in machine.description.hardware.buses {
            machine.print("Bus \(bus.number):\t\(bus.name)\n")
        }
        return .success
    }

    private static func choose(_ call: CommandCall, _ machine: inout Machine) -> CommandStatus {
        guard call.count > 2 else {
            if machine.i2cBus == nil { machine.print("No I2C bus selected\n") }
            machine.print("Current bus is \(machine.hardware.bus ?? -1)\n")
            return .success
        }
        let number = Int(clamping: Numbers.decimal(call.word(2)))
        machine.print("Setting bus to \(number)\n")
        guard machine.description.hardware.buses.contains(where: { $0.number == number }) else {
            machine.print("Failure changing bus number (-19)\n")
            return .failure
        }
        machine.hardware.bus = number
        return .success
    }

    private static func probe(
        _ call: CommandCall, _ bus: HardwareDescription.Bus, _ machine: inout Machine
    ) -> CommandStatus {
        let wanted = call[2].map { UInt8(truncatingIfNeeded: Numbers.hex($0)) }
        let found = bus.chips.keys.sorted().filter { wanted == nil || $0 == wanted }
        machine.print("Valid chip addresses:")
        for chip in found { machine.print(" \(hex: chip, width: 2, upper: true)") }
        machine.print("\n")
        machine.recordEffect(on: "i2c \(bus.number)", "probed", call)
        return found.isEmpty ? .failure : .success
    }

    /// `i2c md CHIP REGISTER [COUNT]` and `i2c read CHIP REGISTER COUNT ADDRESS`.
    private static func read(
        _ call: CommandCall, _ bus: HardwareDescription.Bus, _ machine: inout Machine
    ) throws -> CommandStatus {
        let isRead = call.word(1) == "read"
        let chip = UInt8(truncatingIfNeeded: call.hex(2))
        guard bus.chips[chip] != nil else {
            machine.print("Error reading the chip: -121\n")
            return .failure
        }
        let register = call.hex(3)
        let count = Int(clamping: call.count > 4 ? min(call.hex(4), 1 << 16) : 16)
        let bytes = (0..<count).map { machine.register(bus, chip, register &+ UInt64($0)) }
        if isRead {
            try machine.memory.write(bytes, at: Address(call.hex(5)), by: machine.writer(call))
        } else {
            show(bytes, register, &machine)
        }
        machine.recordEffect(
            on: "i2c \(bus.number):\(hexadecimal(UInt64(chip), width: 2))",
            "\(count) bytes read from 0x\(hexadecimal(register))", call)
        return .success
    }

    private static func show(_ bytes: [UInt8], _ register: UInt64, _ machine: inout Machine) {
        for start in stride(from: 0, to: bytes.count, by: 16) {
            let line = bytes[start..<min(start + 16, bytes.count)]
            machine.print("\(hex: register &+ UInt64(start), width: 4):")
            for byte in line { machine.print(" \(hex: byte, width: 2)") }
            machine.print("    ")
            machine.print(ByteString(line.map { $0 < 0x20 || $0 > 0x7e ? UInt8(ascii: ".") : $0 }))
            machine.print("\n")
        }
    }

    /// `i2c mw CHIP REGISTER VALUE [COUNT]` and `i2c write ADDRESS CHIP REGISTER COUNT [-s]`.
    private static func write(
        _ call: CommandCall, _ bus: HardwareDescription.Bus, _ machine: inout Machine
    ) throws -> CommandStatus {
        let isBlock = call.word(1) == "write"
        let chip = UInt8(truncatingIfNeeded: call.hex(isBlock ? 3 : 2))
        guard bus.chips[chip] != nil else {
            machine.print("Error writing the chip: -121\n")
            return .failure
        }
        let register = call.hex(isBlock ? 4 : 3)
        let bytes: [UInt8]
        if isBlock {
            let size = min(call.hex(5), 1 << 16)
            bytes = try machine.memory.read(AddressRange(start: Address(call.hex(2)), size: size))
        } else {
            let count = Int(clamping: call.count > 5 ? min(call.hex(5), 1 << 16) : 1)
            bytes = [UInt8](repeating: UInt8(truncatingIfNeeded: call.hex(4)), count: count)
        }
        for (offset, byte) in bytes.enumerated() {
            machine.hardware.registers[[UInt64(bus.number), UInt64(chip), register &+ UInt64(offset)]] = byte
        }
        let values = bytes.prefix(8).map { hexadecimal(UInt64($0), width: 2) }.joined(separator: " ")
        machine.recordEffect(
            on: "i2c \(bus.number):\(hexadecimal(UInt64(chip), width: 2))",
            "\(bytes.count) bytes written to 0x\(hexadecimal(register)): \(values)", call)
        return .success
    }
}

extension Machine {
    /// The bus that `i2c dev` chose; nil if there is none.
    fileprivate var i2cBus: HardwareDescription.Bus? {
        description.hardware.buses.first { $0.number == hardware.bus }
    }

    /// A register of a chip, as it was written or as the board describes it.
    fileprivate func register(_ bus: HardwareDescription.Bus, _ chip: UInt8, _ register: UInt64) -> UInt8 {
        if let written = hardware.registers[[UInt64(bus.number), UInt64(chip), register]] { return written }
        guard let bytes = bus.chips[chip], register < UInt64(bytes.count) else { return 0 }
        return bytes[Int(register)]
    }
}
