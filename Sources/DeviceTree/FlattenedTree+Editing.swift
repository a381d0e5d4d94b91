internal import CFDT

/// Each edit moves what follows it, so offsets and ranges taken before do not hold after.
extension FlattenedTree {
    /// `fdt_add_subnode`: a new first child, behind the parent's properties; gives its offset.
    public static func addSubnode(
        named name: [UInt8], to parent: Int, in tree: inout MutableRawSpan
    ) throws(FDTError) -> Int {
        try unsafe editing(&tree, from: parent) { (tree, parent) throws(FDTError) in
            let name = terminated(name)
            guard name.count < longest else { throw .noSpace }
            return try unsafe FDTError.checked(fdt_add_subnode_namelen(tree, parent, name, Int32(name.count - 1)))
        }
    }

    /// `fdt_setprop`: a property that is there keeps its place, a new one becomes the node's first.
    public static func setProperty(
        _ name: [UInt8], ofNode node: Int, to value: [UInt8], in tree: inout MutableRawSpan
    ) throws(FDTError) {
        try unsafe editing(&tree, from: node) { (tree, node) throws(FDTError) in
            guard name.count < longest, value.count < longest else { throw .noSpace }
            try unsafe FDTError.checked(fdt_setprop(tree, node, terminated(name), value, Int32(value.count)))
        }
    }

    /// `fdt_delprop`; the name stays in the strings block.
    public static func deleteProperty(
        _ name: [UInt8], ofNode node: Int, in tree: inout MutableRawSpan
    ) throws(FDTError) {
        try unsafe editing(&tree, from: node) { (tree, node) throws(FDTError) in
            try unsafe FDTError.checked(fdt_delprop(tree, node, terminated(name)))
        }
    }

    /// `fdt_del_node`: the node with all below it.
    public static func deleteNode(_ node: Int, in tree: inout MutableRawSpan) throws(FDTError) {
        try unsafe editing(&tree, from: node) { (tree, node) throws(FDTError) in
            try unsafe FDTError.checked(fdt_del_node(tree, node))
        }
    }

    /// A length that libfdt can round up and add to a tree's size in 32 bits.
    private static let longest = 1 << 30
}
