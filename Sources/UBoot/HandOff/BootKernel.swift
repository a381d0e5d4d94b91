import BootImages
import DeviceTree

/// Finds the operating system that `bootm` is to start.
enum BootKernel {
    /// Reads the image that the first word names into `machine.boot`; throws a refusal after saying what is wrong.
    static func find(_ word: ByteString?, _ call: CommandCall, _ machine: inout Machine) throws {
        let name = ImageWord(word)
        let address = name.address(machine)
        switch try machine.bootImageFormat(at: address) {
        case .legacy: try findLegacy(at: address, call, &machine)
        case .flattenedTree: try findFIT(at: address, name, call, &machine)
        case .other:
            let what = machine.release >= .v2025_01 ? "Type" : "Format"
            machine.print("Wrong Image \(what) for \(call.definition.name) command\n")
            throw noKernel(-91, &machine)
        }
        if machine.boot.os.type == .kernelNoLoad { try leaveInPlace(call, &machine) }
    }

    /// Says that there is no kernel.
    private static func noKernel(_ code: Int, _ machine: inout Machine) -> BootRefusal {
        let number: ByteString = machine.release >= .v2025_01 ? " \(code)" : ""
        machine.print("ERROR\(number): can't get kernel image!\n")
        return BootRefusal(reason: .badImage)
    }

    // MARK: Legacy images

    private static func findLegacy(at address: Address, _ call: CommandCall, _ machine: inout Machine) throws {
        machine.print("## Booting kernel from Legacy Image at \(hex: address.value, width: 8) ...\n")
        let image = try machine.legacyImage(at: address)
        guard image.hasGoodHeader else {
            machine.print("Bad Header Checksum\n")
            throw noKernel(-22, &machine)
        }
        machine.print(image.report)
        if machine.boot.verifies {
            machine.print("   Verifying Checksum ... \(image.hasGoodData ? "OK" : "Bad Data CRC")\n")
            guard image.hasGoodData else { throw noKernel(-22, &machine) }
        }
        let header = image.header
        guard machine.startsImages(of: header.architecture) else {
            machine.print("Unsupported Architecture 0x\(hex: header.architecture.rawValue)\n")
            throw noKernel(-22, &machine)
        }
        let whole = AddressRange(
            start: address, size: UInt64(LegacyImageHeader.byteCount) + UInt64(header.dataByteCount))
        var os = BootState.OSImage()
        switch header.type {
        case .kernel, .kernelNoLoad, .standalone:
            os.data = AddressRange(
                start: address + UInt64(LegacyImageHeader.byteCount), size: UInt64(header.dataByteCount))
        case .multi:
            os.data = try machine.legacyParts(at: address).first ?? AddressRange(start: 0, size: 0)
        default:
            machine.print("Wrong Image Type for \(call.definition.name) command\n")
            throw noKernel(-91, &machine)
        }
        machine.boot.legacy = (address, header)
        guard os.data.size > 0 || machine.release >= .v2025_01 else { throw noKernel(0, &machine) }
        (os.whole, os.load) = (whole, Address(UInt64(header.loadAddress)))
        (os.type, os.os, os.architecture) = (header.type, header.os, header.architecture)
        (os.compression, os.entry) = (header.compression, Address(UInt64(header.entryPoint)))
        machine.boot.os = os
    }

    // MARK: FIT

    private static func findFIT(
        at address: Address, _ name: ImageWord, _ call: CommandCall, _ machine: inout Machine
    ) throws {
        let load = FITLoad(
            address: address, image: name.image?.bytes, configuration: name.configuration?.bytes, type: .kernel,
            load: .ignored)
        let found: FITLoad.Found
        do {
            found = try load.run(call, &machine)
        } catch is FITLoadFailure {
            throw noKernel(-2, &machine)
        }
        machine.boot.fit = address
        machine.boot.kernelName = found.component.name
        machine.boot.configuration = found.configuration
        machine.boot.os.data = found.data
        guard found.data.size > 0 || machine.release >= .v2025_01 else { throw noKernel(0, &machine) }
        try describe(found.component, &machine)
        let total = UInt64(try machine.treeHeader(at: address).totalSize)
        // Until everything is known, only the end counts.
        machine.boot.os.whole = AddressRange(start: 0, size: address.value &+ total)
        let target = try number("load", found.component, "Can't get image load address!", &machine)
        machine.boot.os.load = Address(target)
        let entry = try number("entry", found.component, "Can't get entry point property!", &machine)
        machine.boot.os.entry = Address(entry)
        machine.boot.os.whole = AddressRange(start: address, size: total)
    }

    private static func describe(_ component: FITComponent, _ machine: inout Machine) throws {
        machine.boot.os.type = component.type
        try require(component.node.property("type") != nil, "Can't get image type!", &machine)
        machine.boot.os.compression = component.compression
        try require(component.node.property("compression") != nil, "Can't get image compression!", &machine)
        machine.boot.os.os = component.os
        try require(component.node.property("os") != nil, "Can't get image OS!", &machine)
        machine.boot.os.architecture = component.architecture
        try require(component.node.property("arch") != nil, "Can't get image ARCH!", &machine)
    }

    private static func require(_ isThere: Bool, _ problem: ByteString, _ machine: inout Machine) throws {
        guard !isThere else { return }
        machine.print("\(problem)\n")
        throw BootRefusal(reason: .badImage)
    }

    private static func number(
        _ property: String, _ component: FITComponent, _ problem: ByteString, _ machine: inout Machine
    ) throws -> UInt64 {
        let number = component.address(property)
        if case .value(let value) = number { return value }
        if number == .tooLong { machine.print("Unsupported \(property) address size\n") }
        machine.print("\(problem)\n")
        throw BootRefusal(reason: .badImage)
    }

    // MARK: Kernels that run where they are

    private static func leaveInPlace(_ call: CommandCall, _ machine: inout Machine) throws {
        var os = machine.boot.os
        guard machine.release < .v2025_01, os.architecture == .arm64 else {
            os.load = os.data.start
            os.entry = os.data.start + os.entry.value
            machine.boot.os = os
            return
        }
        let target = try Arm64Placement(force: true).find(for: os.data.start, &machine)
        os.type = .kernel
        os.load = target.start
        os.entry = target.start
        machine.boot.os = os
    }
}
