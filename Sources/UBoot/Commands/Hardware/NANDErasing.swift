/// `nand erase`.
enum NANDErasing {
    static func run(_ call: CommandCall, _ suffix: ByteString?, _ machine: inout Machine) -> CommandStatus {
        let first = call.word(2) == "clean" ? 3 : 2
        let words: Int
        switch suffix {
        case nil, "spread": words = 2
        case "part": words = 1
        case "chip": words = 0
        default: return .usage
        }
        guard call.count == first + words else { return .usage }
        machine.print("\nNAND \(call.word(1)): ")
        guard let range = NANDRange(call, at: first, &machine) else { return .failure }
        let chip = machine.hardware.nandChip
        guard range.offset % chip.blockByteCount == 0 else {
            machine.print("Attempt to erase non block-aligned data\nERROR\n")
            return .failure
        }
        erase(range, isSpread: suffix == "spread", marks: first == 3, &machine)
        machine.print("\nOK\n")
        machine.recordEffect(
            on: "nand", "0x\(hexadecimal(range.size)) bytes at 0x\(hexadecimal(range.offset)) erased", call)
        return .success
    }

    /// Erases blocks that are not bad; `isSpread` makes bad ones not count, and `marks` says that they are clean.
    private static func erase(_ range: NANDRange, isSpread: Bool, marks: Bool, _ machine: inout Machine) {
        let chip = machine.hardware.nandChip
        let count = (range.size + chip.blockByteCount - 1) / chip.blockByteCount
        var done: UInt64 = 0
        var shown: UInt64?
        var block = range.offset
        while done < count {
            defer { block += chip.blockByteCount }
            guard block < chip.byteCount else {
                machine.print("\n\(chip.name): MTD Erase failure: -22\n")
                done += 1
                continue
            }
            guard !chip.badBlocks.contains(block) else {
                let blanks = ByteString([UInt8](repeating: UInt8(ascii: " "), count: 42))
                machine.print("\rSkipping bad block at  0x\(hex: block, width: 8)\(blanks)\n")
                if !isSpread { done += 1 }
                continue
            }
            done += 1
            machine.hardware.nandChip.erase(block: block)
            let percent = done * 100 / count
            guard percent != shown else { continue }
            shown = percent
            let number = "\(percent)" as ByteString
            let blanks = ByteString([UInt8](repeating: UInt8(ascii: " "), count: 3 - number.count))
            machine.print("\rErasing at 0x\(hex: block) -- \(blanks)\(number)% complete.")
            if marks { machine.print(" Cleanmarker written at 0x\(hex: block).") }
        }
    }
}
