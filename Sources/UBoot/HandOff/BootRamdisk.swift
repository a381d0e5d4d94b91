import BootImages

/// The initial ramdisk that a boot command names.
enum BootRamdisk {
    /// The ramdisk of the second word: raw with a size, or a legacy image; nil if there is none.
    static func find(_ call: CommandCall, _ machine: inout Machine) throws -> AddressRange? {
        guard let word = call[2], word != "-" else { return nil }
        let separator = word.bytes.firstIndex(of: UInt8(ascii: ":"))
        let address = separator == 0 ? machine.loadAddress : Address(machine.hex(word))
        if try machine.imageFormat(at: address) == .legacy { return try legacy(at: address, &machine) }
        guard let separator else {
            machine.print("Wrong Ramdisk Image Format\n")
            throw refuse(&machine)
        }
        let range = AddressRange(start: address, size: machine.hex(ByteString(word.bytes[(separator + 1)...])))
        return address.value == 0 ? nil : range
    }

    private static func refuse(_ machine: inout Machine) -> BootImageCommand.Refusal {
        machine.print("Ramdisk image is corrupt or invalid\n")
        return BootImageCommand.Refusal(reason: .badRamdisk)
    }

    private static func legacy(at address: Address, _ machine: inout Machine) throws -> AddressRange {
        machine.print("## Loading init Ramdisk from Legacy Image at \(hex: address.value, width: 8) ...\n")
        let image = try machine.legacyImage(at: address)
        guard image.hasGoodHeader else {
            machine.print("Bad Header Checksum\n")
            throw refuse(&machine)
        }
        machine.print(image.report)
        if machine.isYes("verify") ?? true {
            machine.print("   Verifying Checksum ... \(image.hasGoodData ? "OK" : "Bad Data CRC")\n")
            guard image.hasGoodData else { throw refuse(&machine) }
        }
        let header = image.header
        let runsHere = header.architecture == .arm64 || header.architecture == .arm
        guard header.os == .linux, runsHere, header.type == .ramdisk else {
            machine.print("No Linux AArch64 Ramdisk Image\n")
            throw refuse(&machine)
        }
        return AddressRange(start: address + UInt64(LegacyImageHeader.byteCount), size: UInt64(header.dataByteCount))
    }
}
