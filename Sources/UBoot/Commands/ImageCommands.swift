import BootImages
import DeviceTree

/// The commands that look at images.
enum ImageCommands {
    static let all: [CommandDefinition] =
        [
            CommandDefinition(
                "iminfo", maximumArguments: 16, summary: "print header information for application image",
                usage: """
                    addr [addr ...]
                        - print header information for application image starting at
                          address 'addr' in memory; this includes verification of the
                          image contents (magic number, header and payload checksums)
                    """,
                body: { call, machine in try inspect(call, &machine) }),
            ExtractCommand.command,
            ListImagesCommand.command,
        ] + UnpackCommands.all + ProgramCommands.all

    private static func inspect(_ call: CommandCall, _ machine: inout Machine) throws -> CommandStatus {
        guard call.count > 1 else { return try inspect(machine.loadAddress, &machine) ? .success : .failure }
        var status = CommandStatus.success
        for index in 1..<call.count where try !inspect(Address(call.hex(index)), &machine) { status = .failure }
        return status
    }

    private static func inspect(_ address: Address, _ machine: inout Machine) throws -> Bool {
        machine.print("\n## Checking Image at \(hex: address.value, width: 8) ...\n")
        switch try machine.bootImageFormat(at: address) {
        case .legacy: return try inspectLegacy(address, &machine)
        case .flattenedTree: return try inspectFIT(address, &machine)
        case .other:
            machine.print("Unknown image format!\n")
            return false
        }
    }

    private static func inspectFIT(_ address: Address, _ machine: inout Machine) throws -> Bool {
        machine.print("   FIT image found\n")
        let fit: FITInMemory
        do {
            fit = try machine.fit(at: address)
        } catch is FITFormatError {
            machine.print("Bad FIT image format!\n")
            return false
        }
        machine.print(ByteString(fit.image.report(at: address.value)))
        machine.print("## Checking hash(es) for FIT Image at \(hex: address.value, width: 8) ...\n")
        for (index, image) in fit.image.images.enumerated() {
            machine.print("   Hash(es) for Image \(index) (\(ByteString(image.name))): ")
            guard try FITVerification(fit: fit).verify(image, &machine) else {
                machine.print("Bad hash in FIT image!\n")
                return false
            }
            machine.print("\n")
        }
        return true
    }

    private static func inspectLegacy(_ address: Address, _ machine: inout Machine) throws -> Bool {
        machine.print("   Legacy image found\n")
        let image = try machine.legacyImage(at: address)
        guard image.hasGoodHeader else {
            machine.print("   Bad Header Checksum\n")
            return false
        }
        machine.print(image.report)
        machine.print("   Verifying Checksum ... ")
        machine.print(image.hasGoodData ? "OK\n" : "   Bad Data CRC\n")
        return image.hasGoodData
    }
}

/// What U-Boot takes the bytes at an address for.
enum ImageFormat {
    case legacy, flattenedTree, other
}

/// A legacy image in memory, with its checks.
struct LegacyImageInMemory {
    var header: LegacyImageHeader
    var hasGoodHeader: Bool
    var hasGoodData: Bool
    /// What U-Boot prints about it.
    var report: ByteString
}

extension Machine {
    /// What the bytes at an address are.
    func imageFormat(at address: Address) throws -> ImageFormat {
        guard try memory.read(AddressRange(start: address, size: 4)) != [0x27, 0x05, 0x19, 0x56] else { return .legacy }
        return try checkTree(at: address) == nil ? .flattenedTree : .other
    }

    /// The same for a command that has no use for a device tree that cannot be a FIT.
    func bootImageFormat(at address: Address) throws -> ImageFormat {
        let format = try imageFormat(at: address)
        return format == .flattenedTree && !description.images.readsFIT ? .other : format
    }

    /// Reads a legacy image; throws where its header is not in memory.
    func legacyImage(at address: Address) throws -> LegacyImageInMemory {
        let range = AddressRange(start: address, size: memory.available(at: address))
        return try memory.withBytes(range) { bytes in
            guard let header = try? LegacyImageHeader(bytes) else { throw MemoryFault(range: range, isWrite: false) }
            return LegacyImageInMemory(
                header: header, hasGoodHeader: header.headerChecksumMatches(bytes),
                hasGoodData: header.dataChecksumMatches(bytes),
                report: ByteString(
                    latin1: header.report(
                        bytes, at: address.value, showsTime: description.images.showsTimes, release.vocabulary)) ?? "")
        }
    }
}
