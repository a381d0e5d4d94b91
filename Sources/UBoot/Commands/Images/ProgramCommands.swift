/// The commands `bootelf` and `go`: they start programs, of which nothing more is simulated.
enum ProgramCommands {
    static let all: [CommandDefinition] = [
        CommandDefinition(
            "bootelf", maximumArguments: 16, isRepeatable: false, summary: "Boot from an ELF image in memory",
            usage: """
                [-p|-s] [address]
                \t- load ELF image at [address] via program headers (-p)
                \t  or via section headers (-s)
                """,
            body: { call, machine in try bootELF(call, &machine) }),
        CommandDefinition(
            "go", minimumArguments: 2, maximumArguments: 16, summary: "start application at address 'addr'",
            usage: """
                addr [arg ...]
                    - start application at address 'addr'
                      passing 'arg' as arguments
                """,
            body: { call, machine in try go(call, &machine) }),
    ]

    private static func go(_ call: CommandCall, _ machine: inout Machine) throws -> CommandStatus {
        machine.print("## Starting application at 0x\(hex: call.hex(1), width: 8) ...\n")
        throw MachineStop.handOff
    }

    private static let magic: [UInt8] = [0x7f, 0x45, 0x4c, 0x46]

    private static func bootELF(_ call: CommandCall, _ machine: inout Machine) throws -> CommandStatus {
        var words = call.words.dropFirst()
        let usesSegments = words.first == "-p"
        if usesSegments || words.first == "-s" { words = words.dropFirst() }
        // Only a whole number is an address.
        let isAddress = words.first.map { !$0.isEmpty && Numbers.isWholeHex($0) } ?? false
        let address = isAddress ? Address(machine.hex(words.first ?? "")) : machine.loadAddress
        guard try machine.memory.read(AddressRange(start: address, size: 4)) == magic else {
            machine.print("## No elf image at address 0x\(hex: address.value, width: 8)\n")
            return .failure
        }
        let file = ELFInMemory(address: address, memory: machine.memory)
        for part in try usesSegments ? file.segments() : file.sections() {
            if let source = part.source {
                try machine.copy(from: source, to: part.target, call)
            } else {
                try machine.memory.fill(part.target, with: 0, by: machine.writer(call))
            }
        }
        // Newer releases were seen to load the program and not to start it.
        guard machine.release < .v2025_01, machine.isYes("autostart") ?? false else { return .success }
        machine.print("## Starting application at 0x\(hex: try file.entry().value, width: 8) ...\n")
        throw MachineStop.handOff
    }
}

/// A 64-bit little-endian ELF file in memory (System V ABI, "Object files").
private struct ELFInMemory {
    let address: Address
    let memory: PhysicalMemory

    /// Bytes that go somewhere; zeros without a source.
    struct Part {
        var source: Address?
        var target: AddressRange
    }

    private func number(_ offset: UInt64, _ byteCount: Int) throws -> UInt64 {
        try memory.number(at: address + offset, byteCount: byteCount)
    }

    func entry() throws -> Address { Address(try number(24, 8)) }

    /// The segments that are to be loaded, and the zeros behind them.
    func segments() throws -> [Part] {
        let (start, count) = (try number(32, 8), try number(56, 2))
        var parts: [Part] = []
        for header in (0..<count).map({ start &+ 56 &* $0 }) where try number(header, 4) == 1 {
            let target = Address(try number(header + 24, 8))
            let (fileSize, size) = (try number(header + 32, 8), try number(header + 40, 8))
            let source = address + (try number(header + 8, 8))
            if fileSize > 0 { parts.append(Part(source: source, target: AddressRange(start: target, size: fileSize))) }
            if size > fileSize {
                parts.append(
                    Part(source: nil, target: AddressRange(start: target + fileSize, size: size - fileSize)))
            }
        }
        return parts
    }

    /// The sections that take memory.
    func sections() throws -> [Part] {
        let (start, count) = (try number(40, 8), try number(60, 2))
        var parts: [Part] = []
        for header in (0..<count).map({ start &+ 64 &* $0 }) {
            let (flags, target, size) = (
                try number(header + 8, 8), try number(header + 16, 8), try number(header + 32, 8)
            )
            guard flags & 2 != 0, target != 0, size != 0 else { continue }
            let isZero = try number(header + 4, 4) == 8
            parts.append(
                Part(
                    source: isZero ? nil : address + (try number(header + 24, 8)),
                    target: AddressRange(start: Address(target), size: size)))
        }
        return parts
    }
}
