import BootImages
import DeviceTree

extension Machine {
    /// Says once what UEFI says when it starts, and takes the pages that it starts with.
    mutating func startEFI() {
        guard !firmware.hasStarted else { return }
        firmware.hasStarted = true
        print(description.firmwareStart)
        takePages(FirmwareMemory.startPageCount(release))
    }

    /// Gives UEFI a copy of a device tree with what U-Boot adds; follows `efi_install_fdt`.
    ///
    /// Without an address it is the one that UEFI has, else that of `$fdt_addr`, else U-Boot's own; nil after saying that
    /// there is none.
    mutating func installTree(at address: Address?, _ call: CommandCall) throws -> FirmwareMemory.Tree? {
        if address == nil, let installed = firmware.tree { return installed }
        let variable = environment["fdt_addr"] ?? environment["fdtcontroladdr"]
        guard let tree = address ?? variable.map({ Address(Numbers.hex($0)) }) else {
            return complain("need device tree")
        }
        guard address != nil || tree != 0 else { return complain("invalid $fdt_addr or $fdtcontroladdr") }
        guard try checkTree(at: tree) == nil else {
            note(refusal: .badTree, kernel: AddressRange(start: 0, size: 0), tree: tree, call)
            return complain("invalid device tree")
        }
        let wanted = UInt64(try treeHeader(at: tree).totalSize) + KernelStart.treePadding
        let size = (wanted + FirmwareMemory.pageByteCount - 1) & ~(FirmwareMemory.pageByteCount - 1)
        guard let copy = takeTreeRoom(size) else { return complain("out of memory") }
        try copyTree(from: tree, to: copy, size: UInt32(truncatingIfNeeded: size), call)
        // Neither a ramdisk nor a configuration of a boot is known to UEFI.
        let configuration = boot.configuration
        boot.configuration = nil
        defer { boot.configuration = configuration }
        guard try KernelStart.finish(copy, AddressRange(start: 0, size: 0), ownsRoom: false, &self) else {
            return complain("failed to process device tree")
        }
        firmware.tree = FirmwareMemory.Tree(source: tree, copy: copy)
        return firmware.tree
    }

    private mutating func complain(_ text: ByteString) -> FirmwareMemory.Tree? {
        print("\(release >= .v2025_01 ? "" : "ERROR: ")\(text)\n")
        return nil
    }

    /// Why UEFI does not start a range's program, in U-Boot's words; nil if it does.
    func problem(ofProgram range: AddressRange) -> ByteString? {
        guard let header = peHeader(range) else { return "Not a PE-COFF file" }
        func number(_ offset: UInt64, _ count: UInt64) -> UInt64 {
            let place = AddressRange(start: range.start + header + offset, size: count)
            return ((try? memory.read(place)) ?? []).reversed().reduce(0) { $0 << 8 | UInt64($1) }
        }
        let machines: Set<UInt64> =
            switch description.images.architecture {
            case .arm64: [0xaa64]
            case .arm: [0x1c0, 0x1c2, 0x1c4]
            case .x86: [0x8664, 0x14c]
            }
        let kind = number(4, 2)
        guard machines.contains(kind) else { return "Machine type 0x\(hex: kind, width: 4) is not supported" }
        let (sectionByteCount, optionalHeader): (UInt64, UInt64) = (40, 24)
        let sections = number(6, 2)
        guard range.size >= header + optionalHeader + number(20, 2) + sections * sectionByteCount else {
            return "Invalid number of sections: \(sections)"
        }
        let magic = number(optionalHeader, 2)
        guard magic == 0x10b || magic == 0x20b else { return "Invalid optional header magic \(hex: magic)" }
        return nil
    }
}
