extension UnsimulatedCommands {
    /// Network commands beyond TFTP and DHCP.
    static let network: [CommandDefinition] = [
        CommandDefinition(
            "bootp", maximumArguments: 3, summary: "boot image via network using BOOTP/TFTP protocol",
            usage: "[loadAddress] [[hostIPaddr:]bootfilename]",
            body: nil),
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
        CommandDefinition(
            "ping", minimumArguments: 2, maximumArguments: 2, summary: "send ICMP ECHO_REQUEST to network host",
            usage: "pingAddress",
            body: nil),
        CommandDefinition(
            "pxe", minimumArguments: 2, maximumArguments: 3, summary: "commands to get and boot from pxe files",
            usage: """
                get - try to retrieve a pxe file using tftp
                pxe boot [pxefile_addr_r] - boot from the pxe file at pxefile_addr_r

                """,
            body: nil),
    ]
}
