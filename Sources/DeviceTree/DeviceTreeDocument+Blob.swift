extension DeviceTreeDocument {
    /// A version 17 blob in the layout of dtc, with `padding` zero bytes of free space at its end.
    ///
    /// Throws `FDT_ERR_BADVALUE` for a name with a NUL inside or a reservation of size 0, `FDT_ERR_BADSTRUCTURE` for
    /// more than `maximumDepth` levels, `FDT_ERR_NOSPACE` for a blob of 2 GiB or more.
    public func blob(padding: Int = 0) throws(FDTError) -> [UInt8] {
        guard reservations.allSatisfy({ $0.size != 0 }) else { throw .badValue }
        var writer = StructureWriter()
        try writer.append(root, depth: 0)
        writer.append(word: FlattenedTree.Tag.end.rawValue)

        let entries = reservations + [MemoryReservation(address: 0, size: 0)]
        let structure = FDTHeader.byteCount + 16 * entries.count
        let strings = structure + writer.structure.count
        let end = strings + writer.strings.count
        guard 0...Int(Int32.max) ~= padding, end + padding < Int(Int32.max) else { throw .noSpace }

        let header = [
            FDTHeader.magic, UInt32(end + padding), UInt32(structure), UInt32(strings), UInt32(FDTHeader.byteCount),
            17, 16, bootCPU, UInt32(writer.strings.count), UInt32(writer.structure.count),
        ]
        let block = entries.flatMap { [$0.address, $0.size] }.flatMap {
            [UInt32($0 >> 32), UInt32(truncatingIfNeeded: $0)]
        }
        let words = (header + block).flatMap { DeviceTreeProperty.bigEndian($0) }
        return words + writer.structure + writer.strings + [UInt8](repeating: 0, count: padding)
    }
}

/// Collects the structure block and the strings that its properties name.
private struct StructureWriter {
    private(set) var structure: [UInt8] = []
    private(set) var strings: [UInt8] = []
    /// Where each string starts, tails of longer ones included, as dtc lets names share bytes.
    private var stringOffsets: [ArraySlice<UInt8>: UInt32] = [:]

    mutating func append(_ node: DeviceTreeNode, depth: Int) throws(FDTError) {
        guard depth <= DeviceTreeDocument.maximumDepth else { throw .badStructure }
        guard !node.name.contains(0) else { throw .badValue }
        append(word: FlattenedTree.Tag.beginNode.rawValue)
        append(padded: node.name + [0])
        for property in node.properties {
            guard !property.name.contains(0) else { throw .badValue }
            guard let length = Int32(exactly: property.value.count) else { throw .noSpace }
            append(word: FlattenedTree.Tag.property.rawValue)
            append(word: UInt32(length))
            append(word: offset(of: property.name))
            append(padded: property.value)
        }
        for child in node.children { try append(child, depth: depth + 1) }
        append(word: FlattenedTree.Tag.endNode.rawValue)
    }

    mutating func append(word: UInt32) {
        structure += DeviceTreeProperty.bigEndian(word)
    }

    private mutating func append(padded bytes: [UInt8]) {
        structure += bytes
        structure += [UInt8](repeating: 0, count: -bytes.count & 3)
    }

    private mutating func offset(of name: [UInt8]) -> UInt32 {
        if let known = stringOffsets[name[...]] { return known }
        let start = UInt32(truncatingIfNeeded: strings.count)
        strings += name + [0]
        for tail in 0...name.count {
            let key = name[tail...]
            if stringOffsets[key] == nil { stringOffsets[key] = start + UInt32(tail) }
        }
        return start
    }
}
