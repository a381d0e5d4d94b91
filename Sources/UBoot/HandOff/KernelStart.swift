import DeviceTree

/// The last steps of a boot: ramdisk and tree go to their places, the tree gets what U-Boot adds, the kernel starts.
struct KernelStart {
    private static let treePadding: UInt64 = 0x3000
    private static let ramdiskOverhead: UInt32 = 0x80
    private static let pageSize: UInt64 = 0x1000

    var loadedAt: Address
    var kernel: AddressRange
    var ramdisk: AddressRange?
    var tree: AddressRange?

    /// Goes through to the hand-off; gives what ended the machine.
    mutating func run(_ call: CommandCall, _ machine: inout Machine) throws -> MachineStop {
        var allocator = MemoryAllocator(banks: Self.usableBanks(machine), reserved: machine.bootReservations)
        allocator.reserve(kernel)
        let initrd = try placeRamdisk(&allocator, call, &machine)
        guard let tree else {
            return stop(.noTree, "FDT and ATAGS support not compiled in\n\nresetting ...\n", call, &machine)
        }
        guard let placed = try placeTree(tree, &allocator, call, &machine) else {
            return stop(.noSpace, "FDT creation failed!\nresetting ...\n", call, &machine)
        }
        guard try finish(placed, initrd, &machine) else {
            machine.print(" - must RESET the board to recover.\n\n")
            return stop(.noSpace, "FDT creation failed!\nresetting ...\n", call, &machine)
        }
        machine.print("\nStarting kernel ...\n\n")
        let size = UInt64(try machine.treeHeader(at: placed).totalSize)
        let final = AddressRange(start: placed, size: size)
        machine.recorder.handOff = HandOff(
            method: "booti", command: machine.recorder.currentCommand ?? 0, place: call.place, loadedAt: loadedAt,
            kernel: kernel, tree: final, treeLoadedAt: tree.start, ramdisk: initrd.size > 0 ? initrd : nil,
            ramdiskLoadedAt: ramdisk?.start, treeBytes: Blob(try machine.memory.read(final)))
        return .handOff
    }

    private func stop(
        _ reason: RefusedBoot.Reason, _ text: ByteString, _ call: CommandCall, _ machine: inout Machine
    ) -> MachineStop {
        machine.print(text)
        BootImageCommand.note(reason, kernel, call, &machine)
        return .reset(text.display)
    }

    // MARK: Memory

    /// The RAM that U-Boot uses for a boot: from `bootm_low` on, `bootm_size` bytes.
    private static func usableBanks(_ machine: Machine) -> [AddressRange] {
        let banks = machine.memory.ram
        guard let low = machine.environment.address("bootm_low") ?? banks.first?.start.value else { return [] }
        let size = machine.environment.address("bootm_size")
        return banks.compactMap { bank in
            let rest = size ?? (bank.end.value &- low)
            return bank.intersection(AddressRange(start: Address(low), size: max(rest, 1)))
        }
    }

    /// The end of the memory that a ramdisk or tree may go to by default.
    private static func defaultLimit(_ machine: Machine) -> UInt64 {
        let first = machine.memory.ram.first
        let low = machine.environment.address("bootm_low") ?? first?.start.value ?? 0
        let size =
            machine.environment.address("bootm_mapsize") ?? machine.environment.address("bootm_size")
            ?? first.map { $0.size &- (low &- $0.start.value) } ?? 0
        return low &+ size
    }

    private static func complain(size: UInt64, limit: UInt64, _ machine: inout Machine) {
        machine.print("ERROR: Failed to allocate 0x\(hex: size) bytes below 0x\(hex: limit).\n")
    }

    // MARK: Ramdisk

    /// Where the ramdisk is for the kernel, moved if it has to be; empty without one.
    private func placeRamdisk(
        _ allocator: inout MemoryAllocator, _ call: CommandCall, _ machine: inout Machine
    ) throws -> AddressRange {
        let high = machine.environment.address("initrd_high") ?? Self.defaultLimit(machine)
        var placed = AddressRange(start: 0, size: 0)
        if let ramdisk {
            if high == .max, machine.environment["initrd_high"] != nil {
                allocator.reserve(ramdisk)
                placed = ramdisk
            } else {
                guard let base = allocator.allocate(ramdisk.size, alignment: Self.pageSize, below: high) else {
                    Self.complain(size: ramdisk.size, limit: high, &machine)
                    machine.print("ramdisk - allocation error\n")
                    throw BootImageCommand.Refusal(reason: .noSpace, status: .usage)
                }
                placed = AddressRange(start: base, size: ramdisk.size)
                machine.print(
                    "   Loading Ramdisk to \(hex: base.value, width: 8), end \(hex: placed.end.value, width: 8) ... ")
                try machine.memory.move(from: ramdisk.start, to: placed, by: machine.writer(call))
                machine.print("OK\n")
            }
        }
        machine.environment.set("initrd_start", "\(hex: placed.start.value)")
        machine.environment.set("initrd_end", "\(hex: placed.end.value)")
        return placed
    }

    // MARK: Tree

    /// Moves the tree, or makes room for it in place; nil if there is no memory.
    private func placeTree(
        _ tree: AddressRange, _ allocator: inout MemoryAllocator, _ call: CommandCall, _ machine: inout Machine
    ) throws -> Address? {
        guard try machine.checkTree(at: tree.start) == nil else {
            machine.print("ERROR: image is not a fdt - must RESET the board to recover.\n")
            return nil
        }
        for wanted in try machine.reservations(of: tree.start)
        where !allocator.reserve(wanted.range, isUnmapped: wanted.isUnmapped) {
            machine.print(
                "ERROR: reserving fdt memory region failed (addr=\(hex: wanted.range.start.value) "
                    + "size=\(hex: wanted.range.size) flags=\(wanted.isUnmapped ? 4 : 0))\n")
        }
        let size = tree.size + Self.treePadding
        let high = machine.environment.address("fdt_high")
        if high == .max {
            try machine.editTree(at: tree.start, room: size) {
                try FlattenedTree.setTotalSize(UInt32(truncatingIfNeeded: size), in: &$0)
            }
            machine.print(
                "   Using Device Tree in place at \(hex: tree.start.value, width: 16), "
                    + "end \(hex: (tree.start + (size - 1)).value, width: 16)\n")
            machine.setWorkingTree(tree.start)
            return tree.start
        }
        let limit = high ?? Self.defaultLimit(machine)
        guard let base = allocator.allocate(size, alignment: Self.pageSize, below: limit) else {
            Self.complain(size: size, limit: limit, &machine)
            if let high, high != 0 { machine.print("Failed using fdt_high value for Device Tree") }
            if high == nil || high == 0 { machine.print("device tree - allocation error\n") }
            return nil
        }
        machine.print(
            "   Loading Device Tree to \(hex: base.value, width: 16), "
                + "end \(hex: (base + (size - 1)).value, width: 16) ... ")
        do {
            try machine.copyTree(from: tree.start, to: base, size: UInt32(truncatingIfNeeded: size), call)
        } catch is FDTError {
            machine.print("fdt move failed")
            return nil
        }
        machine.print("OK\n")
        machine.setWorkingTree(base)
        return base
    }

    /// Writes what U-Boot adds to the tree and gives it its last size; false if that failed.
    private func finish(_ tree: Address, _ initrd: AddressRange, _ machine: inout Machine) throws -> Bool {
        if let serial = machine.environment["serial#"] {
            try? machine.editTree(at: tree) {
                try FlattenedTree.setProperty(Array("serial-number".utf8), ofNode: 0, to: serial.bytes + [0], in: &$0)
            }
        }
        guard try machine.fixChosen(of: tree) == 0 else {
            machine.print("ERROR: /chosen node create failed\n")
            return false
        }
        guard try machine.fixMemory(of: tree, banks: machine.memory.ram) == 0 else {
            machine.print("ERROR: arch-specific fdt fixup failed\n")
            return false
        }
        try machine.fixEthernet(of: tree)
        let hasRamdisk = initrd.start.value != 0 && initrd.end.value != 0
        // Newer releases count the room for the ramdisk before they round up to a page.
        let countsRamdisk = hasRamdisk && machine.release >= .v2025_01
        let size = try machine.shrinkTree(at: tree, extra: countsRamdisk ? Self.ramdiskOverhead : 0)
        if hasRamdisk, !countsRamdisk {
            try machine.editTree(at: tree, room: UInt64(size + Self.ramdiskOverhead)) {
                try FlattenedTree.setTotalSize(size + Self.ramdiskOverhead, in: &$0)
            }
        }
        _ = try machine.fixRamdisk(of: tree, start: initrd.start.value, end: initrd.end.value)
        return true
    }
}

extension Machine {
    /// The memory that a tree keeps from being used: its reservations, then the first range of each enabled node below
    /// `/reserved-memory`.
    func reservations(of tree: Address) throws -> [(range: AddressRange, isUnmapped: Bool)] {
        let size = UInt64(try treeHeader(at: tree).totalSize)
        let blob = try memory.read(AddressRange(start: tree, size: size))
        guard let document = try? DeviceTreeDocument(blob: blob) else { return [] }
        let own = document.reservations.map { entry in
            (range: AddressRange(start: Address(entry.address), size: entry.size), isUnmapped: false)
        }
        guard let node = document["/reserved-memory"] else { return own }
        let addressCells = Int(node.property("#address-cells")?.u32 ?? 2)
        let sizeCells = Int(node.property("#size-cells")?.u32 ?? 1)
        let below = node.children.compactMap { child -> (range: AddressRange, isUnmapped: Bool)? in
            guard let cells = child.property("reg")?.cells, cells.count >= addressCells + sizeCells,
                child.property("status").map({ $0.string == "okay" }) ?? true
            else { return nil }
            let start = cells.prefix(addressCells).reduce(0) { $0 << 32 | UInt64($1) }
            let size = cells[addressCells..<(addressCells + sizeCells)].reduce(0) { $0 << 32 | UInt64($1) }
            let range = AddressRange(start: Address(start), size: size)
            return (range: range, isUnmapped: child.property("no-map") != nil)
        }
        return own + below
    }
}
