import BootImages
import DeviceTree

/// A device tree in a legacy image, which a boot command puts where its header says.
enum LegacyTree {
    /// The tree's address behind the move; nil after printing what is wrong with the image, and the boot goes on without.
    ///
    /// Throws a refusal where the target touches the image.
    static func unpack(at address: Address, _ call: CommandCall, _ machine: inout Machine) throws -> Address? {
        machine.print("## Flattened Device Tree from Legacy Image at \(hex: address.value, width: 8)\n")
        let image = try machine.legacyImage(at: address)
        machine.print(image.report)
        machine.print("   Verifying Checksum ... ")
        guard image.hasGoodHeader else { return complain("fdt header checksum invalid", &machine) }
        guard image.hasGoodData else { return complain("fdt checksum invalid", &machine) }
        machine.print("OK\n")
        guard image.header.type == .flatDeviceTree else { return complain("uImage is not a fdt", &machine) }
        guard image.header.compression == .none else { return complain("uImage is compressed", &machine) }
        let data = AddressRange(
            start: address + UInt64(LegacyImageHeader.byteCount), size: UInt64(image.header.dataByteCount))
        guard try machine.checkTree(at: data.start) == nil else {
            return complain("uImage data is not a fdt", &machine)
        }
        let target = AddressRange(start: Address(UInt64(image.header.loadAddress)), size: data.size)
        if target.start == address || target.start == data.start { return target.start }
        if target.start < data.end, target.end > address {
            _ = complain("fdt overwritten", &machine)
            machine.print("Could not find a valid device tree\n")
            throw BootRefusal(reason: .badTree)
        }
        let bytes = try machine.memory.read(data)
        try machine.memory.write(bytes, at: target.start, by: machine.writer(call))
        return target.start
    }

    private static func complain(_ problem: ByteString, _ machine: inout Machine) -> Address? {
        machine.print("ERROR: \(problem) - must RESET the board to recover.\n")
        return nil
    }
}
