import Digest

/// The commands that show and change memory.
enum MemoryCommands {
    static let all: [CommandDefinition] = [
        CommandDefinition(
            "md", maximumArguments: 3, summary: "memory display",
            usage: "[.b, .w, .l, .q] address [# of objects]",
            body: { call, machine in try display(call, &machine) }),
        CommandDefinition(
            "mw", maximumArguments: 4, summary: "memory write (fill)",
            usage: "[.b, .w, .l, .q] address value [count]",
            body: { call, machine in try fill(call, &machine) }),
        CommandDefinition(
            "cp", maximumArguments: 4, summary: "memory copy",
            usage: "[.b, .w, .l, .q] source target count",
            body: { call, machine in try copy(call, &machine) }),
        CommandDefinition(
            "cmp", maximumArguments: 4, summary: "memory compare",
            usage: "[.b, .w, .l, .q] addr1 addr2 count",
            body: { call, machine in try compare(call, &machine) }),
        CommandDefinition(
            "crc32", maximumArguments: 4, summary: "checksum calculation",
            usage: """
                address count [addr]
                    - compute CRC32 checksum [save at addr]
                """,
            body: { call, machine in try checksum(call, &machine) }),
        CommandDefinition(
            "base", maximumArguments: 2, summary: "print or set address offset",
            usage: """

                    - print address offset for memory commands
                base off
                    - set address offset for memory commands to 'off'
                """,
            body: { call, machine in setBase(call, &machine) }),
    ]

    private static func address(_ call: CommandCall, _ index: Int, _ machine: Machine) -> Address {
        Address(call.hex(index) &+ machine.baseOffset)
    }

    private static func size(_ call: CommandCall, _ machine: Machine) -> Int? {
        if case .bytes(let count) = machine.dataSize(of: call) { return count }
        return nil
    }

    private static func display(_ call: CommandCall, _ machine: inout Machine) throws -> CommandStatus {
        guard call.count > 1 else { return .usage }
        if !call.isRepeated {
            guard let size = size(call, machine) else { return .failure }
            machine.display.byteCount = size
            machine.display.address = address(call, 1, machine)
            if call.count > 2 { machine.display.count = call.hex(2) }
        }
        let display = machine.display
        let total = display.count &* UInt64(display.byteCount)
        var shown: UInt64 = 0
        while shown < total {
            let line = AddressRange(start: display.address + shown, size: min(16, total - shown))
            let bytes = try machine.memory.read(line)
            machine.print(display.line(bytes, at: line.start))
            try machine.countStep()
            shown += line.size
        }
        machine.display.address = display.address + total
        return .success
    }

    private static func fill(_ call: CommandCall, _ machine: inout Machine) throws -> CommandStatus {
        guard call.count == 3 || call.count == 4 else { return .usage }
        guard let size = size(call, machine) else { return .failure }
        let start = address(call, 1, machine)
        let value = call.hex(2)
        let count = call.count == 4 ? call.hex(3) : 1
        let pattern = (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * UInt64($0))) }
        let writer = machine.writer(call)
        let (total, overflow) = count.multipliedReportingOverflow(by: UInt64(size))
        let range = AddressRange(start: start, size: overflow ? .max : total)
        let available = machine.memory.available(at: start)
        // What the board writes before the bus error makes no difference any more.
        if available > 0, range.size > available { throw MemoryFault(range: range, isWrite: true) }
        if let first = pattern.first, pattern.allSatisfy({ $0 == first }) {
            try machine.memory.fill(range, with: first, by: writer)
            return .success
        }
        let chunkSize: UInt64 = 1 << 16
        let chunk = Array([[UInt8]](repeating: pattern, count: Int(min(range.size, chunkSize)) / size).joined())
        var done: UInt64 = 0
        while done < range.size {
            let part = chunk.prefix(Int(min(range.size - done, UInt64(chunk.count))))
            try machine.memory.write(part, at: start + done, by: writer)
            done += UInt64(part.count)
        }
        return .success
    }

    private static func copy(_ call: CommandCall, _ machine: inout Machine) throws -> CommandStatus {
        guard call.count == 4 else { return .usage }
        guard let size = size(call, machine) else { return .failure }
        guard call.hex(3) != 0 else {
            machine.print("Zero length ???\n")
            return .failure
        }
        let destination = AddressRange(start: address(call, 2, machine), size: call.hex(3) &* UInt64(size))
        let isFlash = machine.memory.bankDescriptions.contains {
            $0.kind == .rom && $0.range.contains(destination.start)
        }
        if isFlash {
            machine.print("Copy to Flash... Can't write to protected Flash sectors\n")
            return .failure
        }
        try machine.memory.copyForward(from: address(call, 1, machine), to: destination, by: machine.writer(call))
        return .success
    }

    private static func compare(_ call: CommandCall, _ machine: inout Machine) throws -> CommandStatus {
        guard call.count == 4 else { return .usage }
        guard let size = size(call, machine) else { return .failure }
        let unit = [1: "byte", 2: "halfword", 4: "word", 8: "double word"][size] ?? "byte"
        let left = address(call, 1, machine)
        let right = address(call, 2, machine)
        let count = call.hex(3)
        var equal: UInt64 = 0
        let chunk: UInt64 = 1 << 16
        var status = CommandStatus.success
        while equal < count, status == .success {
            let number = min(chunk, count - equal)
            let bytes = number * UInt64(size)
            let offset = equal * UInt64(size)
            let first = try machine.memory.read(AddressRange(start: left + offset, size: bytes))
            let second = try machine.memory.read(AddressRange(start: right + offset, size: bytes))
            guard let difference = zip(first, second).enumerated().first(where: { $1.0 != $1.1 })?.offset else {
                equal += number
                continue
            }
            let index = difference / size
            equal += UInt64(index)
            let place = UInt64(index * size)
            let values = [first, second].map { prefixed(littleEndian($0, index * size, size), width: size) }
            machine.print(
                "\(unit) at 0x\(hex: (left + offset + place).value, width: 8) (\(values[0])) != "
                    + "\(unit) at 0x\(hex: (right + offset + place).value, width: 8) (\(values[1]))\n")
            status = .failure
        }
        machine.print("Total of \(equal) \(unit)(s) were the same\n")
        return status
    }

    private static func littleEndian(_ bytes: [UInt8], _ offset: Int, _ count: Int) -> UInt64 {
        bytes[offset..<(offset + count)].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// A number with `0x`, padded with zeros to `width` characters in all.
    private static func prefixed(_ value: UInt64, width: Int) -> String {
        "0x" + hexadecimal(value, width: max(0, width - 2))
    }

    private static func checksum(_ call: CommandCall, _ machine: inout Machine) throws -> CommandStatus {
        guard call.count > 2 else { return .usage }
        let range = AddressRange(start: Address(call.hex(1)), size: call.hex(2))
        let sum = range.size == 0 ? 0 : try machine.memory.checksum(range)
        machine.print(machine.description.hasDigests ? "crc32" : "CRC32")
        machine.print(
            " for \(hex: range.start.value, width: 8) ... \(hex: range.end.value &- 1, width: 8) ==> "
                + "\(hex: sum, width: 8)\n")
        if call.count > 3 {
            let bytes = (0..<4).map { UInt8(truncatingIfNeeded: sum >> (24 - 8 * UInt32($0))) }
            try machine.memory.write(bytes, at: Address(call.hex(3)), by: machine.writer(call))
        }
        return .success
    }

    private static func setBase(_ call: CommandCall, _ machine: inout Machine) -> CommandStatus {
        if call.count > 1 { machine.baseOffset = call.hex(1) }
        machine.print("Base Address: 0x\(hex: machine.baseOffset, width: 8)\n")
        return .success
    }
}

extension ByteString {
    /// Both texts, one behind the other.
    static func + (left: ByteString, right: ByteString) -> ByteString { ByteString(left.bytes + right.bytes) }
}
