import DeviceTree

/// `fdt addr`, `fdt move`, `fdt resize`, `fdt apply`: where the working tree is, and how large.
enum FDTPlacement {
    /// `fdt addr [-c] [-q] [ADDR [SIZE]]`.
    static func select(_ call: CommandCall, _ machine: inout Machine) throws -> CommandStatus {
        var words = call.words.dropFirst(2)
        var isControl = false
        var isQuiet = false
        while let option = words.first, option.firstOrNUL == UInt8(ascii: "-") {
            for letter in option.bytes.dropFirst() {
                switch letter {
                case UInt8(ascii: "c"): isControl = true
                case UInt8(ascii: "q"): isQuiet = true
                default: return .usage
                }
            }
            words = words.dropFirst()
        }
        guard let word = words.first else { return try show(isControl: isControl, &machine) }
        let address = Address(machine.hex(word))
        guard try isTree(at: address, isQuiet: isQuiet, call, &machine) else { return .failure }
        if isControl {
            machine.controlTree = address
        } else {
            machine.setWorkingTree(address, isQuiet: isQuiet && machine.release >= .v2025_01)
        }
        if let word = words.dropFirst().first { try widen(address, to: word, isQuiet: isQuiet, &machine) }
        machine.noteEdit(.select, call, tree: address)
        return .success
    }

    private static func show(isControl: Bool, _ machine: inout Machine) throws -> CommandStatus {
        guard let tree = isControl ? machine.controlTree : machine.workingTree else { return .failure }
        guard try isTree(at: tree, isQuiet: false, nil, &machine) else { return .failure }
        let shown = isControl ? tree.value : machine.environment.address("fdtaddr") ?? 0
        machine.print("\(isControl ? "Control" : "Working") fdt: \(hex: shown, width: 8)\n")
        return .success
    }

    private static func widen(_ tree: Address, to word: ByteString, isQuiet: Bool, _ machine: inout Machine) throws {
        let size = Int32(truncatingIfNeeded: machine.hex(word))
        let existing = try machine.treeHeader(at: tree).totalSize
        if UInt32(bitPattern: size) < existing {
            if !isQuiet { machine.print("New length \(size) < existing length \(existing), ignoring\n") }
            return
        }
        do {
            try machine.editTree(at: tree, room: UInt64(UInt32(bitPattern: size))) {
                try FlattenedTree.openInPlace(size: Int(size), in: &$0)
            }
        } catch let error as FDTError {
            if !isQuiet { machine.print("libfdt fdt_open_into(): \(error.name)\n") }
        }
    }

    /// Whether there is a tree; prints what is wrong with it.
    private static func isTree(
        at address: Address, isQuiet: Bool, _ call: CommandCall?, _ machine: inout Machine
    ) throws -> Bool {
        var failure: String?
        if address.value == 0, !isQuiet {
            machine.print("The address of the fdt is invalid (NULL).\n")
            failure = "no tree"
        } else if let error = try machine.checkTree(at: address) {
            if !isQuiet { machine.print(try message(error, at: address, machine)) }
            failure = error.name
        }
        if let failure, let call { machine.noteEdit(.select, call, tree: address, failure: failure) }
        return failure == nil
    }

    /// The text for a bad header; for a version that does not fit it says which.
    private static func message(_ error: FDTError, at address: Address, _ machine: Machine) throws -> ByteString {
        var text: ByteString = "libfdt fdt_check_header(): \(error.name)"
        if error == .badVersion {
            let header = try machine.treeHeader(at: address)
            if header.version < 2 { text = text + " - too old, fdt \(header.version) < 2" }
            if header.lastCompVersion > 17 { text = text + " - too new, fdt \(header.version) > 17" }
        }
        return text + "\n"
    }

    /// `fdt move FROM TO [SIZE]`.
    static func move(_ call: CommandCall, _ tree: Address, _ machine: inout Machine) throws -> CommandStatus {
        guard call.count > 3 else { return .usage }
        let source = Address(call.hex(2))
        machine.workingTree = source
        guard try isTree(at: source, isQuiet: false, call, &machine) else {
            machine.workingTree = nil
            return .failure
        }
        let target = Address(call.hex(3))
        let existing = try machine.treeHeader(at: source).totalSize
        var size = Int32(bitPattern: existing)
        if call.count > 4 {
            size = Int32(truncatingIfNeeded: call.hex(4))
            if UInt32(bitPattern: size) < existing {
                machine.print(
                    "New length 0x\(hex: UInt32(bitPattern: size), upper: true) < existing length "
                        + "0x\(hex: existing, upper: true), aborting.\n")
                machine.noteEdit(.resize, call, tree: source, failure: "FDT_ERR_NOSPACE")
                return .failure
            }
        }
        do {
            try machine.copyTree(from: source, to: target, size: UInt32(bitPattern: size), call)
        } catch let error as FDTError {
            return machine.reject(error, by: "libfdt fdt_open_into():", .resize, call, tree: source)
        }
        machine.setWorkingTree(target)
        machine.noteEdit(.select, call, tree: target)
        return .success
    }

    /// `fdt resize [EXTRA]`.
    static func resize(_ call: CommandCall, _ tree: Address, _ machine: inout Machine) throws -> CommandStatus {
        do {
            _ = try machine.shrinkTree(at: tree, extra: UInt32(truncatingIfNeeded: call.hex(2)))
            machine.noteEdit(.resize, call, tree: tree)
        } catch let error as FDTError {
            machine.noteEdit(.resize, call, tree: tree, failure: error.name)
        }
        return .success
    }

    /// `fdt apply ADDR`: the overlay in memory is changed, and loses its magic.
    static func applyOverlay(_ call: CommandCall, _ tree: Address, _ machine: inout Machine) throws -> CommandStatus {
        guard call.count == 3 else { return .usage }
        let overlay = Address(call.hex(2))
        guard try isTree(at: overlay, isQuiet: false, call, &machine) else { return .failure }
        let error = try machine.mergeOverlay(at: overlay, into: tree)
        machine.noteEdit(.other, call, tree: tree, failure: error?.name)
        return error == nil ? .success : .failure
    }

    /// `fdt checksign [ADDR]`: takes another control tree, and is content where that has no keys.
    static func checkSignature(_ call: CommandCall, _ tree: Address, _ machine: inout Machine) throws -> CommandStatus {
        let keys = call[2].map { Address(machine.hex($0)) } ?? machine.controlTree ?? 0
        guard try isTree(at: keys, isQuiet: false, nil, &machine) else { return .failure }
        machine.controlTree = keys
        if machine.release >= .v2025_01 {
            let configurations = try? machine.readTree(at: tree) {
                try FlattenedTree.offset(ofPath: Array("/configurations".utf8), in: $0)
            }
            guard configurations != nil else {
                machine.print("Could not find configuration node: FDT_ERR_NOTFOUND\n")
                return .failure
            }
        }
        let hasKeys = try? machine.readTree(at: keys) {
            try FlattenedTree.subnode(named: Array("signature".utf8), of: 0, in: $0)
        }
        return hasKeys == nil ? .success : unsimulated(call, tree, &machine)
    }

    static func unsimulated(_ call: CommandCall, _ tree: Address, _ machine: inout Machine) -> CommandStatus {
        machine.recorder.markCurrent(.unsimulated)
        machine.print("ibtest: 'fdt \(call.word(1))' is not simulated\n")
        return .failure
    }
}

extension Machine {
    /// Merges an overlay in memory, which loses its magic, into a tree with room for it; gives what is wrong after saying it.
    mutating func mergeOverlay(at overlay: Address, into tree: Address) throws -> FDTError? {
        let range = AddressRange(start: overlay, size: UInt64(try treeHeader(at: overlay).totalSize))
        var bytes = try memory.read(range)
        let error = try mergeOverlay(&bytes, into: tree)
        memory.replace(range, with: bytes)
        return error
    }

    /// Merges an overlay, which changes it too, into a tree with room for it; gives what is wrong after saying it.
    mutating func mergeOverlay(_ overlay: inout [UInt8], into tree: Address) throws -> FDTError? {
        let symbols = try? readTree(at: tree) {
            try FlattenedTree.offset(ofPath: Array("/__symbols__".utf8), in: $0)
        }
        do {
            try editTree(at: tree) { try FlattenedTree.applyOverlay(&overlay, to: &$0) }
            return nil
        } catch let error as FDTError {
            print("failed on fdt_overlay_apply(): \(error.name)\n")
            if symbols == nil {
                let verb: ByteString = release >= .v2025_01 ? "does not" : "does did not"
                print("base fdt \(verb) have a /__symbols__ node\nmake sure you've compiled with -@\n")
            }
            return error
        }
    }

    /// Copies a tree to another place and gives it a size, as `fdt_open_into` does.
    mutating func copyTree(from source: Address, to target: Address, size: UInt32, _ call: CommandCall) throws {
        let existing = try treeHeader(at: source).totalSize
        let bytes = try memory.read(AddressRange(start: source, size: UInt64(existing)))
        if source == target {
            try editTree(at: target, room: UInt64(size)) { try FlattenedTree.openInPlace(size: Int(size), in: &$0) }
            return
        }
        let range = AddressRange(start: target, size: UInt64(max(size, existing)))
        guard memory.isRAM(range) else { throw MemoryFault(range: range, isWrite: true) }
        memory.attribute(AddressRange(start: target, size: UInt64(size)), to: writer(call))
        if target.value % 8 == 0 {
            try memory.withMutableBytes(range, by: nil) { try FlattenedTree.open(bytes, into: &$0, size: Int(size)) }
        } else {
            var copy = try memory.read(range)
            try FlattenedTree.withMutableBytes(of: &copy) { try FlattenedTree.open(bytes, into: &$0, size: Int(size)) }
            memory.replace(range, with: copy)
        }
    }

    /// Gives a tree the size that its content needs, as `fdt resize` does.
    ///
    /// That is plus `extra` and room for five reservations, rounded up so that the tree ends at a page's end. A reservation
    /// of the tree itself moves along.
    func shrinkTree(at address: Address, extra: UInt32) throws -> UInt32 {
        try editTree(at: address) { (tree: inout MutableRawSpan) throws -> UInt32 in
            var own: Int?
            let count = try FlattenedTree.reservationCount(in: tree.bytes)
            for index in 0..<count {
                let reservation = try FlattenedTree.reservation(at: index, in: tree.bytes)
                if reservation.address == address.value {
                    own = index
                    break
                }
            }
            if let own { try FlattenedTree.deleteReservation(at: own, in: &tree) }
            let header = try FDTHeader(tree.bytes)
            let offset = UInt32(truncatingIfNeeded: address.value) & 0xfff
            let needed = header.offDtStrings &+ header.sizeDtStrings &+ 80 &+ extra
            let size = ((needed &+ offset &+ 0xfff) & ~0xfff) &- offset
            try FlattenedTree.setTotalSize(size, in: &tree)
            if own != nil { try FlattenedTree.addReservation(address: address.value, size: UInt64(size), in: &tree) }
            return size
        }
    }
}
