import BootImages

/// A file that a network command asks for.
struct NetworkLoad {
    private static let blockByteCount = 1428
    private static let nameCapacity = 1023

    private var file: ByteString

    /// Takes the words of a call: an address, a name, or both; nil asks for the usage.
    init?(_ call: CommandCall, _ machine: inout Machine) {
        if let address = machine.environment.address("loadaddr") { machine.loadAddress = Address(address) }
        let standard = machine.environment["bootfile"] ?? ""
        switch call.count {
        case 1: file = standard
        case 2 where Numbers.isWholeHex(call.word(1)):
            machine.loadAddress = Address(call.hex(1))
            file = standard
        case 2: file = call.word(1)
        case 3:
            machine.loadAddress = Address(call.hex(1))
            file = call.word(2)
        default: return nil
        }
        file = Self.unquoted(file)
    }

    /// The name up to a quotation mark, without one at its start.
    private static func unquoted(_ name: ByteString) -> ByteString {
        let quote = UInt8(ascii: "\"")
        let bytes = name.firstOrNUL == quote ? name.bytes[1...] : name.bytes[...]
        return ByteString(bytes.prefix { $0 != quote }.prefix(nameCapacity))
    }

    // MARK: DHCP

    /// Asks for an address, then loads unless the variable `autoload` forbids it.
    func viaDHCP(_ call: CommandCall, _ machine: inout Machine) throws -> CommandStatus {
        guard let network = machine.description.network else { return noNetwork(call, &machine) }
        machine.environment.set("ethact", network.device)
        machine.print("BOOTP broadcast 1\n")
        let address = network.leases["ipaddr"] ?? ""
        machine.print("DHCP client bound to address \(address) (0 ms)\n")
        // The variables stay as they were if the load behind it fails.
        for (name, value) in network.leases { machine.network.take(value, for: name) }
        // The name is kept as soon as there is an address.
        if !file.isEmpty { machine.environment.set("bootfile", file) }
        var status: CommandStatus?
        if machine.environment["autoload"]?.firstOrNUL != UInt8(ascii: "n") {
            status = try load(call, &machine)
            guard status ?? .success == .success else { return .failure }
        }
        for (name, value) in network.leases { machine.environment.set(name, value) }
        return try status == nil ? .success : startImage(call, &machine)
    }

    // MARK: TFTP

    /// Loads the file from the served folder, with the messages of U-Boot.
    func viaTFTP(_ call: CommandCall, _ machine: inout Machine) throws -> CommandStatus {
        guard let status = try load(call, &machine) else { return .success }
        return try status == .success ? startImage(call, &machine) : status
    }

    /// Starts what was loaded where the variable `autostart` says so.
    private func startImage(_ call: CommandCall, _ machine: inout Machine) throws -> CommandStatus {
        guard machine.isYes("autostart") == true else { return .success }
        let address = machine.loadAddress.value
        machine.print("Automatic boot of image at addr 0x\(hex: address, width: 8, upper: true) ...\n")
        // Messages name the command.
        let definition = machine.release >= .v2025_01 ? BootMemoryCommand.command : call.definition
        let words = Array(call.words.prefix(1))
        return try BootMemoryCommand.run(
            CommandCall(words: words, definition: definition, place: call.place), &machine)
    }

    /// What became of the load; nil where a file of no bytes came.
    private func load(_ call: CommandCall, _ machine: inout Machine) throws -> CommandStatus? {
        guard let network = machine.description.network else { return noNetwork(call, &machine) }
        machine.environment.set("ethact", network.device)
        let colon = file.bytes.firstIndex(of: UInt8(ascii: ":"))
        var server = machine.network["serverip"]
        if server.isZero, colon == nil { return unset("serverip", call, &machine) }
        let own = machine.network["ipaddr"]
        if own.isZero { return unset("ipaddr", call, &machine) }
        guard machine.network.hasHardwareAddress else { return unset("ethaddr", call, &machine) }
        var name = ByteString(file.bytes.prefix(127))
        if let colon {
            let given = IPv4(ByteString(file.bytes[..<colon]))
            if !given.isZero {
                server = given
                name = ByteString(file.bytes[(colon + 1)...].prefix(127))
            }
        }
        if name.isEmpty {
            name = "\(hex: own.value, width: 8, upper: true).img"
            machine.print("*** Warning: no boot file name; using '\(name)'\n")
        }
        machine.print("Using \(network.device) device\n")
        machine.print("TFTP from server \(server.text); our IP address is \(own.text)")
        machine.print("\(gateway(server, own, machine))\nFilename '\(name)'.\n")
        return try transfer(name, call, &machine)
    }

    private func gateway(_ server: IPv4, _ own: IPv4, _ machine: Machine) -> ByteString {
        let gateway = machine.network["gatewayip"]
        let mask = machine.network["netmask"]
        guard !gateway.isZero, !mask.isZero, own.value & mask.value != server.value & mask.value else { return "" }
        return "; sending through gateway \(gateway.text)"
    }

    private func transfer(_ name: ByteString, _ call: CommandCall, _ machine: inout Machine) throws -> CommandStatus? {
        let target = machine.loadAddress
        // Newer releases find out with the blocks.
        let isNew = machine.release >= .v2024_10
        guard isNew || machine.freeSize(at: target) > 0 else {
            machine.print("\nTFTP error: trying to overwrite reserved memory...\n")
            fail(machine.refusal(AddressRange(start: target, size: 1)), name, target, call, &machine)
            return .failure
        }
        machine.print("Load address: 0x\(hex: target.value)\nLoading: *\u{8}")
        let served: ServedFile
        do {
            guard let server = machine.fileServer else { throw FileRefusal.notFound }
            served = try server.open(name)
        } catch let refusal as FileRefusal {
            return notServed(refusal, name, target, call, &machine)
        }
        defer { served.close() }
        let size = UInt64(served.byteCount)
        let transfer = transfer(of: size, to: target, &machine)
        let room = transfer.byteCount
        let isComplete = size <= room
        let blocks = Int(isComplete ? size : room) / Self.blockByteCount + 1
        Self.printProgress(blocks: blocks, noisy: transfer.noisyBlocks, &machine)
        let range = AddressRange(
            start: target, size: isComplete ? size : room / UInt64(Self.blockByteCount) * UInt64(Self.blockByteCount))
        let writer = machine.memory.identify(Provenance(source: .file(name), place: call.place))
        let loaded = try machine.memory.load(descriptor: served.descriptor, from: 0, into: range, by: writer)
        guard isComplete else {
            machine.print("\nTFTP error: trying to overwrite reserved memory...\n")
            fail(machine.refusal(AddressRange(start: target, size: size)), name, target, size: size, call, &machine)
            return .failure
        }
        guard UInt64(loaded) == size else {
            return notServed(.unreadable(errno: 5), name, target, call, &machine)
        }
        guard !isNew || !machine.reserved.contains(where: { $0.intersects(range) }) else {
            // What U-Boot does with other bytes in its own memory is not simulated.
            fail(machine.refusal(range), name, target, size: size, call, &machine)
            throw MachineStop.reset("the file was loaded over U-Boot itself")
        }
        machine.print("\ndone\n")
        for (name, value) in machine.network.variables { machine.environment.set(name, value) }
        machine.recordLoad(name, path: served.path, range: range, source: "tftp", place: call.place)
        guard size > 0 else { return nil }
        machine.print("Bytes transferred = \(size) (\(hex: size) hex)\n")
        machine.environment.set("filesize", "\(hex: size)")
        machine.environment.set("fileaddr", "\(hex: target.value)")
        return .success
    }

    /// How many bytes of a file U-Boot stores; newer releases ask for each block, and remember it.
    private func transfer(
        of byteCount: UInt64, to target: Address, _ machine: inout Machine
    ) -> MemoryAllocator.Transfer {
        guard machine.release >= .v2024_10 else {
            return MemoryAllocator.Transfer(byteCount: machine.freeSize(at: target))
        }
        return machine.memoryMap.takeBlocks(byteCount, at: target, blockByteCount: UInt64(Self.blockByteCount))
    }

    /// Prints the marks of the blocks, and between them what U-Boot says of some of them.
    private static func printProgress(blocks: Int, noisy: [Int], _ machine: inout Machine) {
        var printed = 0
        for block in noisy {
            let marks = progress(blocks: block)
            machine.print(ByteString(marks.bytes.dropFirst(printed)) + MemoryAllocator.swallowText)
            printed = marks.count
        }
        machine.print(ByteString(progress(blocks: blocks).bytes.dropFirst(printed)))
    }

    /// The marks for blocks 1 to `blocks`: one in ten, and a new line each 650.
    ///
    /// Block numbers have 16 bits and begin again at 0, which has no mark.
    private static func progress(blocks: Int) -> ByteString {
        let line = [UInt8](repeating: UInt8(ascii: "#"), count: 65) + Array("\n\t ".utf8)
        var marks: [UInt8] = []
        var rest = blocks
        while rest > 0 {
            let count = min(rest, 65535)
            for _ in 0..<(count / 650) { marks += line }
            marks += [UInt8](repeating: UInt8(ascii: "#"), count: (count % 650 + 9) / 10)
            rest -= 65536
        }
        return ByteString(marks)
    }

    // MARK: Failures

    private func notServed(
        _ refusal: FileRefusal, _ name: ByteString, _ target: Address, _ call: CommandCall, _ machine: inout Machine
    ) -> CommandStatus {
        let reason: FailedLoad.Reason
        switch refusal {
        case .notFound: reason = .fileMissing
        case .outsideRoot: reason = .outsideRoot
        case .unreadable: reason = .unreadable
        }
        let text: ByteString = refusal == .outsideRoot ? "'Access violation' (2)" : "'File not found' (1)"
        machine.print("\nTFTP error: \(text)\nNot retrying...\n")
        fail(reason, name, target, call, &machine)
        return .failure
    }

    private func unset(_ name: String, _ call: CommandCall, _ machine: inout Machine) -> CommandStatus {
        machine.print("*** ERROR: `\(name)' not set\n")
        fail(.networkUnset(name), file, machine.loadAddress, call, &machine)
        return .failure
    }

    private func noNetwork(_ call: CommandCall, _ machine: inout Machine) -> CommandStatus {
        machine.print("No ethernet found.\n")
        fail(.noNetwork, file, machine.loadAddress, call, &machine)
        return .failure
    }

    private func fail(
        _ reason: FailedLoad.Reason, _ name: ByteString, _ target: Address, size: UInt64 = 0, _ call: CommandCall,
        _ machine: inout Machine
    ) {
        machine.recorder.note(
            FailedLoad(
                command: machine.recorder.currentCommand ?? 0, place: call.place, file: name,
                range: AddressRange(start: target, size: size), reason: reason),
            in: \.failedLoads)
    }
}
