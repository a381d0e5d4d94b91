import DeviceTree

/// `fdt print` and `fdt list`.
enum FDTPrinting {
    private static let depthLimit = 32

    /// `fdt print|list [PATH [PROPERTY]]`; `list` shows one level.
    static func print(_ call: CommandCall, _ tree: Address, _ machine: inout Machine) throws -> CommandStatus {
        let path = call[2] ?? "/"
        guard let node = try machine.findNode(path, .read, call, tree: tree, name: call.word(3)) else {
            return .failure
        }
        if let name = call[3] { return try print(name, of: node, path: path, tree, call, &machine) }
        let isList = call.word(1).firstOrNUL == UInt8(ascii: "l")
        return try printNode(node, depth: isList ? 1 : depthLimit, tree, &machine)
    }

    private static func print(
        _ name: ByteString, of node: Int, path: ByteString, _ tree: Address, _ call: CommandCall,
        _ machine: inout Machine
    ) throws -> CommandStatus {
        do {
            let range = try machine.readTree(at: tree) {
                try FlattenedTree.property(name.bytes, ofNode: node, in: $0)
            }
            if range.isEmpty {
                machine.print("\(path) \(name)\n")
            } else {
                machine.print("\(name) = \(try text(range, tree, machine))\n")
            }
            return .success
        } catch let error as FDTError {
            return machine.reject(error, by: "libfdt fdt_getprop():", .read, call, tree: tree, path: path, name: name)
        }
    }

    private static func text(_ range: Range<Int>, _ tree: Address, _ machine: Machine) throws -> ByteString {
        let address = tree + UInt64(range.lowerBound)
        let value = try machine.memory.read(AddressRange(start: address, size: UInt64(range.count)))
        return FDTText.value(
            value, at: address, limit: machine.environment.address("fdt_max_dump") ?? .max, machine.release,
            wordSize: machine.description.wordSize)
    }

    private static func printNode(
        _ node: Int, depth: Int, _ tree: Address, _ machine: inout Machine
    ) throws -> CommandStatus {
        var offset = node
        var level = 0
        while level >= 0 {
            try machine.countStep()
            let (tag, next) = try machine.readTree(at: tree) { try FlattenedTree.nextTag(at: offset, in: $0) }
            let tabs = indentation(level)
            switch tag {
            case .beginNode:
                let name = try machine.readTree(at: tree) { try FlattenedTree.name(ofNode: offset, in: $0) }
                if level <= depth { machine.print("\(tabs)\(name.isEmpty ? "/" : ByteString(name)) {\n") }
                level += 1
                guard level < depthLimit else {
                    machine.print("Nested too deep, aborting.\n")
                    return .failure
                }
            case .endNode:
                level -= 1
                if level <= depth { machine.print("\(indentation(level))};\n") }
                if level == 0 { return .success }
            case .property where level <= depth:
                let property = try machine.readTree(at: tree) { try FlattenedTree.property(at: offset, in: $0) }
                let name = ByteString(property.name)
                if property.value.isEmpty {
                    machine.print("\(tabs)\(name);\n")
                } else {
                    machine.print("\(tabs)\(name) = \(try text(property.value, tree, machine));\n")
                }
            case .property: break
            case .nop: machine.print("\(tabs)/* NOP */\n")
            case .end: return .failure
            }
            offset = next
        }
        return .success
    }

    /// The tabs of a level.
    ///
    /// Where a damaged tree ends more nodes than it begins, U-Boot prints what lies behind its tabs, which is a slash.
    private static func indentation(_ level: Int) -> ByteString {
        level < 0 ? "/" : ByteString([UInt8](repeating: 9, count: min(level, depthLimit)))
    }
}
