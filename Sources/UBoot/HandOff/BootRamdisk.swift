import BootImages

/// Finds the initial ramdisk that a boot command gets.
enum BootRamdisk {
    /// The ramdisk of the second word, of the configuration, or of an image of several files; nil if there is none.
    static func find(_ word: ByteString?, _ call: CommandCall, _ machine: inout Machine) throws -> AddressRange? {
        if word == "-" { return nil }
        if word != nil || machine.boot.configuration != nil {
            return try chosen(word, call, &machine)
        }
        guard let legacy = machine.boot.legacy, legacy.header.type == .multi else { return nil }
        machine.print(
            "## Loading init Ramdisk from multi component Legacy Image at \(hex: legacy.address.value, width: 8) ...\n")
        let parts = try machine.legacyParts(at: legacy.address)
        return parts.count > 1 ? parts[1] : nil
    }

    private static func chosen(
        _ word: ByteString?, _ call: CommandCall, _ machine: inout Machine
    ) throws -> AddressRange? {
        let name = ImageWord(word)
        let address: Address
        if word != nil {
            let standard = machine.boot.kernelName == nil ? nil : machine.boot.fit
            address = name.address(machine, unmarked: standard)
        } else {
            guard let fit = machine.boot.fit else { return nil }
            guard try machine.hasConfigured("ramdisk", in: fit, orThrow: refuse) else { return nil }
            address = fit
        }
        switch try machine.bootImageFormat(at: address) {
        case .legacy: return try legacy(at: address, &machine)
        case .flattenedTree:
            let load = FITLoad(
                address: address, image: name.image?.bytes,
                configuration: word == nil ? machine.boot.configuration : name.configuration?.bytes, type: .ramdisk,
                load: .optionalNonZero)
            do {
                let data = try load.run(call, &machine).data
                machine.boot.ramdiskFIT = address
                return data.start.value == 0 ? nil : data
            } catch is FITLoadFailure {
                throw refuse(&machine)
            }
        case .other:
            let separator = word?.bytes.firstIndex(of: UInt8(ascii: ":"))
            guard let word, let separator else {
                machine.print("Wrong Ramdisk Image Format\n")
                throw refuse(&machine)
            }
            let size = machine.hex(ByteString(word.bytes[(separator + 1)...]))
            return address.value == 0 ? nil : AddressRange(start: address, size: size)
        }
    }

    private static func refuse(_ machine: inout Machine) -> BootRefusal {
        machine.print("Ramdisk image is corrupt or invalid\n")
        return BootRefusal(reason: .badRamdisk)
    }

    private static func legacy(at address: Address, _ machine: inout Machine) throws -> AddressRange {
        machine.print("## Loading init Ramdisk from Legacy Image at \(hex: address.value, width: 8) ...\n")
        let image = try machine.legacyImage(at: address)
        guard image.hasGoodHeader else {
            machine.print("Bad Header Checksum\n")
            throw refuse(&machine)
        }
        machine.print(image.report)
        if machine.boot.verifies {
            machine.print("   Verifying Checksum ... \(image.hasGoodData ? "OK" : "Bad Data CRC")\n")
            guard image.hasGoodData else { throw refuse(&machine) }
        }
        let header = image.header
        guard header.os == .linux, machine.startsImages(of: header.architecture), header.type == .ramdisk else {
            let architecture = machine.description.images.architecture.imageArchitecture
            machine.print("No Linux \(architecture.description) Ramdisk Image\n")
            throw refuse(&machine)
        }
        return AddressRange(start: address + UInt64(LegacyImageHeader.byteCount), size: UInt64(header.dataByteCount))
    }
}

extension Machine {
    /// Whether legacy images for a processor count as the board's own.
    func startsImages(of architecture: LegacyImageArchitecture) -> Bool {
        let own = description.images.architecture.imageArchitecture
        return architecture == own || architecture == .arm && own == .arm64
    }

    /// Whether the configuration in use names an image of the FIT for a property.
    ///
    /// Throws what `refusal` makes if there is no such configuration.
    mutating func hasConfigured(
        _ property: String, in address: Address, orThrow refusal: (inout Machine) -> BootRefusal
    ) throws -> Bool {
        guard let fit = try? fit(at: address).image, let name = boot.configuration,
            let node = fit.configuration(Array(name.prefix { $0 != UInt8(ascii: "#") }))
        else { throw refusal(&self) }
        guard let image = node.text(property) else { return false }
        return fit.image(image) != nil
    }
}
