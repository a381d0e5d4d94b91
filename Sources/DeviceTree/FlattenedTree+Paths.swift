internal import CFDT

extension FlattenedTree {
    /// `fdt_path_offset`: a path from the root, or one that begins with the name of an alias.
    ///
    /// A unit address may be left out; the first node that fits is taken. Divergence: an alias whose value has no
    /// NUL, and aliases that lead in a circle, give `FDT_ERR_BADPATH`, where libfdt 1.6.1 leaves the tree or recurses.
    public static func offset(ofPath path: [UInt8], in bytes: RawSpan) throws(FDTError) -> Int {
        try unsafe reading(bytes) { (tree, _) throws(FDTError) in
            let path = path.prefix { $0 != 0 }
            return try unsafe FDTError.checked(resolve(path, tree, aliasBudget: 16))
        }
    }

    private static let slash = UInt8(ascii: "/")

    private static func resolve(
        _ path: ArraySlice<UInt8>, _ tree: UnsafeRawPointer, aliasBudget: Int
    ) throws(FDTError) -> Int32 {
        guard path.first != slash else {
            return unsafe fdt_path_offset_namelen(tree, path.map(CChar.init(bitPattern:)), Int32(clamping: path.count))
        }
        guard aliasBudget > 0 else { throw .badPath }
        let end = path.firstIndex(of: slash) ?? path.endIndex
        let target = try unsafe alias(path[..<end], tree)
        var node = try unsafe resolve(target[...], tree, aliasBudget: aliasBudget - 1)
        for part in path[end...].split(separator: slash) where node >= 0 {
            node = unsafe fdt_subnode_offset_namelen(
                tree, node, part.map(CChar.init(bitPattern:)), Int32(clamping: part.count))
        }
        return node
    }

    private static func alias(_ name: ArraySlice<UInt8>, _ tree: UnsafeRawPointer) throws(FDTError) -> [UInt8] {
        var length: Int32 = 0
        let node = unsafe fdt_path_offset(tree, "/aliases")
        let found = unsafe fdt_getprop_namelen(
            tree, node, name.map(CChar.init(bitPattern:)), Int32(clamping: name.count), &length)
        guard let found = unsafe found, length >= 0 else { throw .badPath }
        let value = unsafe UnsafeRawBufferPointer(start: found, count: Int(length))
        guard let end = unsafe value.firstIndex(of: 0) else { throw .badPath }
        return unsafe [UInt8](value[..<end])
    }
}
