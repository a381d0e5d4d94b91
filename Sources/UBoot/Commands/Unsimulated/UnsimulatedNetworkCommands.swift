extension UnsimulatedCommands {
    /// Network commands beyond TFTP and DHCP.
    static let network: [CommandDefinition] = [
        CommandDefinition(
            "bootp", maximumArguments: 3, summary: "boot image via network using BOOTP/TFTP protocol",
            usage: "[loadAddress] [[hostIPaddr:]bootfilename]",
            body: nil),
        CommandDefinition(
            "net", minimumArguments: 2, maximumArguments: 2, summary: "NET sub-system",
            usage: """
                list - list available devices

                """,
            body: nil),
        CommandDefinition(
            "nfs", maximumArguments: 3, summary: "boot image via network using NFS protocol",
            usage: "[loadAddress] [[hostIPaddr:]bootfilename]",
            body: nil),
    ]
}
