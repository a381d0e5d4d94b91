/// The command `nand`: raw flash chips of the board.
enum NANDCommand {
    static let command = CommandDefinition(
        "nand", maximumArguments: 16, summary: "NAND sub-system",
        usage: """
            info - show available NAND devices
            nand device [dev] - show or set current device
            nand read - addr off|partition size
            nand write - addr off|partition size
                read/write 'size' bytes starting at offset 'off'
                to/from memory address 'addr', skipping bad blocks.
            nand read.raw - addr off|partition [count]
            nand write.raw[.noverify] - addr off|partition [count]
                Use read.raw/write.raw to avoid ECC and access the flash as-is.
            nand erase[.spread] [clean] off size - erase 'size' bytes from offset 'off'
                With '.spread', erase enough for given file size, otherwise,
                'size' includes skipped bad blocks.
            nand erase.part [clean] partition - erase entire mtd partition'
            nand erase.chip [clean] - erase entire chip'
            nand bad - show bad blocks
            nand dump[.oob] off - dump page
            nand scrub [-y] off size | scrub.part partition | scrub.chip
                really clean NAND erasing bad blocks (UNSAFE)
            nand markbad off [...] - mark bad block(s) at offset (UNSAFE)
            nand biterr off bit - make a bit error at offset and bit position (UNSAFE)
            """,
        body: { call, machine in try run(call, &machine) })

    private static func run(_ call: CommandCall, _ machine: inout Machine) throws -> CommandStatus {
        guard call.count > 1 else { return .usage }
        let chips = machine.hardware.nand
        switch call.word(1) {
        case "info":
            machine.print("\n")
            for index in chips.indices { describe(index, &machine) }
            return .success
        case "device" where call.count > 2:
            return select(Int(clamping: Numbers.decimal(call.word(2))), &machine)
        default: break
        }
        guard chips.indices.contains(machine.hardware.nandDevice) else {
            machine.print("\nno devices available\n")
            return call.word(1) == "device" ? .success : .failure
        }
        return try use(call, &machine)
    }

    /// What needs a chip.
    private static func use(_ call: CommandCall, _ machine: inout Machine) throws -> CommandStatus {
        let word = call.word(1)
        if word == "device" {
            machine.print("\n")
            describe(machine.hardware.nandDevice, &machine)
            return .success
        }
        if word == "bad" { return listBad(&machine) }
        if word == "markbad" { return markBad(call, &machine) }
        let parts = word.bytes.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        let (verb, suffix) = (ByteString(parts[0]), parts.count > 1 ? ByteString(parts[1]) : nil)
        switch verb {
        case "erase": return NANDErasing.run(call, suffix, &machine)
        case "read", "write": return try NANDTransfer(call, suffix, isRead: verb == "read").run(&machine)
        case "dump", "scrub", "torture", "biterr", "lock", "unlock": return unsimulated(word, &machine)
        default: return .usage
        }
    }

    /// Says that ibtest cannot do it.
    static func unsimulated(_ word: ByteString, _ machine: inout Machine) -> CommandStatus {
        machine.recorder.markCurrent(.unsimulated)
        machine.print("ibtest: 'nand \(word)' is not simulated\n")
        return .failure
    }

    private static func select(_ number: Int, _ machine: inout Machine) -> CommandStatus {
        let chips = machine.hardware.nand
        guard chips.indices.contains(number), machine.hardware.nandDevice != number else { return .success }
        machine.print("Device \(number): \(chips[number].name)... is now current device\n")
        machine.hardware.nandDevice = number
        return .success
    }

    private static func describe(_ index: Int, _ machine: inout Machine) {
        let chip = machine.hardware.nand[index]
        func line(_ label: ByteString, _ value: ByteString, _ unit: ByteString) -> ByteString {
            let blanks = ByteString([UInt8](repeating: UInt8(ascii: " "), count: max(0, 9 - value.count)))
            return "  \(label)\(blanks)\(value) \(unit)\n"
        }
        machine.print("Device \(index): \(chip.name), sector size \(chip.blockByteCount >> 10) KiB\n")
        machine.print(line("Page size    ", "\(chip.pageByteCount)", "b"))
        machine.print(line("OOB size     ", "\(chip.spareByteCount)", "b"))
        machine.print(line("Erase size   ", "\(chip.blockByteCount)", "b"))
        machine.print(line("ecc strength ", "\(chip.correctedBits)", "bits"))
        machine.print(line("ecc step size", "\(chip.stepByteCount)", "b"))
        machine.print(line("subpagesize  ", "\(min(chip.pageByteCount, UInt64(chip.stepByteCount)))", "b"))
        machine.print("  options       0x00000100\n  bbt options   0x00000000\n")
        machine.setVariable("nand_writesize", to: "\(hex: chip.pageByteCount)")
        machine.setVariable("nand_oobsize", to: "\(hex: chip.spareByteCount)")
        machine.setVariable("nand_erasesize", to: "\(hex: chip.blockByteCount)")
    }

    private static func listBad(_ machine: inout Machine) -> CommandStatus {
        machine.print("\nDevice \(machine.hardware.nandDevice) bad blocks:\n")
        let sign: ByteString = machine.release >= .v2025_01 ? "0x" : ""
        for offset in machine.hardware.nandChip.badBlocks.sorted() {
            machine.print("  \(sign)\(hex: offset, width: 8)\n")
        }
        return .success
    }

    private static func markBad(_ call: CommandCall, _ machine: inout Machine) -> CommandStatus {
        guard call.count > 2 else { return .usage }
        var status = CommandStatus.success
        for index in 2..<call.count {
            let offset = call.hex(index)
            let chip = machine.hardware.nandChip
            guard offset < chip.byteCount else {
                machine.print("block 0x\(hex: offset, width: 8) NOT marked as bad! ERROR 0\n")
                status = .failure
                continue
            }
            machine.hardware.nandChip.badBlocks.insert(chip.block(of: offset))
            machine.print("block 0x\(hex: offset, width: 8) successfully marked as bad\n")
            machine.recordEffect(on: "nand", "block at 0x\(hexadecimal(offset)) marked bad", call)
        }
        return status
    }
}

/// Offset and size as commands for NAND flash take them.
struct NANDRange {
    var offset: UInt64
    var size: UInt64

    /// Reads the words behind a command and says which range it is; nil after saying what is wrong with it.
    init?(_ call: CommandCall, at index: Int, _ machine: inout Machine) {
        let chip = machine.hardware.nandChip
        (offset, size) = (0, chip.byteCount)
        if call.count > index {
            guard Numbers.isWholeHex(call.word(index)) else {
                machine.recorder.markCurrent(.unsimulated)
                machine.print("ibtest: MTD partitions are not simulated\n")
                return nil
            }
            offset = call.hex(index)
            guard offset < chip.byteCount else {
                machine.print("Offset exceeds device limit\n")
                return nil
            }
            size = call.count > index + 1 ? call.hex(index + 1) : chip.byteCount - offset
            guard size > 0 else { return nil }
            guard size <= chip.byteCount - offset else {
                machine.print("Size exceeds partition or device limit\n")
                return nil
            }
        }
        let isWhole = size == chip.byteCount
        let what: ByteString = isWhole ? "whole chip" : "offset 0x\(hex: offset), size 0x\(hex: size)"
        machine.print("device \(machine.hardware.nandDevice) \(what)\n")
    }
}
