extension UnsimulatedCommands {
    /// Commands that read and write file systems.
    static let files: [CommandDefinition] = [
        CommandDefinition(
            "sysboot", minimumArguments: 2, maximumArguments: 7, summary: "command to get and boot from syslinux files",
            usage: """
                [-p] <interface> <dev[:part]> <ext2|fat|any> [addr] [filename]
                    - load and parse syslinux menu file 'filename' from ext2, fat
                      or any filesystem on 'dev' on 'interface' to address 'addr'
                """,
            body: nil)
    ]
}
