internal import DeviceTree

/// Walks the structure block of a flattened tree tag by tag (DTSpec 0.4 §5.4), as libfdt does.
struct FITTags {
    /// What stands at an offset.
    enum Tag {
        case beginNode(name: [UInt8])
        case endNode
        /// A property with its name and where its value is, counted from the start of the tree.
        case property(name: [UInt8], value: Range<Int>)
        case nop
        case end
    }

    /// The tree's header.
    let header: FDTHeader
    /// Where the next tag is, counted from the start of the structure block.
    private(set) var offset = 0

    /// Begins a walk; nil if `bytes` do not begin with a whole tree.
    init?(_ bytes: RawSpan) {
        guard (try? FlattenedTree.check(bytes)) != nil, let header = try? FDTHeader(bytes),
            Int(header.totalSize) <= bytes.byteCount
        else { return nil }
        self.header = header
    }

    /// The next tag; nil where the structure is damaged.
    mutating func next(_ bytes: RawSpan) -> Tag? {
        let start = offset
        guard let tag = word(bytes, start) else { return nil }
        var end = start + 4
        let result: Tag
        switch tag {
        case 1:
            guard let name = string(bytes, from: Int(header.offDtStruct) + end, to: structureEnd) else { return nil }
            result = .beginNode(name: name)
            end += name.count + 1
        case 2: result = .endNode
        case 3:
            guard let length = word(bytes, end), let nameOffset = word(bytes, end + 4),
                let name = name(bytes, at: Int(nameOffset))
            else { return nil }
            let value = Int(header.offDtStruct) + end + 8
            guard value + Int(length) <= structureEnd else { return nil }
            result = .property(name: name, value: value..<(value + Int(length)))
            end += 8 + Int(length)
        case 4: result = .nop
        case 9: result = .end
        default: return nil
        }
        offset = (end + 3) & ~3
        return result
    }

    private var structureEnd: Int {
        let total = Int(header.totalSize)
        guard header.version >= 17 else { return total }
        return min(total, Int(header.offDtStruct) + Int(header.sizeDtStruct))
    }

    private func word(_ bytes: RawSpan, _ offset: Int) -> UInt32? {
        let place = Int(header.offDtStruct) + offset
        guard place + 4 <= structureEnd else { return nil }
        return bytes.bigEndian(UInt32.self, at: place)
    }

    private func name(_ bytes: RawSpan, at offset: Int) -> [UInt8]? {
        let total = Int(header.totalSize)
        let start = Int(header.offDtStrings) + offset
        if header.version >= 17, offset >= Int(header.sizeDtStrings) { return nil }
        let end = header.version >= 17 ? Int(header.offDtStrings) + Int(header.sizeDtStrings) : total
        return string(bytes, from: start, to: min(total, end))
    }

    private func string(_ bytes: RawSpan, from start: Int, to end: Int) -> [UInt8]? {
        var text: [UInt8] = []
        var index = start
        while index < end {
            let byte = bytes.byte(at: index)
            guard byte != 0 else { return text }
            text.append(byte)
            index += 1
        }
        return nil
    }
}
