public import DeviceTree

extension MachineDescription {
    /// Gives U-Boot another device tree of its own, with public keys in it for example, as QEMU's `-dtb` does.
    ///
    /// The tree for programs is the same one. Where the board leaves more room in its tree than the tree needs, the new
    /// one gets as much room as QEMU gives it. U-Boot lies lower or higher with a tree of another size. Throws
    /// `FDTError` if `bytes` are no tree; a board without a tree of U-Boot's own stays as it is.
    public mutating func setControlTree(_ bytes: [UInt8]) throws(FDTError) {
        try FlattenedTree.withBytes(of: bytes) { (span) throws(FDTError) in try FlattenedTree.check(span) }
        var header = try FlattenedTree.withBytes(of: bytes) { (span) throws(FDTError) in try FDTHeader(span) }
        guard Int(header.totalSize) <= bytes.count else { throw .truncated }
        guard let controlTree, let index = presets.firstIndex(where: { $0.address == controlTree }) else { return }
        let old = presets[index].size
        let hasRoom = old > UInt64(presets[index].bytes.count)
        let size = hasRoom ? (UInt64(bytes.count) + Self.emulatorRoom) * 2 : UInt64(header.totalSize)
        guard size <= UInt64(Int32.max) else { throw .noSpace }
        var tree = Array(bytes.prefix(Int(header.totalSize)))
        header.totalSize = UInt32(size)
        try FlattenedTree.withMutableBytes(of: &tree) { (span) throws(FDTError) in try header.store(in: &span) }

        let moved = ((old &+ 31) & ~31) &- ((size &+ 31) & ~31)
        let start = controlTree + moved
        for (index, preset) in presets.enumerated() where preset.address == controlTree || preset.size == old {
            let address = preset.address == controlTree ? start : preset.address
            presets[index] = Preset(label: preset.label, address: address, bytes: tree, size: size)
        }
        for (index, range) in reserved.enumerated() where range.contains(controlTree) {
            let first = Address(range.start.value &+ moved).aligned(down: Self.pageSize)
            reserved[index] = AddressRange(start: first, size: range.end - first)
        }
        self.controlTree = start
        if runtimeEnvironment["fdtcontroladdr"] != nil {
            runtimeEnvironment["fdtcontroladdr"] = "\(hex: start.value)"
        }
    }

    /// What QEMU adds to a tree's size before it doubles it.
    private static let emulatorRoom: UInt64 = 10000
    private static let pageSize: UInt64 = 0x1000
}
