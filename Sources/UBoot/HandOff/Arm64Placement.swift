import BootImages
import DeviceTree

/// Where an arm64 Image has to run (Linux Documentation/arm64/booting.rst).
struct Arm64Placement {
    /// Whether an Image that may run anywhere is put to the next boundary anyway.
    var force = false

    /// The place and size for the Image at an address; throws a refusal if there is none.
    func find(for loaded: Address, _ machine: inout Machine) throws -> AddressRange {
        let bytes = try machine.memory.read(AddressRange(start: loaded, size: UInt64(Arm64ImageHeader.byteCount)))
        guard let header = try? FlattenedTree.withBytes(of: bytes, { try Arm64ImageHeader($0) }) else {
            machine.print("Bad Linux ARM64 Image magic!\n")
            throw BootRefusal(reason: .badMagic)
        }
        var size = header.imageSize
        var offset = header.textOffset
        if size == 0 {
            machine.print("Image lacks image_size field, assuming 16MiB\n")
            size = 16 << 20
            offset = 0x80000
        }
        let staysNear = header.canBeAnywhere && !force
        let base = staysNear ? loaded.value &- offset : machine.memory.ram.first?.start.value ?? 0
        return AddressRange(start: Address(base).aligned(up: 2 << 20) + offset, size: size)
    }

    /// Moves the Image at an address to its place; throws a refusal if there is none.
    func place(_ loaded: Address, _ call: CommandCall, _ machine: inout Machine) throws -> AddressRange {
        let target = try find(for: loaded, &machine)
        guard target.start != loaded else { return target }
        let radix: ByteString = machine.release >= .v2025_01 ? "0x" : ""
        machine.print(
            "Moving Image from 0x\(hex: loaded.value) to 0x\(hex: target.start.value), "
                + "end=\(radix)\(hex: target.end.value)\n")
        try machine.copy(from: loaded, to: target, call)
        machine.recorder.note(
            KernelMove(command: machine.recorder.currentCommand ?? 0, place: call.place, from: loaded, to: target),
            in: \.kernelMoves)
        return target
    }
}
