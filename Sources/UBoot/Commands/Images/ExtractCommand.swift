import BootImages

/// The command `imxtract`: copies a part of an image.
enum ExtractCommand {
    static let command = CommandDefinition(
        "imxtract", maximumArguments: 4, summary: "extract a part of a multi-image",
        usage: """
            addr part [dest]
                - extract <part> from legacy image at <addr> and copy to <dest>
            addr uname [dest]
                - extract <uname> subimage from FIT image at <addr> and copy to <dest>
            """,
        body: { call, machine in try run(call, &machine) })

    /// Room for what is unpacked.
    private static let unpackedLimit: UInt64 = 0x80_0000

    private struct Part {
        var data: AddressRange
        var compression: LegacyImageCompression
    }

    private static func run(_ call: CommandCall, _ machine: inout Machine) throws -> CommandStatus {
        let address = call.count > 1 ? Address(call.hex(1)) : machine.loadAddress
        let found: Part?
        switch try machine.bootImageFormat(at: address) {
        case .legacy: found = try legacyPart(at: address, call, &machine)
        case .flattenedTree: found = try component(at: address, call, &machine)
        case .other:
            machine.print("Invalid image type for imxtract\n")
            found = nil
        }
        guard let part = found else { return .failure }
        var size = part.data.size
        if call.count > 3 {
            guard let copied = try copy(part, call, &machine) else { return .failure }
            size = copied
            machine.print("OK\n")
        }
        machine.environment.set("fileaddr", "\(hex: part.data.start.value)")
        machine.environment.set("filesize", "\(hex: size)")
        return .success
    }

    /// The number that U-Boot makes of the part's name, as its C code prints it.
    private static func number(_ call: CommandCall) -> Int32 { Int32(truncatingIfNeeded: call.hex(2)) }

    private static func needsTarget(
        _ compression: LegacyImageCompression, _ call: CommandCall, _ machine: inout Machine
    ) -> Bool {
        guard compression != .none, call.count < 4 else { return false }
        machine.print("Must specify load address for \(call.definition.name) command with compressed image\n")
        return true
    }

    private static func legacyPart(
        at address: Address, _ call: CommandCall, _ machine: inout Machine
    ) throws -> Part? {
        machine.print("## Copying part \(number(call)) from legacy image at \(hex: address.value, width: 8) ...\n")
        let image = try machine.legacyImage(at: address)
        guard image.hasGoodHeader else {
            machine.print("Bad Header Checksum\n")
            return nil
        }
        guard image.header.hasParts else {
            machine.print("Wrong Image Type for \(call.definition.name) command\n")
            return nil
        }
        if needsTarget(image.header.compression, call, &machine) { return nil }
        if machine.isYes("verify") ?? true {
            machine.print("   Verifying Checksum ... \(image.hasGoodData ? "OK" : "Bad Data CRC")\n")
            guard image.hasGoodData else { return nil }
        }
        let parts = try machine.legacyParts(at: address)
        guard number(call) < parts.count else {
            machine.print("Bad Image Part\n")
            return nil
        }
        let index = Int(number(call))
        let data = parts.indices.contains(index) ? parts[index] : AddressRange(start: 0, size: 0)
        return Part(data: data, compression: image.header.compression)
    }

    private static func component(
        at address: Address, _ call: CommandCall, _ machine: inout Machine
    ) throws -> Part? {
        guard let name = call[2] else {
            machine.print("No FIT subimage unit name\n")
            return nil
        }
        machine.print("## Copying '\(name)' subimage from FIT image at \(hex: address.value, width: 8) ...\n")
        let fit: FITInMemory
        do {
            fit = try machine.fit(at: address)
        } catch is FITFormatError {
            machine.print("Bad FIT image format\n")
            return nil
        }
        guard let component = fit.image.image(name.bytes) else {
            machine.print("Can't find '\(name)' FIT subimage\n")
            machine.note(fit: .missing, name, at: address, detail: "image")
            return nil
        }
        // What does not say how it is compressed needs a target as well.
        let isStated = component.node.property("compression") != nil
        let stated = isStated ? component.compression : LegacyImageCompression(rawValue: .max)
        if needsTarget(stated, call, &machine) { return nil }
        if machine.isYes("verify") ?? true {
            guard try FITVerification(fit: fit).verify(component, &machine) else {
                machine.print("Bad Data Hash\n")
                return nil
            }
        }
        guard let data = fit.data(of: component) else {
            machine.print("Could not find script/subimage data\n")
            return nil
        }
        machine.note(unverified: name, at: address, by: "imxtract")
        return Part(data: data, compression: component.compression)
    }

    /// Copies or unpacks a part and gives its size behind that; nil where that fails.
    private static func copy(_ part: Part, _ call: CommandCall, _ machine: inout Machine) throws -> UInt64? {
        let target = Address(call.hex(3))
        switch part.compression {
        case .none:
            machine.print("   Loading part \(number(call)) ... ")
            let range = AddressRange(start: target, size: part.data.size)
            try machine.copy(from: part.data.start, to: range, call)
            return part.data.size
        case .gzip:
            machine.print("   Uncompressing part \(number(call)) ... ")
            let (result, message) = try machine.inflate(part.data, to: target, room: unpackedLimit, call)
            machine.print(message)
            guard result.code == 0 else {
                machine.print("GUNZIP ERROR - image not loaded\n")
                return nil
            }
            return result.byteCount
        default:
            machine.print("Unimplemented compression type \(part.compression.rawValue)\n")
            return nil
        }
    }
}

extension Machine {
    /// Where the parts of a legacy image of several files are.
    func legacyParts(at address: Address) throws -> [AddressRange] {
        let range = AddressRange(start: address, size: memory.available(at: address))
        return try memory.withBytes(range) { LegacyImageParts($0) }.ranges.map { part in
            AddressRange(start: address + UInt64(part.lowerBound), size: UInt64(part.count))
        }
    }
}
