/// The comparison of the command `itest`: numbers or strings, given or in memory.
enum IntegerTest {
    static func evaluate(_ call: CommandCall, _ machine: inout Machine) throws -> CommandStatus {
        guard call.count == 4 else { return .usage }
        let ordering: Int
        switch machine.dataSize(of: call) {
        case .invalid:
            machine.print("Invalid data width specifier\n")
            return .failure
        case .string:
            guard isOperator(call.word(2)) else { return unknown(call.word(2), &machine) }
            let left = try string(call.word(1), machine)
            let right = try string(call.word(3), machine)
            ordering = left == right ? 0 : (left < right ? -1 : 1)
        case .bytes(let byteCount):
            guard isOperator(call.word(2)) else { return unknown(call.word(2), &machine) }
            let left = Int64(bitPattern: try number(call.word(1), byteCount, machine))
            let right = Int64(bitPattern: try number(call.word(3), byteCount, machine))
            // The sign is that of the CPU's word.
            let shift = 64 - machine.description.wordSize * 8
            ordering = (left << shift) == (right << shift) ? 0 : ((left << shift) < (right << shift) ? -1 : 1)
        }
        return holds(call.word(2), ordering) == true ? .success : .failure
    }

    private static func unknown(_ word: ByteString, _ machine: inout Machine) -> CommandStatus {
        machine.print("Unknown operator '\(word)'\n")
        return .failure
    }

    private static func isOperator(_ word: ByteString) -> Bool { holds(word, 0) != nil }

    private static func holds(_ word: ByteString, _ ordering: Int) -> Bool? {
        switch word {
        case "-lt", "<": ordering < 0
        case "-gt", ">": ordering > 0
        case "-eq", "==": ordering == 0
        case "-ne", "!=", "<>": ordering != 0
        case "-ge", ">=": ordering >= 0
        case "-le", "<=": ordering <= 0
        default: nil
        }
    }

    /// A number in the width's bits, or the one that `*ADDRESS` points to.
    private static func number(_ word: ByteString, _ byteCount: Int, _ machine: Machine) throws -> UInt64 {
        if word.firstOrNUL == UInt8(ascii: "*") {
            let address = Address(machine.hex(ByteString(word.bytes.dropFirst())))
            return try machine.memory.number(at: address, byteCount: byteCount)
        }
        let value = machine.hex(word)
        return byteCount == 8 ? value : value & ((1 << (UInt64(byteCount) * 8)) - 1)
    }

    private static func string(_ word: ByteString, _ machine: Machine) throws -> ByteString {
        guard word.firstOrNUL == UInt8(ascii: "*") else { return word }
        return try machine.memory.cString(at: Address(machine.hex(ByteString(word.bytes.dropFirst()))))
    }
}
