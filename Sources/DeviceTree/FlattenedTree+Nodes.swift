internal import CFDT

extension FlattenedTree {
    /// `fdt_subnode_offset`: the first child of that name; without a unit address the name matches any.
    public static func subnode(named name: [UInt8], of parent: Int, in bytes: RawSpan) throws(FDTError) -> Int {
        try unsafe reading(bytes, from: parent) { (tree, parent) throws(FDTError) in
            let name = terminated(name)
            let length = Int32(clamping: name.count - 1)
            return try unsafe FDTError.checked(fdt_subnode_offset_namelen(tree, parent, name, length))
        }
    }

    /// `fdt_parent_offset`; the root gives `FDT_ERR_NOTFOUND`.
    public static func parent(of node: Int, in bytes: RawSpan) throws(FDTError) -> Int {
        try unsafe reading(bytes, from: node) { (tree, node) throws(FDTError) in
            try unsafe FDTError.checked(fdt_parent_offset(tree, node))
        }
    }

    /// `fdt_node_depth`: 0 for the root.
    public static func depth(of node: Int, in bytes: RawSpan) throws(FDTError) -> Int {
        try unsafe reading(bytes, from: node) { (tree, node) throws(FDTError) in
            try unsafe FDTError.checked(fdt_node_depth(tree, node))
        }
    }

    /// `fdt_next_node`: the node that follows in the structure block, or the first one after -1.
    ///
    /// `depth` goes up by one per node entered and down by one per node left. Gives nil at the end of the tree, and
    /// as soon as `depth` falls to -1, when the node that the walk began at has been left.
    public static func nextNode(after node: Int, depth: inout Int, in bytes: RawSpan) throws(FDTError) -> Int? {
        var level = Int32(clamping: max(depth, -1 << 30))
        let next = try unsafe reading(bytes, from: node) { (tree, node) throws(FDTError) in
            unsafe fdt_next_node(tree, node, &level)
        }
        depth = Int(level)
        if level < 0 && next >= 0 || next == FDTError.notFound.code { return nil }
        return try FDTError.checked(next)
    }

    /// `fdt_get_name`: the name with its unit address; empty for the root.
    public static func name(ofNode node: Int, in bytes: RawSpan) throws(FDTError) -> [UInt8] {
        try unsafe reading(bytes, from: node) { (tree, node) throws(FDTError) in
            var length: Int32 = 0
            let name = unsafe fdt_get_name(tree, node, &length)
            try FDTError.checked(length)
            return unsafe [UInt8](UnsafeRawBufferPointer(start: name, count: Int(length)))
        }
    }

    /// `fdt_node_offset_by_phandle`; 0 and `ffffffff` give `FDT_ERR_BADPHANDLE`.
    public static func offset(ofPhandle phandle: UInt32, in bytes: RawSpan) throws(FDTError) -> Int {
        try unsafe reading(bytes) { (tree, _) throws(FDTError) in
            try unsafe FDTError.checked(fdt_node_offset_by_phandle(tree, phandle))
        }
    }

    /// `fdt_get_phandle`: the node's `phandle` or `linux,phandle`, nil where it has neither, or 0.
    public static func phandle(ofNode node: Int, in bytes: RawSpan) throws(FDTError) -> UInt32? {
        let phandle = try unsafe reading(bytes, from: node) { (tree, node) throws(FDTError) in
            unsafe fdt_get_phandle(tree, node)
        }
        return phandle == 0 ? nil : phandle
    }

    /// `fdt_address_cells` of the node itself: 2 by default, `FDT_ERR_BADNCELLS` unless 1 to 4.
    public static func addressCells(ofNode node: Int, in bytes: RawSpan) throws(FDTError) -> Int {
        try unsafe reading(bytes, from: node) { (tree, node) throws(FDTError) in
            try unsafe FDTError.checked(fdt_address_cells(tree, node))
        }
    }

    /// `fdt_size_cells` of the node itself: 1 by default, `FDT_ERR_BADNCELLS` unless 0 to 4.
    public static func sizeCells(ofNode node: Int, in bytes: RawSpan) throws(FDTError) -> Int {
        try unsafe reading(bytes, from: node) { (tree, node) throws(FDTError) in
            try unsafe FDTError.checked(fdt_size_cells(tree, node))
        }
    }
}
