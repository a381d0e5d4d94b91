import DeviceTree

/// The subcommands of `fdt` that change nodes and properties.
enum FDTEditing {
    /// `fdt mknode PATH NODE`.
    static func makeNode(_ call: CommandCall, _ tree: Address, _ machine: inout Machine) throws -> CommandStatus {
        guard call.count > 3 else { return .usage }
        let path = call.word(2)
        let name = call.word(3)
        guard let parent = try machine.findNode(path, .makeNode, call, tree: tree, name: name) else { return .failure }
        do {
            _ = try machine.editTree(at: tree) { try FlattenedTree.addSubnode(named: name.bytes, to: parent, in: &$0) }
        } catch let error as FDTError {
            return machine.reject(
                error, by: "libfdt fdt_add_subnode():", .makeNode, call, tree: tree, path: path, name: name)
        }
        machine.noteEdit(.makeNode, call, tree: tree, path: path, name: name)
        return .success
    }

    /// `fdt set PATH PROPERTY [VALUE…]`.
    static func setProperty(_ call: CommandCall, _ tree: Address, _ machine: inout Machine) throws -> CommandStatus {
        guard call.count > 3 else { return .usage }
        let path = call.word(2)
        let name = call.word(3)
        guard let node = try machine.findNode(path, .setProperty, call, tree: tree, name: name) else { return .failure }
        var value: [UInt8] = []
        if call.count > 4 {
            let old = try machine.readTree(at: tree) { bytes in
                try? FlattenedTree.property(name.bytes, ofNode: node, in: bytes)
            }
            if let old, old.count > FDTValue.capacity {
                machine.print("prop (\(old.count)) doesn't fit in scratchpad!\n")
                machine.noteEdit(.setProperty, call, tree: tree, path: path, name: name, failure: "value too long")
                return .failure
            }
            if let old {
                let range = AddressRange(start: tree + UInt64(old.lowerBound), size: UInt64(old.count))
                machine.scratch.replaceSubrange(0..<old.count, with: try machine.memory.read(range))
            }
            guard let new = try FDTValue.parse(call, &machine) else {
                machine.noteEdit(.setProperty, call, tree: tree, path: path, name: name, failure: "value not readable")
                return .failure
            }
            value = new
        }
        let isTooLong = value.count > FDTValue.capacity
        if isTooLong {
            machine.overwriteWorkingTree(with: value[FDTValue.capacity...])
            machine.noteEdit(.setProperty, call, tree: tree, path: path, name: name, failure: "value too long")
        }
        let tree = machine.workingTree ?? 0
        do {
            try machine.editTree(at: tree) {
                try FlattenedTree.setProperty(name.bytes, ofNode: node, to: value, in: &$0)
            }
        } catch let error as FDTError {
            return machine.reject(
                error, by: "libfdt fdt_setprop():", .setProperty, call, tree: tree, path: path, name: name)
        }
        if !isTooLong { machine.noteEdit(.setProperty, call, tree: tree, path: path, name: name) }
        return .success
    }

    /// `fdt rm PATH [PROPERTY]`; in older releases libfdt's error number is the status.
    static func remove(_ call: CommandCall, _ tree: Address, _ machine: inout Machine) throws -> CommandStatus {
        let path = try machine.wordOrNull(call, 2)
        let action: TreeEdit.Action = call.count > 3 ? .removeProperty : .removeNode
        let name = call.word(3)
        guard let node = try machine.findNode(path, action, call, tree: tree, name: name) else { return .failure }
        do {
            try machine.editTree(at: tree) { (bytes: inout MutableRawSpan) in
                if action == .removeProperty {
                    try FlattenedTree.deleteProperty(name.bytes, ofNode: node, in: &bytes)
                } else {
                    try FlattenedTree.deleteNode(node, in: &bytes)
                }
            }
        } catch let error as FDTError {
            let function: ByteString = action == .removeProperty ? "libfdt fdt_delprop():" : "libfdt fdt_del_node():"
            return machine.rejectByCode(error, by: function, action, call, tree: tree, path: path, name: name)
        }
        machine.noteEdit(action, call, tree: tree, path: path, name: name)
        return .success
    }

    /// `fdt bootcpu ID`; older releases do not check the number of words.
    static func setBootCPU(_ call: CommandCall, _ tree: Address, _ machine: inout Machine) throws -> CommandStatus {
        guard call.count > 2 || machine.release < .v2023_07 else { return .usage }
        let identifier = UInt32(truncatingIfNeeded: Numbers.hex(try machine.wordOrNull(call, 2)))
        _ = try? machine.editTree(at: tree) { try FlattenedTree.setBootCPU(identifier, in: &$0) }
        machine.noteEdit(.other, call, tree: tree)
        return .success
    }

    /// `fdt memory ADDR SIZE`; libfdt's error number is the status, older releases do not check the number of words.
    static func setMemory(_ call: CommandCall, _ tree: Address, _ machine: inout Machine) throws -> CommandStatus {
        guard call.count == 4 || machine.release < .v2023_07 else { return .usage }
        let start = Numbers.hex(try machine.wordOrNull(call, 2))
        let bank = AddressRange(start: Address(start), size: Numbers.hex(try machine.wordOrNull(call, 3)))
        let code = try machine.fixMemory(of: tree, banks: [bank])
        machine.noteEdit(.other, call, tree: tree, failure: code == 0 ? nil : FDTError(code: Int32(code)).name)
        return CommandStatus(rawValue: code)
    }

    /// `fdt chosen [START SIZE]`; what goes wrong is only printed.
    static func setChosen(_ call: CommandCall, _ tree: Address, _ machine: inout Machine) throws -> CommandStatus {
        guard call.count == 2 || call.count == 4 else { return .usage }
        _ = try machine.fixChosen(of: tree)
        if call.count == 4 {
            let start = call.hex(2)
            _ = try machine.fixRamdisk(of: tree, start: start, end: start &+ call.hex(3) &- 1)
        }
        machine.noteEdit(.other, call, tree: tree, path: "/chosen")
        return .success
    }
}
