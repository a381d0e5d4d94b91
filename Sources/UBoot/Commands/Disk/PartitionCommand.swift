internal import Disks

/// The command `part`.
enum PartitionCommand {
    static let command = CommandDefinition(
        "part", minimumArguments: 2, maximumArguments: 16, summary: "disk partition related commands",
        usage: """
            uuid <interface> <dev>:<part>
                - print partition UUID
            part uuid <interface> <dev>:<part> <varname>
                - set environment variable to partition UUID
            part list <interface> <dev>
                - print a device's partition table
            part list <interface> <dev> [flags] <varname>
                - set environment variable to the list of partitions
                  flags can be -bootable (list only bootable partitions)
            part start <interface> <dev> <part> <varname>
                - set environment variable to the start of the partition (in blocks)
                  part can be either partition number or partition name
            part size <interface> <dev> <part> <varname>
                - set environment variable to the size of the partition (in blocks)
                  part can be either partition number or partition name
            part number <interface> <dev> <part> <varname>
                - set environment variable to the partition number using the partition name
                  part must be specified as partition name
            part types
                - list supported partition table types
            """,
        body: { call, machine in run(call, &machine) })

    private static func run(_ call: CommandCall, _ machine: inout Machine) -> CommandStatus {
        switch call.word(1) {
        case "uuid": return uuid(call, &machine)
        case "list": return list(call, &machine)
        case "start": return value(call, &machine) { "\(hex: $0.start)" }
        case "size": return value(call, &machine) { "\(hex: $0.blockCount)" }
        case "number": return value(call, &machine) { "0x\(hex: $0.number)" }
        case "types":
            machine.print("Supported partition tables: \(types(machine))\n")
            return .success
        case "set" where machine.release >= .v2025_01: return set(call, &machine)
        default: return .usage
        }
    }

    private static func uuid(_ call: CommandCall, _ machine: inout Machine) -> CommandStatus {
        guard call.count >= 4, call.count <= 5 else { return .usage }
        guard let place = machine.diskPlace(call.word(2), call.word(3), allowsWhole: false) else { return .failure }
        return give(ByteString(utf8: place.info?.uuid ?? ""), call[4], &machine)
    }

    private static func list(_ call: CommandCall, _ machine: inout Machine) -> CommandStatus {
        guard call.count >= 4 else { return .usage }
        var rest = call.words.dropFirst(4)
        var onlyBootable = false
        if call.count > 4, let flag = rest.first, flag.firstOrNUL == UInt8(ascii: "-") {
            guard flag == "-bootable" else {
                machine.print("Unknown option \(flag)\n")
                return .usage
            }
            onlyBootable = true
            rest = rest.dropFirst()
            guard rest.count == 1 else { return .usage }
        }
        guard rest.count <= 1 else { return .usage }
        guard let device = known(call, &machine) else { return .failure }
        guard let variable = rest.first else {
            machine.print(PartitionListing.text(device, machine.release))
            return .success
        }
        var numbers: [[UInt8]] = []
        if device.table != nil {
            for number in 1...Machine.largestPartition {
                guard let found = machine.partition(number, on: device), found.isBootable || !onlyBootable else {
                    continue
                }
                numbers.append(("\(hex: number)" as ByteString).bytes)
            }
        }
        return machine.setVariable(variable, ByteString(numbers.joined(separator: [UInt8(ascii: " ")])))
    }

    private static func value(
        _ call: CommandCall, _ machine: inout Machine, _ text: (Partition) -> ByteString
    ) -> CommandStatus {
        guard call.count >= 5, call.count <= 6 else { return .usage }
        guard let device = known(call, &machine) else { return .failure }
        let word = call.word(4)
        let (number, end) = Numbers.parse(word.bytes[...], radix: 10)
        let found =
            !word.isEmpty && end == word.count
            ? machine.partition(Int(Int32(truncatingIfNeeded: number)), on: device)
            : machine.partition(named: word, on: device)
        guard let found else { return .failure }
        return give(text(found), call[5], &machine)
    }

    private static func set(_ call: CommandCall, _ machine: inout Machine) -> CommandStatus {
        guard call.count >= 5 else { return .usage }
        guard let device = machine.blockDevice(call.word(2), call.word(3)) else {
            machine.print("** Bad device specification \(call.word(2)) \(call.word(3)) **\n")
            return .failure
        }
        let word = ByteString(call.word(4).bytes.map { $0 >= 97 && $0 <= 122 ? $0 - 32 : $0 })
        let table = PartitionTable.allCases.first { ByteString(utf8: $0.name) == word }
        let isKnown = types(machine).bytes.split(separator: UInt8(ascii: ",")).contains {
            ByteString($0.drop { $0 == UInt8(ascii: " ") }) == word
        }
        machine.disks.setTable(isKnown ? table : nil, of: device)
        guard isKnown, table != nil, let changed = machine.usableDevice(device.interface, device.number) else {
            machine.print("Unknown partition type '\(call.word(4))'\n")
            return .failure
        }
        machine.print(PartitionListing.text(changed, machine.release))
        return .success
    }

    /// The disk of a call; where U-Boot knows of no table it looks for one again.
    private static func known(_ call: CommandCall, _ machine: inout Machine) -> BlockDevice? {
        guard var device = machine.blockDevice(call.word(2), call.word(3)) else { return nil }
        if device.table == nil {
            device.table = PartitionTable(of: device.disk)
            machine.disks.setTable(device.table, of: device)
        }
        return device
    }

    /// The kinds of tables that the board knows.
    private static func types(_ machine: Machine) -> ByteString {
        machine.description.answers["part types"] ?? "EFI, DOS, ISO"
    }

    /// Sets a variable, or prints the value where there is none to set.
    private static func give(
        _ value: ByteString, _ variable: ByteString?, _ machine: inout Machine
    ) -> CommandStatus {
        guard let variable else {
            machine.print("\(value)\n")
            return .success
        }
        return machine.setVariable(variable, value)
    }
}
