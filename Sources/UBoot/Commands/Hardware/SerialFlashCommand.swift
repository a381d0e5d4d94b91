/// The command `sf`: flash chips on SPI buses.
enum SerialFlashCommand {
    static let all: [CommandDefinition] = [
        CommandDefinition(
            "sf", maximumArguments: 5, summary: "SPI flash sub-system",
            usage: """
                probe [[bus:]cs] [hz] [mode]\t- init flash device on given SPI bus
                \t\t\t\t  and chip select
                sf read addr offset|partition len\t- read `len' bytes starting at
                \t\t\t\t          `offset' or from start of mtd
                \t\t\t\t\t  `partition'to memory at `addr'
                sf write addr offset|partition len\t- write `len' bytes from memory
                \t\t\t\t          at `addr' to flash at `offset'
                \t\t\t\t\t  or to start of mtd `partition'
                sf erase offset|partition [+]len\t- erase `len' bytes from `offset'
                \t\t\t\t\t  or from start of mtd `partition'
                \t\t\t\t\t `+len' round up `len' to block size
                sf update addr offset|partition len\t- erase and write `len' bytes from memory
                \t\t\t\t\t  at `addr' to flash at `offset'
                \t\t\t\t\t  or to start of mtd `partition'
                sf protect lock/unlock sector len\t- protect/unprotect 'len' bytes starting
                \t\t\t\t\t  at address 'sector'
                """,
            body: { call, machine in try run(call, &machine) })
    ]

    private typealias Chip = HardwareDescription.SerialFlash

    private static func run(_ call: CommandCall, _ machine: inout Machine) throws -> CommandStatus {
        guard call.count > 1 else { return .usage }
        if call.word(1) == "probe" { return probe(call, &machine) }
        guard let index = machine.hardware.flash else {
            machine.print("No SPI flash selected. Please run `sf probe'\n")
            return .failure
        }
        let flash = Flash(machine.description.hardware.serialFlash[index], index)
        switch call.word(1) {
        case "read", "write": return try transfer(call, flash, &machine)
        case "erase": return erase(call, flash, &machine)
        case "update": return try update(call, flash, &machine)
        default:
            machine.recorder.markCurrent(.unsimulated)
            machine.print("ibtest: 'sf \(call.word(1))' is not simulated\n")
            return .failure
        }
    }

    /// A chip with its index among the board's.
    private struct Flash {
        var chip: Chip
        var index: Int

        init(_ chip: Chip, _ index: Int) {
            self.chip = chip
            self.index = index
        }

        var name: String { "sf \(chip.bus):\(chip.chipSelect)" }
    }

    /// `sf probe [[BUS:]CS] [HZ] [MODE]`.
    private static func probe(_ call: CommandCall, _ machine: inout Machine) -> CommandStatus {
        let parts = call.word(2).bytes.split(separator: UInt8(ascii: ":"), maxSplits: 1)
        let numbers = parts.map { Int(clamping: Numbers.decimal(ByteString($0))) }
        let bus = numbers.count > 1 ? numbers[0] : 0
        let select = numbers.last ?? 0
        let chips = machine.description.hardware.serialFlash
        machine.hardware.flash = nil
        guard chips.contains(where: { $0.bus == bus }) else {
            machine.print("Invalid bus \(bus) (err=-19)\n")
            // Without a speed the chip is looked for in another way, whose failure is not told.
            guard call.count > 3 else { return .success }
            machine.print("Failed to initialize SPI flash at \(bus):\(select) (error -19)\n")
            return .failure
        }
        guard let index = chips.firstIndex(where: { $0.bus == bus && $0.chipSelect == select }) else {
            machine.print("Invalid cs \(select) (err=-22)\nInvalid cs \(select) (err=-22)\n")
            machine.print("Invalid chip select \(bus):\(select) (err=-22)\n")
            machine.print("Failed to initialize SPI flash at \(bus):\(select) (error -22)\n")
            return .failure
        }
        let chip = chips[index]
        machine.hardware.flash = index
        machine.print("SF: Detected \(chip.name) with page size \(Self.size(chip.pageSize)), erase size ")
        machine.print("\(Self.size(chip.eraseSize)), total \(Self.size(chip.size))\n")
        machine.recordEffect(on: "sf \(bus):\(select)", "probed", call)
        return .success
    }

    /// `sf read|write ADDRESS OFFSET SIZE`.
    private static func transfer(_ call: CommandCall, _ flash: Flash, _ machine: inout Machine) throws -> CommandStatus
    {
        let isRead = call.word(1) == "read"
        guard call.count >= 4, let (offset, size) = range(call, 3, flash.chip) else { return .usage }
        guard fits(offset, size, flash.chip, &machine) else { return .usage }
        let isWhole = offset == 0 && size == flash.chip.size
        let what: ByteString = isWhole ? "whole chip" : "offset 0x\(hex: offset), size 0x\(hex: size)"
        machine.print("device 0 \(what)\n")
        let target = AddressRange(start: Address(call.hex(2)), size: size)
        var content = machine.flashContent(flash.index)
        if isRead {
            try machine.memory.write(
                Array(content[Int(offset)..<Int(offset + size)]), at: target.start, by: machine.writer(call))
        } else {
            let bytes = try machine.memory.read(target)
            // Flash only clears bits.
            for (index, byte) in bytes.enumerated() { content[Int(offset) + index] &= byte }
            machine.hardware.flashContent[flash.index] = content
        }
        machine.print("SF: \(size) bytes @ 0x\(hex: offset) \(isRead ? "Read" : "Written"): OK\n")
        machine.recordEffect(
            on: flash.name, "0x\(hexadecimal(size)) bytes at 0x\(hexadecimal(offset)) \(isRead ? "read" : "written")",
            call)
        return .success
    }

    /// `sf erase OFFSET [+]SIZE`.
    private static func erase(_ call: CommandCall, _ flash: Flash, _ machine: inout Machine) -> CommandStatus {
        guard call.count >= 4 else { return .usage }
        let isRounded = call.word(3).bytes.first == UInt8(ascii: "+")
        let offset = call.hex(2)
        var size = isRounded ? Numbers.hex(ByteString(call.word(3).bytes.dropFirst())) : call.hex(3)
        let block = max(flash.chip.eraseSize, 1)
        if isRounded { size = min(size, UInt64.max - block) / block * block + (size % block == 0 ? 0 : block) }
        guard fits(offset, size, flash.chip, &machine) else { return .usage }
        guard offset % block == 0, size % block == 0 else {
            machine.print("SF: \(size) bytes @ 0x\(hex: offset) Erased: ERROR -22\n")
            return .failure
        }
        var content = machine.flashContent(flash.index)
        for index in Int(offset)..<Int(offset + size) { content[index] = 0xff }
        machine.hardware.flashContent[flash.index] = content
        machine.print("SF: \(size) bytes @ 0x\(hex: offset) Erased: OK\n")
        machine.recordEffect(on: flash.name, "0x\(hexadecimal(size)) bytes at 0x\(hexadecimal(offset)) erased", call)
        return .success
    }

    /// `sf update ADDRESS OFFSET SIZE`: writes what differs.
    private static func update(_ call: CommandCall, _ flash: Flash, _ machine: inout Machine) throws -> CommandStatus {
        guard call.count >= 5, let (offset, size) = range(call, 3, flash.chip) else { return .usage }
        guard fits(offset, size, flash.chip, &machine) else { return .usage }
        machine.print("device 0 offset 0x\(hex: offset), size 0x\(hex: size)\n")
        let bytes = try machine.memory.read(AddressRange(start: Address(call.hex(2)), size: size))
        var content = machine.flashContent(flash.index)
        let block = max(flash.chip.eraseSize, 1)
        var skipped: UInt64 = 0
        for start in stride(from: UInt64(0), to: size, by: Int.Stride(clamping: block)) {
            let part = Int(start)..<Int(min(start + block, size))
            let place = part.lowerBound + Int(offset)..<part.upperBound + Int(offset)
            if content[place] == bytes[part] { skipped += UInt64(part.count) }
            content.replaceSubrange(place, with: bytes[part])
        }
        machine.hardware.flashContent[flash.index] = content
        machine.print("\(size - skipped) bytes written, \(skipped) bytes skipped in 0.0s, speed 0 B/s\n")
        machine.recordEffect(on: flash.name, "0x\(hexadecimal(size)) bytes at 0x\(hexadecimal(offset)) updated", call)
        return .success
    }

    /// The offset at a word and the size behind it; without one, all that follows.
    private static func range(
        _ call: CommandCall, _ index: Int, _ chip: Chip
    ) -> (offset: UInt64, size: UInt64)? {
        let offset = call.hex(index)
        return (offset, call.count > index + 1 ? call.hex(index + 1) : chip.size - min(offset, chip.size))
    }

    /// Whether bytes lie on the chip; says what is wrong, before the usage, if they do not.
    private static func fits(_ offset: UInt64, _ size: UInt64, _ chip: Chip, _ machine: inout Machine) -> Bool {
        guard offset < chip.size else {
            machine.print("Offset exceeds device limit\n")
            return false
        }
        guard size <= chip.size - offset else {
            machine.print("Size exceeds partition or device limit\n")
            return false
        }
        return true
    }

    /// `256 Bytes`, `4 KiB`, `64 MiB`.
    private static func size(_ count: UInt64) -> ByteString {
        count >= 1 << 20 ? "\(count >> 20) MiB" : count >= 1 << 10 ? "\(count >> 10) KiB" : "\(count) Bytes"
    }
}

extension Machine {
    /// All bytes of a serial flash chip.
    fileprivate func flashContent(_ index: Int) -> [UInt8] {
        if let content = hardware.flashContent[index] { return content }
        let chip = description.hardware.serialFlash[index]
        let content = chip.content.prefix(Int(chip.size))
        return content + [UInt8](repeating: 0xff, count: Int(chip.size) - content.count)
    }
}
