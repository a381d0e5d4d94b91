/// `nand read` and `nand write`: bad blocks are left out.
struct NANDTransfer {
    private let call: CommandCall
    private let suffix: ByteString?
    private let isRead: Bool

    init(_ call: CommandCall, _ suffix: ByteString?, isRead: Bool) {
        (self.call, self.suffix, self.isRead) = (call, suffix, isRead)
    }

    private var verb: ByteString { isRead ? "read" : "write" }

    func run(_ machine: inout Machine) throws -> CommandStatus {
        guard call.count >= 4 else { return .usage }
        guard suffix != "raw" && suffix != "oob" && suffix != "raw.noverify" else {
            return NANDCommand.unsimulated(call.word(1), &machine)
        }
        machine.print("\nNAND \(verb): ")
        guard var range = NANDRange(call, at: 3, &machine) else { return .failure }
        if call.count < 5 { leaveOutBad(&range, &machine) }
        if let suffix, !["jffs2", "e", "i"].contains(suffix) {
            machine.print("Unknown nand command suffix '.\(suffix)'.\n")
            return .failure
        }
        let address = Address(call.hex(2))
        let count = try transfer(range, address, &machine)
        let isGood = count == range.size
        machine.print(" \(count) bytes \(isRead ? "read" : "written"): \(isGood ? "OK" : "ERROR")\n")
        machine.recordEffect(
            on: "nand",
            "0x\(hexadecimal(count)) bytes at 0x\(hexadecimal(range.offset)) \(isRead ? "read" : "written")", call)
        return isGood ? .success : .failure
    }

    /// A size that was not given counts good blocks alone.
    private func leaveOutBad(_ range: inout NANDRange, _ machine: inout Machine) {
        let chip = machine.hardware.nandChip
        let bad = chip.badBlocks.filter { $0 >= chip.block(of: range.offset) && $0 < range.offset + range.size }
        guard !bad.isEmpty else { return }
        range.size -= min(range.size, UInt64(bad.count) * chip.blockByteCount)
        machine.print("size adjusted to 0x\(hex: range.size) (\(bad.count) bad blocks)\n")
    }

    /// Moves the bytes; how many, 0 after saying what is wrong.
    private func transfer(_ range: NANDRange, _ address: Address, _ machine: inout Machine) throws -> UInt64 {
        let chip = machine.hardware.nandChip
        guard range.offset % chip.pageByteCount == 0 else {
            machine.print("Attempt to \(verb) non page-aligned data\n")
            return 0
        }
        guard let parts = parts(of: range, chip) else {
            machine.print("Attempt to \(verb) outside the flash area\n")
            return 0
        }
        var done: UInt64 = 0
        for part in parts {
            guard !part.isBad else {
                machine.print("\(isRead ? "Skipping" : "Skip") bad block 0x\(hex: part.offset, width: 8)\n")
                continue
            }
            let target = AddressRange(start: address + done, size: part.size)
            if isRead {
                let bytes = machine.hardware.nandChip.read(part.offset, part.size)
                try machine.memory.write(bytes, at: target.start, by: machine.writer(call))
            } else {
                let bytes = try machine.memory.read(target)
                guard machine.hardware.nandChip.program(bytes, at: part.offset) else {
                    // Without bad blocks it is one write, of which nothing counts.
                    let isWhole = !parts.contains { $0.isBad }
                    machine.print(
                        "NAND write to offset \(hex: isWhole ? range.offset : part.offset + part.size) failed -5\n")
                    return isWhole ? 0 : done
                }
            }
            done += part.size
        }
        return done
    }

    /// A piece inside of one block.
    private struct Part {
        var offset: UInt64
        var size: UInt64
        var isBad: Bool
    }

    /// The pieces in their order; nil where the chip ends before all bytes have a good block.
    private func parts(of range: NANDRange, _ chip: NANDChip) -> [Part]? {
        var parts: [Part] = []
        var left = range.size
        var offset = range.offset
        while left > 0 {
            guard offset < chip.byteCount else { return nil }
            let block = chip.block(of: offset)
            let isBad = chip.badBlocks.contains(block)
            let size = min(left, block + chip.blockByteCount - offset)
            parts.append(Part(offset: isBad ? block : offset, size: size, isBad: isBad))
            if !isBad { left -= size }
            offset = block + chip.blockByteCount
        }
        return parts
    }
}
