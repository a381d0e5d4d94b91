/// The commands that boot from menu files: `sysboot` and `pxe`.
enum MenuCommands {
    static let all: [CommandDefinition] = [
        CommandDefinition(
            "sysboot", minimumArguments: 2, maximumArguments: 7, summary: "command to get and boot from syslinux files",
            usage: """
                [-p] <interface> <dev[:part]> <ext2|fat|any> [addr] [filename]
                    - load and parse syslinux menu file 'filename' from ext2, fat
                      or any filesystem on 'dev' on 'interface' to address 'addr'
                """,
            body: { call, machine in try bootFromDisk(call, &machine) }),
        CommandDefinition(
            "pxe", minimumArguments: 2, maximumArguments: 3, summary: "commands to get and boot from pxe files",
            usage: """
                get - try to retrieve a pxe file using tftp
                pxe boot [pxefile_addr_r] - boot from the pxe file at pxefile_addr_r

                """,
            body: { call, machine in try bootFromNetwork(call, &machine) }),
    ]

    private static func bootFromDisk(_ call: CommandCall, _ machine: inout Machine) throws -> CommandStatus {
        var words = call.words.dropFirst()
        let asks = words.first?.hasPrefix("-p") == true
        if asks { words = words.dropFirst() }
        let operands = Array(words)
        guard operands.count >= 3 else { return .usage }
        // U-Boot takes the last word for the file whatever it is; without one `$bootfile` names it.
        if operands.count > 4 { _ = machine.setVariable("bootfile", operands[4]) }
        guard let place = operands.count > 3 ? operands[3] : MenuSource.variable("pxefile_addr_r", &machine) else {
            return .failure
        }
        let kind: FileSystem.Kind?
        switch operands[2] {
        case "ext2": kind = .ext
        case "fat": kind = .fat
        case "any": kind = nil
        default:
            machine.printFormatted("Invalid filesystem: \(operands[2])\n")
            return .failure
        }
        guard !place.isEmpty, Numbers.isWholeHex(place) else {
            machine.printFormatted("Invalid pxefile address: \(place)\n")
            return .failure
        }
        let address = Address(Numbers.hex(place))
        let source = MenuSource.disk(interface: operands[0], device: operands[1], kind: kind)
        let name = operands.count > 4 ? operands[4] : machine.environment["bootfile"] ?? "\n"
        guard let size = try source.fetch(name, to: address, call, &machine) else {
            machine.printFormatted("Error reading config file\n")
            return .failure
        }
        try terminate(address, size, call, &machine)
        return try MenuBoot(source: source, call: call, asks: asks).run(at: address, &machine)
    }

    /// Puts a NUL behind a text.
    private static func terminate(
        _ address: Address, _ size: Int, _ call: CommandCall, _ machine: inout Machine
    ) throws {
        try machine.memory.write([0], at: address + UInt64(size), by: machine.writer(call))
    }

    // MARK: PXE

    private static func bootFromNetwork(_ call: CommandCall, _ machine: inout Machine) throws -> CommandStatus {
        switch call.word(1) {
        case "get" where call.count == 2: return try get(call, &machine)
        case "boot":
            guard let place = call[2] ?? MenuSource.variable("pxefile_addr_r", &machine) else { return .failure }
            guard !place.isEmpty, Numbers.isWholeHex(place) else {
                machine.printFormatted("Invalid pxefile address: \(place)\n")
                return .failure
            }
            return try MenuBoot(source: .network, call: call).run(at: Address(Numbers.hex(place)), &machine)
        default: return .usage
        }
    }

    private static func get(_ call: CommandCall, _ machine: inout Machine) throws -> CommandStatus {
        guard let place = MenuSource.variable("pxefile_addr_r", &machine) else { return .failure }
        let address = Address(Numbers.hex(place))
        for name in names(&machine) {
            guard let size = try MenuSource.network.fetch("pxelinux.cfg/\(name)", to: address, call, &machine) else {
                continue
            }
            try terminate(address, size, call, &machine)
            machine.printFormatted("Config file '\(machine.environment["bootfile"] ?? "<NULL>")' found\n")
            return .success
        }
        machine.printFormatted("Config file not found\n")
        return .failure
    }

    /// The names of menu files, the most special ones first.
    private static func names(_ machine: inout Machine) -> [ByteString] {
        var names: [ByteString] = []
        if let identifier = MenuSource.variable("pxeuuid", &machine) { names.append(identifier) }
        if let address = machine.environment["ethaddr"] {
            names.append("01-" + address.replacing(":", with: "-"))
        }
        let digits = Array(hexadecimal(UInt64(machine.network["ipaddr"].value), width: 8, upper: true).utf8)
        for count in (1...8).reversed() { names.append(ByteString(digits.prefix(count))) }
        return names + ["default-\(machine.environment["arch"] ?? "arm")", "default"]
    }
}
