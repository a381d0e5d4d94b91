internal import Disks

/// What the commands of all buses share: `info`, `device`, `part`, `read` and `write`.
enum BlockCommands {
    /// The subcommands that every bus has; nil if it is none of them.
    static func run(
        _ interface: BlockInterface, _ call: CommandCall, _ machine: inout Machine
    ) throws -> CommandStatus? {
        let word = call.word(1)
        switch call.count {
        case 2:
            if word.hasPrefix("inf") { return list(interface, &machine) }
            if word.hasPrefix("dev") { return showCurrent(interface, &machine) }
            if word.hasPrefix("part") { return listPartitions(interface, &machine) }
            return nil
        case 3:
            let number = Int(Int32(truncatingIfNeeded: Numbers.decimal(call.word(2))))
            if word.hasPrefix("dev") { return choose(number, interface, &machine) }
            if word.hasPrefix("part") { return listPartitions(number, interface, &machine) }
            return nil
        case 4...:
            if word == "read" || word == "write" {
                return try transfer(interface, isWrite: word == "write", call, &machine)
            }
            return nil
        default: return nil
        }
    }

    private static func list(_ interface: BlockInterface, _ machine: inout Machine) -> CommandStatus {
        for device in machine.disks.visible(interface) {
            guard let device = machine.usableDevice(interface, device.number) else { continue }
            machine.print("Device \(device.number): \(device.summary(machine.release))")
        }
        return .success
    }

    /// Lists the disks as a scan does.
    static func announce(_ interface: BlockInterface, _ machine: inout Machine) {
        for device in machine.disks.visible(interface) {
            guard let device = machine.usableDevice(interface, device.number) else { continue }
            machine.print("  Device \(device.number): \(device.summary(machine.release))")
        }
    }

    private static func showCurrent(_ interface: BlockInterface, _ machine: inout Machine) -> CommandStatus {
        guard let device = machine.usableDevice(interface, machine.disks.current[interface] ?? 0) else {
            machine.print("\nno \(interface.rawValue) devices available\n")
            return .failure
        }
        machine.print("\nIDE device \(device.number): \(device.summary(machine.release))")
        return .success
    }

    private static func choose(
        _ number: Int, _ interface: BlockInterface, _ machine: inout Machine
    ) -> CommandStatus {
        guard let device = machine.usableDevice(interface, number) else {
            machine.print("\nDevice \(number): unknown device\n")
            return .failure
        }
        machine.print("\nDevice \(number): \(device.summary(machine.release))... is now current device\n")
        machine.disks.current[interface] = number
        return .success
    }

    private static func listPartitions(_ interface: BlockInterface, _ machine: inout Machine) -> CommandStatus {
        var isAny = false
        for device in machine.disks.visible(interface) {
            guard let device = machine.usableDevice(interface, device.number), device.table != nil else { continue }
            isAny = true
            if device.number > 0 { machine.print("\n") }
            machine.print(PartitionListing.text(device, machine.release))
        }
        if !isAny { machine.print("\nno \(interface.rawValue) partition table available\n") }
        return .success
    }

    private static func listPartitions(
        _ number: Int, _ interface: BlockInterface, _ machine: inout Machine
    ) -> CommandStatus {
        guard let device = machine.usableDevice(interface, number) else {
            machine.print("\n\(interface.rawValue) device \(number) not available\n")
            return .failure
        }
        machine.print(PartitionListing.text(device, machine.release))
        return .success
    }

    private static func transfer(
        _ interface: BlockInterface, isWrite: Bool, _ call: CommandCall, _ machine: inout Machine
    ) throws -> CommandStatus {
        let first = call.hex(3)
        // Without a count U-Boot reads the number where the missing word points: at address 0.
        let count = call.count > 4 ? call.hex(4) : Numbers.hex(try machine.memory.cString(at: 0, limit: 64))
        let number = machine.disks.current[interface] ?? 0
        let verb: ByteString = isWrite ? "write" : "read"
        machine.print(
            "\n\(interface.rawValue) \(verb): device \(number) block # \(first), count \(count) ... ")
        let done: ByteString = "blocks \(isWrite ? "written" : "read")"
        guard let device = machine.usableDevice(interface, number) else {
            if machine.release < .v2025_01 { machine.print("-19 \(done): ERROR\n") }
            return .failure
        }
        guard count > 0 || !isWrite || interface != .virtio else {
            throw MachineStop.hang("a request of no blocks, to which the device gives no answer")
        }
        guard try copy(device, first, count, Address(call.hex(2)), isWrite: isWrite, call, &machine) else {
            if interface == .scsi {
                // AHCI waits for an answer, and then takes what it has for one. Divergence: the request after that
                // one is answered with nothing.
                machine.print("timeout exit!\n\(count) \(done): OK\n")
                return .success
            }
            // Divergence: phase and head are those of the queue, which turn with each request.
            if interface == .nvme { machine.print("ERROR: status = 4080, phase = 0, head = 1\n") }
            machine.print("\(interface == .virtio ? "-5" : "0") \(done): ERROR\n")
            return .failure
        }
        machine.print("\(count) \(done): OK\n")
        return .success
    }

    /// Copies blocks between a disk and memory; false where the disk does not have them.
    static func copy(
        _ device: BlockDevice, _ first: UInt64, _ count: UInt64, _ address: Address, isWrite: Bool,
        _ call: CommandCall, _ machine: inout Machine
    ) throws -> Bool {
        let total = UInt64(device.disk.blockCount)
        guard count <= total, first <= total - count else { return false }
        let size = UInt64(Disk.blockSize)
        let offset = Int(first * size)
        let range = AddressRange(start: address, size: count * size)
        guard range.size > 0 else { return true }
        if isWrite {
            device.disk.write(try machine.memory.read(range), at: offset)
            return true
        }
        let writer = machine.writer(call)
        if machine.memory.isRAM(range), device.disk.isUnchanged(offset, Int(range.size)),
            try machine.memory.load(
                descriptor: device.disk.descriptor, from: offset, into: range, by: writer) == Int(range.size)
        {
            return true
        }
        guard let bytes = device.disk.read(offset, Int(range.size)) else { return false }
        try machine.memory.write(bytes, at: address, by: writer)
        return true
    }
}
