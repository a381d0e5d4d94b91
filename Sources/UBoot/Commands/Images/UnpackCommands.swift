import BootImages

/// The commands that unpack a region of memory into another one.
enum UnpackCommands {
    static let all: [CommandDefinition] = [
        CommandDefinition(
            "lzmadec", minimumArguments: 2, maximumArguments: 4, summary: "lzma uncompress a memory region",
            usage: "srcaddr dstaddr [dstsize]",
            body: { call, machine in try unpackLZMA(call, &machine) }),
        CommandDefinition(
            "unlz4", minimumArguments: 2, maximumArguments: 4, summary: "lz4 uncompress a memory region",
            usage: """
                srcaddr dstaddr dstsize
                NOTE: Specify the destination size that is sufficiently larger
                 than the source size.

                """,
            body: { call, machine in try unpackLZ4(call, &machine) }),
        CommandDefinition(
            "unzip", minimumArguments: 2, maximumArguments: 4, summary: "unzip a memory region",
            usage: "srcaddr dstaddr [dstsize]",
            body: { call, machine in try unzip(call, &machine) }),
    ]

    private static func unzip(_ call: CommandCall, _ machine: inout Machine) throws -> CommandStatus {
        guard call.count > 2 else { return .usage }
        let room = call.count > 3 ? call.hex(3) & UInt64(UInt32.max) : .max
        let source = AddressRange(start: Address(call.hex(1)), size: .max)
        let (result, message) = try machine.inflate(source, to: Address(call.hex(2)), room: room, call)
        machine.print(message)
        guard result.code == 0 else { return .failure }
        machine.print("Uncompressed size: \(result.byteCount) = 0x\(hex: result.byteCount, upper: true)\n")
        machine.environment.set("filesize", "\(hex: result.byteCount)")
        return .success
    }

    /// U-Boot takes the size that is given for that of the source, and writes without a limit.
    private static func unpackLZMA(_ call: CommandCall, _ machine: inout Machine) throws -> CommandStatus {
        guard call.count > 2 else { return .usage }
        let source = AddressRange(start: Address(call.hex(1)), size: call.count > 3 ? call.hex(3) : .max)
        let result = try machine.unpackLZMA(source, to: Address(call.hex(2)), room: .max, call)
        guard result.code == 0 else { return .failure }
        machine.print("Uncompressed size: \(result.byteCount) = 0X\(hex: result.byteCount, upper: true)\n")
        machine.environment.set("filesize", "\(hex: result.byteCount)")
        return .success
    }

    private static func unpackLZ4(_ call: CommandCall, _ machine: inout Machine) throws -> CommandStatus {
        guard call.count > 3 else { return .usage }
        let source = AddressRange(start: Address(call.hex(1)), size: .max)
        let result = try machine.unpackLZ4(source, to: Address(call.hex(2)), room: call.hex(3), call)
        guard result.code == 0 else {
            machine.print("Uncompressed err :\(result.code)\n")
            return .failure
        }
        machine.print("Uncompressed size: \(result.byteCount) = 0x\(hex: result.byteCount, upper: true)\n")
        machine.environment.set("filesize", "\(hex: result.byteCount)")
        return .success
    }
}
