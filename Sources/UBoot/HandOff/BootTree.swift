import BootImages
import DeviceTree

/// Finds the device tree that a boot command hands over.
enum BootTree {
    /// The tree of the third word, of the configuration, or of an image of several files; nil if there is none.
    static func find(_ word: ByteString?, _ call: CommandCall, _ machine: inout Machine) throws -> AddressRange? {
        let address: Address?
        if word != nil || machine.boot.configuration != nil {
            address = try chosen(word, call, &machine)
            if let address { machine.print("   Booting using the fdt blob at 0x\(hex: address.value, width: 6)\n") }
        } else {
            address = try third(&machine)
        }
        guard let address else { return nil }
        return AddressRange(start: address, size: UInt64(try machine.treeHeader(at: address).totalSize))
    }

    private static func refuse(_ machine: inout Machine) -> BootRefusal {
        machine.print("Could not find a valid device tree\n")
        return BootRefusal(reason: .badTree)
    }

    private static func chosen(
        _ word: ByteString?, _ call: CommandCall, _ machine: inout Machine
    ) throws -> Address? {
        let name = ImageWord(word)
        let address: Address
        if word != nil {
            let standard = machine.boot.ramdiskFIT ?? (machine.boot.kernelName == nil ? nil : machine.boot.fit)
            address = name.address(machine, unmarked: standard)
        } else {
            guard let fit = machine.boot.fit else { return nil }
            guard try machine.hasConfigured("fdt", in: fit, orThrow: refuse) else { return nil }
            address = fit
        }
        machine.boot.treeFoundAt = address
        switch try machine.imageFormat(at: address) {
        case .legacy: return try LegacyTree.unpack(at: address, call, &machine)
        case .flattenedTree:
            guard (try? machine.fit(at: address)) != nil else {
                machine.print("## Flattened Device Tree blob at \(hex: address.value, width: 8)\n")
                return address
            }
            let load = FITLoad(
                address: address, image: name.image?.bytes,
                configuration: word == nil ? machine.boot.configuration : name.configuration?.bytes,
                type: .flatDeviceTree, load: .optional)
            do {
                let found = try load.run(call, &machine)
                try FITOverlays(load: load, found: found).apply(call, &machine)
                return found.data.start
            } catch is FITLoadFailure {
                throw refuse(&machine)
            }
        case .other:
            machine.print("ERROR: Did not find a cmdline Flattened Device Tree\n")
            throw refuse(&machine)
        }
    }

    /// The third file of a legacy image of several files.
    private static func third(_ machine: inout Machine) throws -> Address? {
        guard let legacy = machine.boot.legacy, legacy.header.type == .multi else { return nil }
        machine.print(
            "## Flattened Device Tree from multi component Image at \(hex: legacy.address.value, width: 8, upper: true)\n"
        )
        let parts = try machine.legacyParts(at: legacy.address)
        guard parts.count > 2 else { return nil }
        machine.print("   Booting using the fdt at 0x\(hex: parts[2].start.value, width: 16)\n")
        guard try machine.checkTree(at: parts[2].start) == nil else {
            machine.print("ERROR: image is not a fdt - must RESET the board to recover.\n")
            throw refuse(&machine)
        }
        guard UInt64(try machine.treeHeader(at: parts[2].start).totalSize) == parts[2].size else {
            machine.print("ERROR: fdt size != image size - must RESET the board to recover.\n")
            throw refuse(&machine)
        }
        machine.boot.treeFoundAt = parts[2].start
        return parts[2].start
    }
}
