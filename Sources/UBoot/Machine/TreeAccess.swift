import DeviceTree

extension Machine {
    /// Calls `body` with the bytes from a tree's address to the end of its memory bank.
    ///
    /// Throws `FDTError` as libfdt does, `FDT_ERR_BADMAGIC` where there is a bus and no memory, and `MemoryFault` where
    /// there is nothing.
    func readTree<Result>(at address: Address, _ body: (RawSpan) throws -> Result) throws -> Result {
        let available = try treeRoom(at: address)
        if address.value % 8 != 0 {
            let copy = try memory.read(AddressRange(start: address, size: try unalignedSize(at: address, available)))
            return try FlattenedTree.withBytes(of: copy, body)
        }
        return try memory.withBytes(AddressRange(start: address, size: available), body)
    }

    /// Calls `body` with the same bytes for changing; the tree stays attributed to whatever brought it.
    func editTree<Result>(
        at address: Address, room: UInt64 = 0, _ body: (inout MutableRawSpan) throws -> Result
    ) throws -> Result {
        let available = try treeRoom(at: address)
        guard address.value % 8 != 0 else {
            return try memory.withMutableBytes(AddressRange(start: address, size: available), by: nil, body)
        }
        // libfdt wants trees at multiples of eight; U-Boot's own does not.
        let size = min(available, max(room, try unalignedSize(at: address, available)))
        let range = AddressRange(start: address, size: size)
        var copy = try memory.read(range)
        defer { memory.replace(range, with: copy) }
        return try FlattenedTree.withMutableBytes(of: &copy, body)
    }

    /// What `fdt_check_header` says about an address; nil if there is a tree.
    func checkTree(at address: Address) throws -> FDTError? {
        do {
            try readTree(at: address) { try FlattenedTree.check($0) }
            return nil
        } catch let error as FDTError {
            return error
        }
    }

    /// The header of a tree.
    func treeHeader(at address: Address) throws -> FDTHeader {
        try readTree(at: address) { try FDTHeader($0) }
    }

    private func treeRoom(at address: Address) throws -> UInt64 {
        let available = memory.available(at: address)
        if available >= UInt64(FDTHeader.byteCount) { return available }
        let header = try memory.read(AddressRange(start: address, size: UInt64(FDTHeader.byteCount)))
        throw header.isEmpty ? FDTError.truncated : FDTError.badMagic
    }

    /// The size of a tree that has to be copied: what its header says, if that is plausible.
    private func unalignedSize(at address: Address, _ available: UInt64) throws -> UInt64 {
        let head = try memory.read(AddressRange(start: address, size: UInt64(FDTHeader.byteCount)))
        let header = try FlattenedTree.withBytes(of: head) { try FDTHeader($0) }
        guard header.magic == FDTHeader.magic else { return UInt64(FDTHeader.byteCount) }
        return min(available, max(UInt64(header.totalSize), UInt64(FDTHeader.byteCount)))
    }

    /// Makes an address the working tree, as every successful `fdt addr` does.
    mutating func setWorkingTree(_ address: Address?, isQuiet: Bool = false) {
        workingTree = address?.value == 0 ? nil : address
        if !isQuiet { print("Working FDT set to \(hex: address?.value ?? 0)\n") }
        environment.set("fdtaddr", "\(hex: address?.value ?? 0)")
    }
}
