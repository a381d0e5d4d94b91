internal import Disks

/// The commands `mmc` and `mmcinfo`.
enum MMCCommand {
    private static let usualInfo: ByteString = """
        Device: {slot}
        Manufacturer ID: aa
        OEM: 5859
        Name: QEMU! 
        Bus Speed: 50000000
        Mode: SD High Speed (50MHz)
        Rd Block Len: 512
        SD version 3.0
        High Capacity: {high}
        Capacity: {capacity}
        Bus Width: 4-bit
        Erase Group Size: 512 Bytes

        """

    static func run(_ call: CommandCall, _ machine: inout Machine) throws -> CommandStatus {
        let word = call.word(1)
        switch word {
        case "info" where call.count == 2: return info(&machine)
        case "read", "write": return try transfer(isWrite: word == "write", call, &machine)
        case "erase": return erase(call, &machine)
        case "rescan" where call.count <= 3: return card(machine.currentMMC, &machine) == nil ? .failure : .success
        case "part" where call.count == 2:
            guard let device = card(machine.currentMMC, &machine) else { return .failure }
            guard device.table != nil else {
                machine.print("get mmc type error!\n")
                return .failure
            }
            machine.print(PartitionListing.text(device, machine.release))
            return .success
        case "dev": return choose(call, &machine)
        case "list" where call.count == 2: return list(&machine)
        case "wp" where call.count <= 3:
            guard card(machine.currentMMC, &machine) != nil else { return .failure }
            machine.print("It is not an eMMC device\n")
            return .failure
        case "hwpartition":
            guard card(machine.currentMMC, &machine) != nil else { return .failure }
            machine.print("SD doesn't support partitioning\n")
            return .failure
        case "setdsr" where call.count == 3:
            guard card(machine.currentMMC, &machine) != nil else { return .failure }
            machine.print("set dsr OK, force rescan\n")
            return .success
        default: return .usage
        }
    }

    /// Prints about the current card.
    static func info(_ machine: inout Machine) -> CommandStatus {
        guard let device = card(machine.currentMMC, &machine) else { return .failure }
        let slot = device.bus.slots.indices.contains(device.number) ? device.bus.slots[device.number] : "mmc"
        let template = device.bus.info ?? usualInfo
        machine.print(
            template.replacing("{slot}", with: slot)
                .replacing("{high}", with: device.disk.byteCount > 2 << 30 ? "Yes" : "No")
                .replacing("{capacity}", with: ByteString(utf8: capacity(device.disk.byteCount))))
        return .success
    }

    private static func capacity(_ byteCount: Int) -> String {
        let units = [(1 << 40, "TiB"), (1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")]
        guard let (size, name) = units.first(where: { byteCount >= $0.0 }) else { return "\(byteCount) Bytes" }
        var whole = byteCount / size
        var tenths = (byteCount % size * 10 + size / 2) / size
        if tenths == 10 {
            whole += 1
            tenths = 0
        }
        return tenths == 0 ? "\(whole) \(name)" : "\(whole).\(tenths) \(name)"
    }

    /// The card in a slot; prints what is wrong.
    private static func card(_ number: Int, _ machine: inout Machine) -> BlockDevice? {
        guard let bus = machine.mmcBus, bus.slots.isEmpty || bus.slots.indices.contains(number) else {
            machine.print(
                "MMC Device \(number) not found\nno mmc device at slot \(hexadecimal(UInt64(bitPattern: Int64(number))))\n"
            )
            return nil
        }
        return machine.usableDevice(.mmc, number)
    }

    private static func choose(_ call: CommandCall, _ machine: inout Machine) -> CommandStatus {
        guard call.count <= 5 else { return .usage }
        let number =
            call.count == 2 ? machine.currentMMC : Int(Int32(truncatingIfNeeded: Numbers.decimal(call.word(2))))
        guard let device = card(number, &machine) else { return .failure }
        let part = call.count > 3 ? Numbers.decimal(call.word(3)) : 0
        guard part == 0 else {
            machine.print("switch to partitions #\(part), ERROR\n")
            return .failure
        }
        machine.disks.current[.mmc] = device.number
        machine.print("switch to partitions #0, OK\nmmc\(device.number) is current device\n")
        return .success
    }

    private static func list(_ machine: inout Machine) -> CommandStatus {
        guard let bus = machine.mmcBus else {
            machine.print("No MMC device available\n")
            return .failure
        }
        for (number, slot) in bus.slots.enumerated() {
            let isReady = machine.disks.devices.contains {
                $0.interface == .mmc && $0.number == number && $0.isProbed
            }
            machine.print("\(slot): \(number)\(isReady ? " (SD)" : "")\n")
        }
        return .success
    }

    private static func transfer(
        isWrite: Bool, _ call: CommandCall, _ machine: inout Machine
    ) throws -> CommandStatus {
        guard call.count == 5 else { return .usage }
        guard let device = card(machine.currentMMC, &machine) else { return .failure }
        let (first, count) = (call.hex(3), call.hex(4))
        machine.print(
            "\nMMC \(isWrite ? "write" : "read"): dev # \(device.number), block # \(first), count \(count) ... ")
        let isDone = try BlockCommands.copy(
            device, first, count, Address(call.hex(2)), isWrite: isWrite, call, &machine)
        if !isDone { printOutside(device, first, count, &machine) }
        machine.print("\(isDone ? count : 0) blocks \(isWrite ? "written" : "read"): \(isDone ? "OK" : "ERROR")\n")
        return isDone ? .success : .failure
    }

    private static func erase(_ call: CommandCall, _ machine: inout Machine) -> CommandStatus {
        guard call.count == 4 else { return .usage }
        guard let device = card(machine.currentMMC, &machine) else { return .failure }
        let (first, count) = (call.hex(2), call.hex(3))
        machine.print("\nMMC erase: dev # \(device.number), block # \(first), count \(count) ... ")
        let total = UInt64(device.disk.blockCount)
        let isInside = count <= total && first <= total - count
        if isInside {
            let zeros = [UInt8](repeating: 0, count: Int(count) * 512)
            device.disk.write(zeros, at: Int(first) * 512)
        } else {
            printOutside(device, first, count, &machine)
        }
        machine.print("\(isInside ? count : 0) blocks erased: \(isInside ? "OK" : "ERROR")\n")
        return isInside ? .success : .failure
    }

    private static func printOutside(_ device: BlockDevice, _ first: UInt64, _ count: UInt64, _ machine: inout Machine)
    {
        machine.print("MMC: block number 0x\(hex: first &+ count) exceeds max(0x\(hex: device.disk.blockCount))\n")
    }
}

extension Machine {
    fileprivate var currentMMC: Int { disks.current[.mmc] ?? 0 }
    fileprivate var mmcBus: DiskBus? { description.diskBuses.first { $0.interface == .mmc } }
}
