internal import CFDT
internal import Glibc

extension FlattenedTree {
    /// A property as it lies in a tree.
    public struct Property: Equatable, Sendable {
        /// The name without its NUL.
        public var name: [UInt8]
        /// Where the value's bytes are, counted from the start of the tree.
        public var value: Range<Int>
    }

    /// What stands at an offset of the structure block; raw values are those of the format (DTSpec 0.4 §5.4.1).
    public enum Tag: UInt32, Sendable {
        case beginNode = 1
        case endNode = 2
        case property = 3
        case nop = 4
        case end = 9
    }

    /// `fdt_getprop`: where the value's bytes are, counted from the start of the tree.
    public static func property(_ name: [UInt8], ofNode node: Int, in bytes: RawSpan) throws(FDTError) -> Range<Int> {
        try unsafe reading(bytes, from: node) { (tree, node) throws(FDTError) in
            var length: Int32 = 0
            let name = terminated(name)
            let value = unsafe fdt_getprop_namelen(tree, node, name, Int32(clamping: name.count - 1), &length)
            return try unsafe range(of: value, length, in: tree)
        }
    }

    /// A node's properties in the order of the tree, up to its first child.
    public static func properties(ofNode node: Int, in bytes: RawSpan) throws(FDTError) -> [Property] {
        try unsafe reading(bytes, from: node) { (tree, node) throws(FDTError) in
            var properties: [Property] = []
            var offset = unsafe fdt_first_property_offset(tree, node)
            while offset >= 0 {
                properties.append(try unsafe property(at: offset, in: tree))
                offset = unsafe fdt_next_property_offset(tree, offset)
            }
            guard offset == FDTError.notFound.code else { throw FDTError(code: offset) }
            return properties
        }
    }

    /// `fdt_getprop_by_offset`: the property whose tag stands at `offset`.
    public static func property(at offset: Int, in bytes: RawSpan) throws(FDTError) -> Property {
        try unsafe reading(bytes, from: offset) { (tree, offset) throws(FDTError) in
            try unsafe property(at: offset, in: tree)
        }
    }

    /// `fdt_next_tag`: the tag at `offset`, and the offset of the one after it.
    ///
    /// Where libfdt gives an end tag and a negative offset, that error is thrown.
    public static func nextTag(at offset: Int, in bytes: RawSpan) throws(FDTError) -> (tag: Tag, next: Int) {
        try unsafe reading(bytes, from: offset) { (tree, offset) throws(FDTError) in
            var next: Int32 = 0
            let tag = unsafe fdt_next_tag(tree, offset, &next)
            let end = try FDTError.checked(next)
            guard next > offset, let tag = Tag(rawValue: tag) else { throw .badStructure }
            return (tag, end)
        }
    }

    static func property(at offset: Int32, in tree: UnsafeRawPointer) throws(FDTError) -> Property {
        var name: UnsafePointer<CChar>?
        var length: Int32 = 0
        let value = unsafe fdt_getprop_by_offset(tree, offset, &name, &length)
        let range = try unsafe range(of: value, length, in: tree)
        guard let name = unsafe name else { throw .badStructure }
        return unsafe Property(name: [UInt8](UnsafeRawBufferPointer(start: name, count: strlen(name))), value: range)
    }

    private static func range(
        of value: UnsafeRawPointer?, _ length: Int32, in tree: UnsafeRawPointer
    ) throws(FDTError) -> Range<Int> {
        let count = try FDTError.checked(length)
        guard let value = unsafe value else { throw .badStructure }
        let start = unsafe value - tree
        return start..<start + count
    }
}
