internal import DeviceTree

/// The domains that a device tree describes, by the numbers that Xen gives them.
///
/// Xen counts from 1 in the order of the tree, which is the reverse of the script's, since U-Boot puts each new node
/// before its brothers.
struct DomainNames {
    /// Number 0 is Dom0.
    var names: [Int: String] = [0: "dom0"]
    /// Whether there is a kernel for Dom0.
    var hasDom0 = true
    /// The numbers of domains without a console of Xen's.
    var withoutConsole: Set<Int> = []

    /// The names where nothing is known.
    init() {}

    /// Reads a tree; what cannot be read has no domains.
    init(tree: [UInt8]) {
        guard let document = try? DeviceTreeDocument(blob: tree), let chosen = document["/chosen"] else { return }
        let domains = chosen.children.filter { Self.isCompatible($0, "xen,domain") }
        for (index, node) in domains.enumerated() {
            if node.property("vpl011") == nil { withoutConsole.insert(index + 1) }
            names[index + 1] = String(decoding: node.name.prefix { $0 != UInt8(ascii: "@") }, as: UTF8.self)
        }
        let others = chosen.children.filter { !Self.isCompatible($0, "xen,domain") }
        hasDom0 = others.contains { node in
            ["multiboot,kernel", "xen,linux-zimage"].contains { Self.isCompatible(node, $0) }
        }
        if !hasDom0 { names[0] = nil }
    }

    private static func isCompatible(_ node: DeviceTreeNode, _ name: String) -> Bool {
        node.property("compatible")?.strings?.contains(name) == true
    }
}
