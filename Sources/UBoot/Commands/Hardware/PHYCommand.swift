/// The command `mii` on a board whose network has no PHY that it could reach.
enum PHYCommand {
    static let all: [CommandDefinition] = [
        CommandDefinition(
            "mii", minimumArguments: 2, maximumArguments: 6, summary: "MII utility commands",
            usage: """
                device                            - list available devices
                mii device <devname>                  - set current device
                mii info   <addr>                     - display MII PHY info
                mii read   <addr> <reg>               - read  MII PHY <addr> register <reg>
                mii write  <addr> <reg> <data>        - write MII PHY <addr> register <reg>
                mii modify <addr> <reg> <data> <mask> - modify MII PHY <addr> register <reg>
                                                        updating bits identified in <mask>
                mii dump   <addr> <reg>               - pretty-print <addr> <reg> (0-5 only)
                Addr and/or reg may be ranges, e.g. 2-7.
                """,
            body: { call, machine in run(call, &machine) })
    ]

    private static func run(_ call: CommandCall, _ machine: inout Machine) -> CommandStatus {
        guard call.count > 1 else { return .usage }
        let word = call.word(1).bytes
        if word.starts(with: "de".utf8) {
            machine.print(call.count > 2 ? "No such device: \(call.word(2))\n" : "MII devices: \n")
            return .success
        }
        // Numbers that a call leaves out are those of the last one.
        if let addresses = call[2] { machine.hardware.phyAddresses = range(addresses) }
        if let registers = call[3] { machine.hardware.phyRegisters = range(registers) }
        switch word.first {
        case UInt8(ascii: "i"):
            if call.count == 2 { machine.hardware.phyAddresses = 0..<32 }
            for _ in machine.hardware.phyAddresses { machine.print(noDevice) }
            return .success
        case UInt8(ascii: "r"), UInt8(ascii: "m"): return refuse("reading from", isDump: false, &machine)
        case UInt8(ascii: "w"): return refuse("writing to", isDump: false, &machine)
        case UInt8(ascii: "d") where word.starts(with: "du".utf8): return refuse("reading from", isDump: true, &machine)
        default: return .usage
        }
    }

    private static let noDevice: ByteString = "NULL device name!\nNo such device: <NULL>\n"

    private static func refuse(_ action: ByteString, isDump: Bool, _ machine: inout Machine) -> CommandStatus {
        for address in machine.hardware.phyAddresses {
            for register in machine.hardware.phyRegisters {
                machine.print(noDevice)
                machine.print(
                    "Error \(action) the PHY addr=\(hex: address, width: 2) reg=\(hex: register, width: 2)\n")
            }
            if isDump || machine.hardware.phyAddresses.count > 1 { machine.print("\n") }
        }
        return .failure
    }

    /// `3` or `3-5`, hexadecimal; nothing in a range that ends before it begins.
    private static func range(_ word: ByteString) -> Range<UInt64> {
        let parts = word.bytes.split(separator: UInt8(ascii: "-"), maxSplits: 1).map {
            Numbers.hex(ByteString($0)) & 0xff
        }
        let first = parts.first ?? 0
        let last = parts.count > 1 ? parts[1] : first
        return first..<max(first, last + 1)
    }
}
