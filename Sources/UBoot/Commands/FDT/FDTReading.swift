import DeviceTree

/// `fdt get` and `fdt header`: values of the tree in variables.
enum FDTReading {
    /// `fdt get value|name|addr|size VAR PATH [PROPERTY|INDEX] [INDEX]`.
    static func get(_ call: CommandCall, _ tree: Address, _ machine: inout Machine) throws -> CommandStatus {
        guard call.count > 4 else { return .usage }
        let kind = call.word(2).firstOrNUL
        let name = try machine.wordOrNull(call, 5)
        guard kindNeedsProperty(kind, call) else { return .usage }
        guard let node = try machine.findNode(call.word(4), .read, call, tree: tree, name: call.word(5)) else {
            return .failure
        }
        if kind == UInt8(ascii: "n") || (kind == UInt8(ascii: "s") && call.count == 5) {
            return try countOrName(call, node, tree, &machine)
        }
        let range: Range<Int>
        do {
            range = try machine.readTree(at: tree) { try FlattenedTree.property(name.bytes, ofNode: node, in: $0) }
        } catch let error as FDTError {
            return machine.reject(
                error, by: "libfdt fdt_getprop():", .read, call, tree: tree, path: call.word(4), name: name)
        }
        let isOld = machine.release < .v2023_07
        guard !range.isEmpty || !(isOld || kind == UInt8(ascii: "v")) else {
            _ = machine.setVariable(call.word(3), "")
            return .success
        }
        let address = tree + UInt64(range.lowerBound)
        switch kind {
        case UInt8(ascii: "v"):
            let value = try machine.memory.read(AddressRange(start: address, size: UInt64(range.count)))
            return assign(value, index: call.count == 7 ? index(call.word(6), machine.release) : nil, call, &machine)
        case UInt8(ascii: "a"):
            _ = machine.setVariable(
                call.word(3),
                isOld ? "0x\(hex: address.value, width: machine.description.wordSize * 2)" : "\(hex: address.value)")
        case UInt8(ascii: "s"):
            _ = machine.setVariable(
                call.word(3), isOld ? "0x\(hex: range.count, width: 8, upper: true)" : "\(hex: range.count)")
        default: return .usage
        }
        return .success
    }

    /// The number of a string or cell; newer releases take it by its prefix.
    private static func index(_ word: ByteString, _ release: Release) -> Int {
        let number = release >= .v2023_07 ? Numbers.parse(word.bytes[...], radix: nil).0 : Numbers.decimal(word)
        return max(0, Int(Int32(truncatingIfNeeded: number)))
    }

    /// The kinds that need a property say so before the path is looked at.
    private static func kindNeedsProperty(_ kind: UInt8, _ call: CommandCall) -> Bool {
        call.count > 5 || kind == UInt8(ascii: "s")
    }

    /// Puts the number of subnodes, or the name of one, into a variable.
    private static func countOrName(
        _ call: CommandCall, _ node: Int, _ tree: Address, _ machine: inout Machine
    ) throws -> CommandStatus {
        let wanted = call.word(2).firstOrNUL == UInt8(ascii: "n") ? Int(truncatingIfNeeded: call.hex(5)) : nil
        let names = try machine.readTree(at: tree) { bytes in
            var names: [[UInt8]] = []
            var depth = 0
            // A damaged tree ends the list.
            var next = try? FlattenedTree.nextNode(after: node, depth: &depth, in: bytes)
            while let child = next, depth > 0 {
                if depth == 1 { names.append((try? FlattenedTree.name(ofNode: child, in: bytes)) ?? []) }
                next = try? FlattenedTree.nextNode(after: child, depth: &depth, in: bytes)
            }
            return names
        }
        guard let wanted else {
            _ = machine.setVariable(call.word(3), "\(names.count)")
            return .success
        }
        guard names.indices.contains(wanted) else {
            machine.print("libfdt node not found\n")
            return .failure
        }
        _ = machine.setVariable(call.word(3), ByteString(names[wanted]))
        return .success
    }

    /// Puts a value into a variable: a string of a list, one cell, or up to five words in the CPU's byte order.
    ///
    /// Newer releases also give one cell of many, by its index; a single one has none.
    private static func assign(
        _ value: [UInt8], index: Int?, _ call: CommandCall, _ machine: inout Machine
    ) -> CommandStatus {
        if FDTText.isText(value, machine.release) {
            let strings = FDTText.strings(value)
            guard index ?? 0 < strings.count else { return .failure }
            _ = machine.setVariable(call.word(3), ByteString(strings[index ?? 0]))
            return .success
        }
        let cells = FDTText.cells(value)
        if let index, machine.release >= .v2023_07, value.count % 4 == 0, value.count > 4 {
            guard index < cells.count else { return .failure }
            _ = machine.setVariable(call.word(3), "0x\(hex: cells[index], width: 8, upper: true)")
            return .success
        }
        if value.count == 4 {
            _ = machine.setVariable(call.word(3), "0x\(hex: cells[0], width: 8, upper: true)")
        } else if value.count % 4 == 0, value.count <= 20 {
            let words = cells.map { hexadecimal(UInt64($0.byteSwapped), width: 8) }
            _ = machine.setVariable(call.word(3), "\(words.joined())")
        } else {
            machine.print("error: unprintable value\n")
            return .failure
        }
        return .success
    }

    private static let members: [(name: ByteString, value: @Sendable (FDTHeader) -> UInt32)] = [
        ("magic", { $0.magic }), ("totalsize", { $0.totalSize }), ("off_dt_struct", { $0.offDtStruct }),
        ("off_dt_strings", { $0.offDtStrings }), ("off_mem_rsvmap", { $0.offMemRsvmap }),
        ("version", { $0.version }), ("last_comp_version", { $0.lastCompVersion }),
        ("boot_cpuid_phys", { $0.bootCpuidPhys }), ("size_dt_strings", { $0.sizeDtStrings }),
        ("size_dt_struct", { $0.sizeDtStruct }),
    ]

    /// `fdt header [get VAR MEMBER]`.
    static func header(_ call: CommandCall, _ tree: Address, _ machine: inout Machine) throws -> CommandStatus {
        let header = try machine.treeHeader(at: tree)
        if call.count == 5 {
            guard call.word(2).firstOrNUL == UInt8(ascii: "g"),
                let member = members.first(where: { $0.name == call.word(4) })
            else { return .failure }
            _ = machine.setVariable(call.word(3), "\(hex: member.value(header))")
            return .success
        }
        let reservations = (try? machine.readTree(at: tree) { try FlattenedTree.reservationCount(in: $0) }) ?? 0
        machine.print(
            """
            magic:\t\t\t0x\(hex: header.magic)
            totalsize:\t\t0x\(hex: header.totalSize) (\(header.totalSize))
            off_dt_struct:\t\t0x\(hex: header.offDtStruct)
            off_dt_strings:\t\t0x\(hex: header.offDtStrings)
            off_mem_rsvmap:\t\t0x\(hex: header.offMemRsvmap)
            version:\t\t\(header.version)
            last_comp_version:\t\(header.lastCompVersion)

            """)
        if header.version >= 2 { machine.print("boot_cpuid_phys:\t0x\(hex: header.bootCpuidPhys)\n") }
        if header.version >= 3 { machine.print("size_dt_strings:\t0x\(hex: header.sizeDtStrings)\n") }
        if header.version >= 17 { machine.print("size_dt_struct:\t\t0x\(hex: header.sizeDtStruct)\n") }
        machine.print("number mem_rsv:\t\t0x\(hex: reservations)\n\n")
        return .success
    }
}
