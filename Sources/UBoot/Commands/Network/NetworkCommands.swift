/// The commands that load over the network.
enum NetworkCommands {
    static let all: [CommandDefinition] = [
        CommandDefinition(
            "tftpboot", maximumArguments: 3, summary: "load file via network using TFTP protocol",
            usage: "[loadAddress] [[hostIPaddr:]bootfilename]",
            body: { call, machine in try NetworkLoad(call, &machine)?.viaTFTP(call, &machine) ?? .usage }),
        CommandDefinition(
            "dhcp", maximumArguments: 3, summary: "boot image via network using DHCP/TFTP protocol",
            usage: "[loadAddress] [[hostIPaddr:]bootfilename]",
            body: { call, machine in try NetworkLoad(call, &machine)?.viaDHCP(call, &machine) ?? .usage }),
    ]
}
