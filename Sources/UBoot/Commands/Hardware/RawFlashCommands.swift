/// Raw flash: NAND chips, and UBI and UBIFS on a board without them.
///
/// The order of U-Boot's complaints is that of the checks it makes before it looks for a chip.
enum RawFlashCommands {
    static let all: [CommandDefinition] = [
        NANDCommand.command,
        CommandDefinition(
            "ubi", maximumArguments: 7, summary: "ubi commands",
            usage: """
                detach - detach ubi from a mtd partition
                ubi part [part] [offset]
                 - Show or set current partition (with optional VID header offset)
                ubi info [l[ayout]] - Display volume and ubi layout information
                ubi list [flags] - print the list of volumes
                ubi list [flags] <varname> - set environment variable to the list of volumes (flags can be -numeric)
                ubi check volumename - check if volumename exists
                ubi create[vol] volume [size] [type] [id] [--skipcheck]
                 - create volume name with size ('-' for maximum available size)
                ubi write[vol] address volume size - Write volume from address with size
                ubi write.part address volume size [fullsize]
                 - Write part of a volume from address
                ubi read[vol] address volume [size] - Read volume to address with size
                ubi remove[vol] volume - Remove volume
                ubi skipcheck volume on/off - Set or clear skip_check flag in volume header
                [Legends]
                 volume: character name
                 size: specified in bytes
                 type: s[tatic] or d[ynamic] (default=dynamic)
                """,
            body: { call, machine in ubi(call, &machine) }),
        CommandDefinition(
            "ubifsmount", maximumArguments: 2, isRepeatable: false, summary: "mount UBIFS volume",
            usage: """
                <volume-name>
                    - mount 'volume-name' volume
                """,
            body: { call, machine in mount(call, &machine) }),
        CommandDefinition(
            "ubifsls", maximumArguments: 2, isRepeatable: false, summary: "list files in a directory",
            usage: """
                [directory]
                    - list files in a 'directory' (default '/')
                """,
            body: { _, machine in refuse("UBIFS not mounted, use ubifsmount to mount volume first!\n", &machine) }),
        CommandDefinition(
            "ubifsload", maximumArguments: 4, isRepeatable: false, summary: "load file from an UBIFS filesystem",
            usage: """
                <addr> <filename> [bytes]
                    - load file 'filename' to address 'addr'
                """,
            body: { _, machine in refuse("UBIFS not mounted, use ubifs mount to mount volume first!\n", &machine) }),
        CommandDefinition(
            "ubifsumount", maximumArguments: 1, isRepeatable: false, summary: "unmount UBIFS volume",
            usage: "    - unmount current volume",
            body: { _, _ in .success }),
    ]

    private static func refuse(_ text: ByteString, _ machine: inout Machine) -> CommandStatus {
        machine.print(text)
        return .failure
    }

    private static func ubi(_ call: CommandCall, _ machine: inout Machine) -> CommandStatus {
        guard call.count > 1 else { return .usage }
        switch call.word(1) {
        case "detach": return .success
        case "part" where call.count > 2: return refuse("Partition \(call.word(2)) not found!\n", &machine)
        default: return refuse("Error, no UBI device selected!\n", &machine)
        }
    }

    private static func mount(_ call: CommandCall, _ machine: inout Machine) -> CommandStatus {
        guard call.count == 2 else { return .usage }
        let name = call.word(1)
        // A name is `ubiN:VOLUME` or `ubi:VOLUME`; what is none is another error.
        let error = name.bytes.starts(with: "ubi".utf8) ? 19 : 22
        machine.print("UBIFS error (pid: 1): cannot open \"\(name)\", error -\(error)\n")
        machine.print("Error reading superblock on volume '\(name)' errno=-\(error)!\n")
        return .failure
    }
}
