import DeviceTree

/// What U-Boot writes into a device tree by itself.
///
/// Each function gives 0 or libfdt's error number; `FDT_ERR_*` texts are printed as U-Boot prints them.
extension Machine {
    /// Makes `/chosen` and sets `bootargs`, if the variable is set, and U-Boot's version.
    mutating func fixChosen(of tree: Address) throws -> Int {
        if let error = try checkTree(at: tree) { return complain("fdt_chosen: ", error) }
        if description.lacksRandom { print("No RNG device\n") }
        let bootargs = environment["bootargs"]
        let version = description.version
        return try fix(tree, child: "chosen") { edit, node in
            if let bootargs { try edit("bootargs", bootargs.bytes + [0], node, "could not set bootargs") }
            try edit("u-boot,version", Array(version.utf8) + [0], node, "could not set u-boot,version")
        }
    }

    /// Tells the kernel which configuration of a FIT was used; a failure is not noticed.
    func noteConfiguration(_ name: [UInt8], in tree: Address) throws {
        let node = try? readTree(at: tree) { try FlattenedTree.offset(ofPath: Array("/chosen".utf8), in: $0) }
        guard let node else { return }
        try? editTree(at: tree) {
            try FlattenedTree.setProperty(Array("u-boot,bootconf".utf8), ofNode: node, to: name + [0], in: &$0)
        }
    }

    /// Sets `/memory` to the banks, by the root's cell counts; numbers that do not fit their cells are cut.
    mutating func fixMemory(of tree: Address, banks: [AddressRange]) throws -> Int {
        if let error = try checkTree(at: tree) { return complain("fdt_fixup_memory_banks: ", error) }
        let used = banks.prefix { $0.start.value != 0 || $0.size != 0 }
        let cells = try readTree(at: tree) { bytes in
            (try? FlattenedTree.addressCells(ofNode: 0, in: bytes), try? FlattenedTree.sizeCells(ofNode: 0, in: bytes))
        }
        return try fix(tree, child: "memory") { edit, node in
            try edit("device_type", Array("memory".utf8) + [0], node, "could not set device_type")
            guard !used.isEmpty else { return }
            // A count of cells that libfdt refuses makes U-Boot set a property of negative length, which crashes it.
            guard let addressCells = cells.0, let sizeCells = cells.1 else {
                throw MemoryFault(range: AddressRange(start: Address(.max), size: 1), isWrite: true)
            }
            let reg = used.flatMap { Self.cells($0.start.value, addressCells) + Self.cells($0.size, sizeCells) }
            try edit("reg", reg, node, "could not set reg")
        }
    }

    /// Sets the place of the initial ramdisk in `/chosen` and reserves it; nothing if it is empty.
    mutating func fixRamdisk(of tree: Address, start: UInt64, end: UInt64) throws -> Int {
        guard start != end else { return 0 }
        do {
            _ = try findOrAdd("chosen", tree)
            try editTree(at: tree) { (bytes: inout MutableRawSpan) in
                let reservations = (try? FlattenedTree.reservations(in: bytes.bytes)) ?? []
                if let old = reservations.firstIndex(where: { $0.address == start }) {
                    try? FlattenedTree.deleteReservation(at: old, in: &bytes)
                }
                do throws(FDTError) {
                    try FlattenedTree.addReservation(address: start, size: end &- start, in: &bytes)
                } catch {
                    throw FixFailure(error: error, problem: "")
                }
            }
        } catch let failure as FixFailure {
            return complain("fdt_initrd: ", failure.error)
        } catch let error as FDTError {
            return complain("fdt_find_or_add_subnode: chosen: ", error)
        }
        let cells = try? readTree(at: tree) { try FlattenedTree.addressCells(ofNode: 0, in: $0) }
        return try fix(tree, child: "chosen") { edit, node in
            for (name, value) in [("linux,initrd-start", start), ("linux,initrd-end", end)] {
                try edit(name, Self.cells(value, cells == 2 ? 2 : 1), node, "could not set \(name)")
            }
        }
    }

    /// Sets the addresses of the network devices that `/aliases` names `ethernetN`, from `ethaddr` and `ethNaddr`.
    mutating func fixEthernet(of tree: Address) throws {
        var index = 0
        while let alias = try alias(at: index, of: tree) {
            index += 1
            guard alias.name.starts(with: "ethernet".utf8) else { continue }
            guard let number = Self.number(of: alias.name) else { continue }
            let variable: ByteString = number == 0 ? "ethaddr" : "eth\(number)addr"
            guard let text = environment[variable] else { continue }
            try setMAC("mac-address", Self.macAddress(text), alias.path, tree, creates: false)
            try setMAC("local-mac-address", Self.macAddress(text), alias.path, tree, creates: true)
        }
    }

    // MARK: Parts

    /// A number in two cells, or cut to one; more cells stay zero behind it.
    private static func cells(_ value: UInt64, _ count: Int) -> [UInt8] {
        let bytes = (0..<8).map { UInt8(truncatingIfNeeded: value >> (56 - 8 * UInt64($0))) }
        if count == 2 { return bytes }
        return Array((bytes.suffix(4) + [UInt8](repeating: 0, count: 4 * max(0, count - 1))).prefix(4 * count))
    }

    private mutating func complain(_ text: ByteString, _ error: FDTError) -> Int {
        print("\(text)\(error.name)\n")
        return Int(error.code)
    }

    private typealias Edit = (_ name: String, _ value: [UInt8], _ node: Int, _ problem: String) throws -> Void

    private struct FixFailure: Error {
        var error: FDTError
        var problem: String
    }

    /// Finds or makes a child of the root and lets `body` set properties of it.
    private mutating func fix(_ tree: Address, child: String, _ body: (Edit, Int) throws -> Void) throws -> Int {
        do {
            let node = try findOrAdd(child, tree)
            let machine = self
            try body(
                { name, value, node, problem in
                    do {
                        try machine.editTree(at: tree) {
                            try FlattenedTree.setProperty(Array(name.utf8), ofNode: node, to: value, in: &$0)
                        }
                    } catch let error as FDTError {
                        throw FixFailure(error: error, problem: problem)
                    }
                }, node)
            return 0
        } catch let failure as FixFailure {
            return complain("WARNING: \(failure.problem) ", FDTError(code: failure.error.code), dot: true)
        } catch let error as FDTError {
            return complain("fdt_find_or_add_subnode: \(child): ", error)
        }
    }

    private mutating func complain(_ text: ByteString, _ error: FDTError, dot: Bool) -> Int {
        print("\(text)\(error.name).\n")
        return Int(error.code)
    }

    private func findOrAdd(_ child: String, _ tree: Address) throws -> Int {
        let name = Array(child.utf8)
        do {
            return try readTree(at: tree) { try FlattenedTree.subnode(named: name, of: 0, in: $0) }
        } catch let error as FDTError where error == .notFound {
            return try editTree(at: tree) { try FlattenedTree.addSubnode(named: name, to: 0, in: &$0) }
        }
    }

    /// The property at a position of `/aliases`; nil behind the last one or without aliases.
    private func alias(at index: Int, of tree: Address) throws -> (name: [UInt8], path: [UInt8])? {
        let found = try? readTree(at: tree) { bytes in
            let node = try FlattenedTree.offset(ofPath: Array("/aliases".utf8), in: bytes)
            return try FlattenedTree.properties(ofNode: node, in: bytes)
        }
        guard let found, found.indices.contains(index) else { return nil }
        let range = AddressRange(
            start: tree + UInt64(found[index].value.lowerBound), size: UInt64(found[index].value.count))
        return (found[index].name, Array(try memory.read(range).prefix { $0 != 0 }))
    }

    /// The number at the end of an alias; 0 for plain `ethernet`, nil if something else ends it.
    private static func number(of name: [UInt8]) -> Int? {
        if name.count == 8 { return 0 }
        let digits = name.reversed().prefix { CharacterClass.isDigit($0) }.reversed()
        guard !digits.isEmpty else { return nil }
        return Int(truncatingIfNeeded: Numbers.decimal(ByteString(digits)))
    }

    /// Six bytes of hexadecimal text with anything between them; what is missing is 0.
    private static func macAddress(_ text: ByteString) -> [UInt8] {
        var rest = text.bytes[...]
        return (0..<6).map { _ in
            let (value, end) = Numbers.parse(rest, radix: 16)
            rest = rest[min(end + 1, rest.endIndex)...]
            return UInt8(truncatingIfNeeded: value)
        }
    }

    private mutating func setMAC(
        _ name: String, _ value: [UInt8], _ path: [UInt8], _ tree: Address, creates: Bool
    ) throws {
        do {
            let node = try readTree(at: tree) { try FlattenedTree.offset(ofPath: path, in: $0) }
            let property = Array(name.utf8)
            if !creates {
                let exists = try? readTree(at: tree) { try FlattenedTree.property(property, ofNode: node, in: $0) }
                guard exists != nil else { return }
            }
            try editTree(at: tree) { try FlattenedTree.setProperty(property, ofNode: node, to: value, in: &$0) }
        } catch let error as FDTError {
            print("Unable to update property \(ByteString(path)):\(name), err=\(error.name)\n")
        }
    }
}
