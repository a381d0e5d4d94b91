import BootImages

/// The command `imls`: lists what begins at the sectors of NOR flash.
enum ListImagesCommand {
    static let command = CommandDefinition(
        "imls", maximumArguments: 1, summary: "list all images found in flash",
        usage: """

                - Prints information about all images found at sector/block
                  boundaries in nor/nand flash.
            """,
        body: { call, machine in
            for bank in machine.description.flash {
                var sector = bank.range.start
                while sector < bank.range.end {
                    if sector != 0 { try show(sector, &machine) }
                    sector = sector + bank.sectorByteCount
                }
            }
            return .success
        })

    private static func show(_ address: Address, _ machine: inout Machine) throws {
        switch try machine.bootImageFormat(at: address) {
        case .legacy:
            let image = try machine.legacyImage(at: address)
            guard image.hasGoodHeader else { return }
            machine.print("Legacy Image at \(hex: address.value, width: 8, upper: true):\n")
            machine.print(image.report)
            machine.print("   Verifying Checksum ... \(image.hasGoodData ? "OK" : "Bad Data CRC")\n")
        case .flattenedTree:
            guard let fit = try? machine.fit(at: address) else { return }
            machine.print("FIT Image at \(hex: address.value, width: 8, upper: true):\n")
            machine.print(ByteString(fit.image.report(at: address.value)))
        case .other: return
        }
    }
}
