import Digest

/// `env export` and `env import`: an environment as bytes in memory.
enum EnvironmentTransfer {
    /// The most bytes that an import can have, because U-Boot copies them to its heap.
    ///
    /// Divergence: the real board takes a little more.
    private static let sizeLimit: UInt64 = 0x101_0000

    private enum Format {
        case text, binary, checked
    }

    /// The options and what is behind them; nil asks for the usage.
    private struct Options {
        var formats: [Format] = []
        var size: UInt64 = 0
        var dropsCR = false
        var clears = false
        var rest: ArraySlice<ByteString>

        init?(_ call: CommandCall, isImport: Bool) {
            rest = call.words.dropFirst(2)
            while let option = rest.first, option.firstOrNUL == UInt8(ascii: "-") {
                rest = rest.dropFirst()
                for letter in option.bytes.dropFirst() {
                    if letter == UInt8(ascii: "s"), !isImport {
                        guard let word = rest.popFirst() else { return nil }
                        size = Numbers.hex(word)
                        break
                    }
                    guard take(letter, isImport: isImport) else { return nil }
                    if formats.count > 1 { return }
                }
            }
        }

        private mutating func take(_ letter: UInt8, isImport: Bool) -> Bool {
            switch letter {
            case UInt8(ascii: "b"): formats.append(.binary)
            case UInt8(ascii: "c"): formats.append(.checked)
            case UInt8(ascii: "t"): formats.append(.text)
            case UInt8(ascii: "r") where isImport: dropsCR = true
            case UInt8(ascii: "d") where isImport: clears = true
            default: return false
            }
            return true
        }
    }

    static func export(_ call: CommandCall, _ machine: inout Machine) throws -> CommandStatus {
        guard let options = Options(call, isImport: false) else { return .usage }
        if options.formats.count > 1 {
            machine.print("## Error: export: only one of \"-b\", \"-c\" or \"-t\" allowed\n")
            return .failure
        }
        guard let word = options.rest.first else { return .usage }
        let address = Address(machine.hex(word))
        let writer = machine.writer(call)
        if options.size > 0 {
            try machine.memory.fill(AddressRange(start: address, size: options.size), with: 0, by: writer)
        }
        let names = Set(options.rest.dropFirst())
        let entries = machine.environment.entries.filter { names.isEmpty || names.contains($0.name) }
        let format = options.formats.first ?? .text
        let bytes = format == .text ? EnvironmentText.text(entries) : EnvironmentText.binary(entries)
        let capacity = format == .text ? options.size : UInt64(machine.environment.capacity)
        if capacity > 0 && UInt64(bytes.count) > capacity {
            machine.print("Env export buffer too small: \(capacity), but need \(bytes.count)\n")
            machine.print("## Error: Cannot export environment: errno = 12\n")
            return .failure
        }
        if format == .text {
            try machine.memory.write(bytes, at: address, by: writer)
            let size = options.size > 0 ? options.size : UInt64(bytes.count)
            machine.environment.set("filesize", "\(hex: size, upper: true)")
            return .success
        }
        let block = bytes + [UInt8](repeating: 0, count: machine.environment.capacity - bytes.count)
        let start = format == .checked ? address + 4 : address
        try machine.memory.write(block, at: start, by: writer)
        if format == .checked {
            let count = options.size > 0 ? options.size &- 4 : UInt64(block.count)
            let sum = try machine.memory.checksum(AddressRange(start: start, size: count))
            try machine.memory.write(withBytes(of: sum.littleEndian), at: address, by: writer)
        }
        machine.environment.set("filesize", "\(hex: machine.environment.capacity + 4)")
        return .success
    }

    static func `import`(_ call: CommandCall, _ machine: inout Machine) throws -> CommandStatus {
        guard let options = Options(call, isImport: true) else { return .usage }
        if options.formats.count > 1 {
            machine.print("## import: only one of \"-b\", \"-c\" or \"-t\" allowed\n")
            return .failure
        }
        guard let word = options.rest.first else { return .usage }
        if options.formats.isEmpty { machine.print("## Warning: defaulting to text format\n") }
        let format = options.formats.first ?? .text
        let separator = format == .text ? UInt8(ascii: "\n") : 0
        var start = Address(machine.hex(word))
        var size: UInt64
        if let word = options.rest.dropFirst().first, word != "-" {
            size = machine.hex(word)
        } else if format == .checked {
            machine.print("## Error: external checksum format must pass size\n")
            return .failure
        } else {
            size = try measure(start, separator: separator, &machine)
        }
        if format == .checked {
            guard size > 4 else {
                machine.print("## Error: Invalid size 0x\(hex: size, upper: true)\n")
                return .failure
            }
            size -= 4
            let stored = try machine.memory.number(at: start, byteCount: 4)
            start = start + 4
            guard try UInt64(machine.memory.checksum(AddressRange(start: start, size: size))) == stored else {
                machine.print("## Error: bad CRC, import failed\n")
                return .failure
            }
        }
        guard size <= sizeLimit else {
            machine.print("## Error: Environment import failed: errno = 12\n")
            return .failure
        }
        let names = Array(options.rest.dropFirst(2))
        let bytes = try machine.memory.read(AddressRange(start: start, size: size))
        if options.clears && names.isEmpty { machine.environment.clear() }
        if size == 0 { return .success }
        return apply(
            EnvironmentText.parse(bytes, separator: separator, dropsCR: options.dropsCR && format == .text),
            names: names, isComplete: options.clears, &machine)
    }

    /// Looks for the end of a block without a size: a separator with a NUL behind it.
    private static func measure(_ start: Address, separator: UInt8, _ machine: inout Machine) throws -> UInt64 {
        let limit: UInt64 = 1 << 20
        let bytes = try machine.memory.read(
            AddressRange(start: start, size: min(limit + 1, max(2, machine.memory.available(at: start)))))
        var size: UInt64 = 0
        while size < limit, Int(size) + 1 < bytes.count {
            if bytes[Int(size)] == separator, bytes[Int(size) + 1] == 0 { break }
            size += 1
        }
        if size == limit { machine.print("## Warning: Input data exceeds \(limit) bytes - truncated\n") }
        size += 2
        machine.print("## Info: input data size = \(size) = 0x\(hex: size, upper: true)\n")
        return size
    }

    private static func apply(
        _ changes: [EnvironmentText.Change?], names: [ByteString], isComplete: Bool, _ machine: inout Machine
    ) -> CommandStatus {
        var missing = names
        for change in changes {
            guard let change else {
                machine.print("## Error: Environment import failed: errno = 22\n")
                return .failure
            }
            if !names.isEmpty {
                guard missing.contains(change.name) else { continue }
                missing.removeAll { $0 == change.name }
            }
            let wasSet = machine.environment[change.name] != nil
            do {
                try machine.environment.change(change.name, to: change.value, force: false)
                if wasSet || change.value != nil { machine.didChangeVariable(change.name) }
            } catch {
                machine.print(message(error, change, machine.release))
            }
        }
        guard isComplete else { return .success }
        for name in missing {
            let wasSet = machine.environment[name] != nil
            do {
                try machine.environment.delete(name)
            } catch {
                machine.print(EnvironmentCommands.cause(error, name: name, value: "", machine.release))
            }
            let isDeleted = wasSet && machine.environment[name] == nil
            if isDeleted { machine.didChangeVariable(name) }
            machine.printFormatted(
                isDeleted
                    ? "WARNING: '\(name)' not in imported env, deleting it!\n"
                    : "WARNING: '\(name)' neither in running nor in imported env!\n")
        }
        return .success
    }

    private static func message(
        _ refusal: Environment.Refusal, _ change: EnvironmentText.Change, _ release: Release
    ) -> ByteString {
        let value = change.value ?? ""
        let cause = EnvironmentCommands.cause(refusal, name: change.name, value: value, release)
        guard change.value != nil else { return cause }
        let insertion: ByteString = "himport_r: can't insert \"\(change.name)=\(value)\" into hash table\n"
        return cause + insertion.cutForPrinting(release)
    }

    static func withBytes(of value: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * UInt32($0))) }
    }
}

extension PhysicalMemory {
    /// The CRC-32 of a range.
    func checksum(_ range: AddressRange) throws -> UInt32 {
        if isRAM(range) { return try withBytes(range) { Digest.crc32($0) } }
        return Digest.crc32(try read(range))
    }
}
