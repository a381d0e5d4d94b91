extension UnsimulatedCommands {
    /// Commands that unpack and start images.
    static let images: [CommandDefinition] = [
        CommandDefinition(
            "bootflow", minimumArguments: 2, maximumArguments: 16, summary: "Boot flows",
            usage: """
                scan - boot first available bootflow

                """,
            body: nil),
        CommandDefinition(
            "bootvx", maximumArguments: 2, isRepeatable: false, summary: "Boot vxWorks from an ELF image",
            usage: " [address] - load address of vxWorks ELF image.",
            body: nil),
    ]
}
