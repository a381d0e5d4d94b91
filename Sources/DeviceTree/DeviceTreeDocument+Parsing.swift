internal import CFDT

extension DeviceTreeDocument {
    /// Reads a blob; the bytes may go on behind it and need no alignment.
    ///
    /// Throws what `fdt_check_header` finds, `FDT_ERR_TRUNCATED` where bytes are missing, and `FDT_ERR_BADSTRUCTURE`
    /// for a property behind a child node, more than `maximumDepth` levels, or tags out of place.
    public init(blob: [UInt8]) throws(FDTError) {
        self = try FlattenedTree.withBytes(of: blob) { (bytes) throws(FDTError) in
            DeviceTreeDocument(
                root: try Self.root(of: bytes),
                reservations: try FlattenedTree.reservations(in: bytes),
                bootCPU: try FDTHeader(bytes).bootCpuidPhys)
        }
    }

    /// Reads a blob from a span, as `init(blob:)` does from an array; copies no more than its `totalsize`.
    public init(blob: RawSpan) throws(FDTError) {
        let tree = blob.extracting(first: Int(try FDTHeader(blob).totalSize))
        try self.init(blob: unsafe tree.withUnsafeBytes { unsafe [UInt8]($0) })
    }

    private static func root(of bytes: RawSpan) throws(FDTError) -> DeviceTreeNode {
        try unsafe FlattenedTree.reading(bytes) { (tree, _) throws(FDTError) in
            var at = try unsafe Self.skipNops(at: 0, in: tree)
            let root = try unsafe Self.node(at: &at, depth: 0, in: tree)
            at = try unsafe Self.skipNops(at: at, in: tree)
            guard try unsafe Self.tag(at: at, in: tree).tag == .end else { throw .badStructure }
            return root
        }
    }

    private static func tag(
        at offset: Int32, in tree: UnsafeRawPointer
    ) throws(FDTError) -> (tag: FlattenedTree.Tag, next: Int32) {
        var next: Int32 = 0
        let tag = unsafe fdt_next_tag(tree, offset, &next)
        try FDTError.checked(next)
        guard let tag = FlattenedTree.Tag(rawValue: tag) else { throw .badStructure }
        return (tag, next)
    }

    private static func skipNops(at offset: Int32, in tree: UnsafeRawPointer) throws(FDTError) -> Int32 {
        var (at, found) = (offset, try unsafe tag(at: offset, in: tree))
        while found.tag == .nop {
            at = found.next
            found = try unsafe tag(at: at, in: tree)
        }
        return at
    }

    /// The node whose tag stands at `offset`, which moves behind it.
    private static func node(
        at offset: inout Int32, depth: Int, in tree: UnsafeRawPointer
    ) throws(FDTError) -> DeviceTreeNode {
        var found = try unsafe tag(at: offset, in: tree)
        guard found.tag == .beginNode, depth <= maximumDepth else { throw .badStructure }
        var length: Int32 = 0
        let name = unsafe fdt_get_name(tree, offset, &length)
        try FDTError.checked(length)
        var node = unsafe DeviceTreeNode([UInt8](UnsafeRawBufferPointer(start: name, count: Int(length))))
        while true {
            offset = found.next
            found = try unsafe tag(at: offset, in: tree)
            switch found.tag {
            case .nop: continue
            case .property:
                guard node.children.isEmpty else { throw .badStructure }
                node.properties.append(try unsafe property(at: offset, in: tree))
            case .beginNode:
                node.children.append(try unsafe self.node(at: &offset, depth: depth + 1, in: tree))
                found.next = offset
            case .endNode:
                offset = found.next
                return node
            case .end: throw .badStructure
            }
        }
    }

    private static func property(
        at offset: Int32, in tree: UnsafeRawPointer
    ) throws(FDTError) -> DeviceTreeProperty {
        let place = try unsafe FlattenedTree.property(at: offset, in: tree)
        let value = unsafe UnsafeRawBufferPointer(start: tree + place.value.lowerBound, count: place.value.count)
        return unsafe DeviceTreeProperty(place.name, [UInt8](value))
    }
}
