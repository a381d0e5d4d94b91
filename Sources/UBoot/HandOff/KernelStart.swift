import DeviceTree

/// The last steps of a boot: ramdisk and tree go to their places, the tree gets what U-Boot adds, the kernel starts.
///
/// They work on `machine.boot`.
enum KernelStart {
    static let treePadding: UInt64 = 0x3000
    private static let ramdiskOverhead: UInt32 = 0x80
    private static let pageSize: UInt64 = 0x1000

    /// Makes the tree ready for the kernel; gives what ended the machine if that failed, else nil.
    static func prepare(_ call: CommandCall, _ machine: inout Machine) throws -> MachineStop? {
        guard machine.boot.tree != nil else {
            return stop(.noTree, "FDT and ATAGS support not compiled in\n\nresetting ...\n", call, &machine)
        }
        guard try placeTree(call, &machine), let tree = machine.boot.tree else {
            return stop(.noSpace, "FDT creation failed!\nresetting ...\n", call, &machine)
        }
        guard try finish(tree.start, machine.boot.initrd, &machine) else {
            machine.print(" - must RESET the board to recover.\n\n")
            return stop(.noSpace, "FDT creation failed!\nresetting ...\n", call, &machine)
        }
        return nil
    }

    /// Starts the kernel, which lay at `loadedAt`.
    static func start(loadedAt: Address, _ call: CommandCall, _ machine: inout Machine) throws -> MachineStop {
        machine.print("\nStarting kernel ...\n\n")
        let boot = machine.boot
        let tree = boot.tree?.start ?? 0
        let final = AddressRange(start: tree, size: UInt64((try? machine.treeHeader(at: tree).totalSize) ?? 0))
        machine.recorder.handOff = HandOff(
            method: call.definition.name, command: machine.recorder.currentCommand ?? 0, place: call.place,
            loadedAt: loadedAt, kernel: kernel(boot), tree: final, treeLoadedAt: boot.treeFoundAt ?? tree,
            ramdisk: boot.initrd.size > 0 ? boot.initrd : nil, ramdiskLoadedAt: boot.ramdisk?.start,
            treeBytes: Blob(try machine.memory.read(final)))
        return .handOff
    }

    /// The memory that the kernel takes.
    static func kernel(_ boot: BootState) -> AddressRange {
        AddressRange(start: boot.os.entry, size: boot.os.whole.size)
    }

    private static func stop(
        _ reason: RefusedBoot.Reason, _ text: ByteString, _ call: CommandCall, _ machine: inout Machine
    ) -> MachineStop {
        machine.print(text)
        machine.note(refusal: reason, kernel: kernel(machine.boot), tree: machine.boot.tree?.start, call)
        return .reset(text.display)
    }

    // MARK: Memory

    /// The RAM that U-Boot uses for a boot: in older releases from `bootm_low` on, `bootm_size` bytes.
    static func usableBanks(_ machine: Machine) -> [AddressRange] {
        let banks = machine.memory.ram
        guard machine.release < .v2024_10 else { return banks }
        guard let low = machine.environment.address("bootm_low") ?? banks.first?.start.value else { return [] }
        let size = machine.environment.address("bootm_size")
        return banks.compactMap { bank in
            let rest = size ?? (bank.end.value &- low)
            return bank.intersection(AddressRange(start: Address(low), size: max(rest, 1)))
        }
    }

    /// What is free for a boot: RAM without U-Boot itself.
    static func allocator(_ machine: Machine) -> MemoryAllocator {
        MemoryAllocator(
            banks: usableBanks(machine), reserved: machine.occupied, joinsOverlaps: machine.release >= .v2024_10)
    }

    /// The end of the memory that a ramdisk may go to by default.
    private static func defaultLimit(_ machine: Machine) -> UInt64 {
        let low = machine.environment.address("bootm_low") ?? machine.memory.ram.first?.start.value ?? 0
        return low &+ mapSize(machine, low: low)
    }

    /// How many bytes from `bootm_low` on a boot may use.
    private static func mapSize(_ machine: Machine, low: UInt64) -> UInt64 {
        machine.environment.address("bootm_mapsize") ?? machine.environment.address("bootm_size")
            ?? machine.memory.ram.first.map { $0.size &- (low &- $0.start.value) } ?? 0
    }

    /// The ends up to which each bank is tried for a tree.
    private static func treeLimits(_ machine: Machine) -> [UInt64] {
        let low = machine.environment.address("bootm_low") ?? machine.memory.ram.first?.start.value ?? 0
        let size = mapSize(machine, low: low)
        return machine.memory.ram.filter { $0.end.value >= low }.map { bank in
            // Older releases count from the start of the bank even where `bootm_low` lies above it.
            let start = machine.release < .v2025_01 ? bank.start.value : max(bank.start.value, low)
            return start &+ min(bank.size, size)
        }
    }

    private static func complain(size: UInt64, limit: UInt64, _ machine: inout Machine) {
        machine.print("ERROR: Failed to allocate 0x\(hex: size) bytes below 0x\(hex: limit).\n")
    }

    // MARK: Ramdisk

    /// Puts the ramdisk where the kernel finds it, and sets the variables that say where that is.
    static func placeRamdisk(_ call: CommandCall, _ machine: inout Machine) throws {
        let high = machine.environment.address("initrd_high") ?? defaultLimit(machine)
        var placed = AddressRange(start: 0, size: 0)
        if let ramdisk = machine.boot.ramdisk {
            if high == .max, machine.environment["initrd_high"] != nil {
                machine.reserve(ramdisk)
                placed = ramdisk
            } else {
                guard let base = machine.memoryMap.allocate(ramdisk.size, alignment: pageSize, below: high) else {
                    complain(size: ramdisk.size, limit: high, &machine)
                    machine.print("ramdisk - allocation error\n")
                    throw BootRefusal(reason: .noSpace, status: .usage)
                }
                placed = AddressRange(start: base, size: ramdisk.size)
                machine.print(
                    "   Loading Ramdisk to \(hex: base.value, width: 8), end \(hex: placed.end.value, width: 8) ... ")
                try machine.copy(from: ramdisk.start, to: placed, call)
                machine.print("OK\n")
            }
        }
        machine.boot.initrd = placed
        machine.environment.set("initrd_start", "\(hex: placed.start.value)")
        machine.environment.set("initrd_end", "\(hex: placed.end.value)")
    }

    // MARK: Tree

    /// Keeps what the tree reserves from being used.
    static func reserve(_ tree: AddressRange, _ machine: inout Machine) throws {
        let kept: MemoryAllocator.Kind = machine.release < .v2024_10 ? .plain : .own
        for wanted in try machine.reservations(of: tree.start)
        where machine.reserve(wanted.range, as: wanted.isUnmapped ? .unmapped : kept) == .failed {
            machine.print(
                "ERROR: reserving fdt memory region failed (addr=\(hex: wanted.range.start.value) "
                    + "size=\(hex: wanted.range.size) flags=\(wanted.isUnmapped ? 4 : 0))\n")
        }
    }

    /// Moves the tree, or makes room for it in place; false if there is no memory.
    ///
    /// Without a tree it does nothing.
    static func placeTree(_ call: CommandCall, _ machine: inout Machine) throws -> Bool {
        guard let tree = machine.boot.tree else { return true }
        guard try machine.checkTree(at: tree.start) == nil else {
            machine.print("ERROR: image is not a fdt - must RESET the board to recover.\n")
            return false
        }
        try reserve(tree, &machine)
        let size = tree.size + treePadding
        let high = machine.environment.address("fdt_high")
        if high == .max {
            try machine.editTree(at: tree.start, room: size) {
                try FlattenedTree.setTotalSize(UInt32(truncatingIfNeeded: size), in: &$0)
            }
            machine.print(
                "   Using Device Tree in place at \(hex: tree.start.value, width: 16), "
                    + "end \(hex: (tree.start + (size - 1)).value, width: 16)\n")
            machine.setWorkingTree(tree.start)
            let whole = AddressRange(start: tree.start, size: size)
            machine.reserve(whole)
            machine.boot.tree = whole
            return true
        }
        guard let base = findRoom(size, below: high, &machine) else { return false }
        machine.print(
            "   Loading Device Tree to \(hex: base.value, width: 16), "
                + "end \(hex: (base + (size - 1)).value, width: 16) ... ")
        do {
            try machine.copyTree(from: tree.start, to: base, size: UInt32(truncatingIfNeeded: size), call)
        } catch is FDTError {
            machine.print("fdt move failed")
            return false
        }
        machine.print("OK\n")
        machine.setWorkingTree(base)
        machine.boot.tree = AddressRange(start: base, size: size)
        return true
    }

    /// Where the tree goes: below `high`, or without that in the first bank that has room; nil after saying that there is none.
    private static func findRoom(_ size: UInt64, below high: UInt64?, _ machine: inout Machine) -> Address? {
        let limits = high.map { [$0] } ?? treeLimits(machine)
        for limit in limits {
            if let base = machine.memoryMap.allocate(size, alignment: pageSize, below: limit) { return base }
            complain(size: size, limit: limit, &machine)
        }
        if let high, high != 0 { machine.print("Failed using fdt_high value for Device Tree") }
        if high == nil || high == 0 { machine.print("device tree - allocation error\n") }
        return nil
    }

    /// Writes what U-Boot adds to the tree and gives it its last size; false if that failed.
    ///
    /// Newer releases give the room that is left over back, where the tree has `ownsRoom` in the memory map.
    static func finish(
        _ tree: Address, _ initrd: AddressRange, ownsRoom: Bool = true, _ machine: inout Machine
    ) throws -> Bool {
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
        if let name = machine.boot.configuration { try machine.noteConfiguration(name, in: tree) }
        try machine.fixEthernet(of: tree)
        let isNew = machine.release >= .v2025_01
        // Newer releases write the ramdisk down before they make the tree small.
        if isNew { _ = try machine.fixRamdisk(of: tree, start: initrd.start.value, end: initrd.end.value) }
        let before = AddressRange(start: tree, size: UInt64(try machine.treeHeader(at: tree).totalSize))
        let size = try machine.shrinkTree(at: tree, extra: 0)
        guard !isNew else {
            guard ownsRoom else { return true }
            machine.memoryMap.free(before)
            machine.reserve(AddressRange(start: tree, size: UInt64(size)))
            return true
        }
        if initrd.start.value != 0 && initrd.end.value != 0 {
            try machine.editTree(at: tree, room: UInt64(size + ramdiskOverhead)) {
                try FlattenedTree.setTotalSize(size + ramdiskOverhead, in: &$0)
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
