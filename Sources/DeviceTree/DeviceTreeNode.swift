/// A node as a value, apart from any blob; equality counts the order of properties and children.
public struct DeviceTreeNode: Equatable, Hashable, Sendable {
    /// The name's bytes with the unit address; empty for a root.
    public var name: [UInt8]
    /// In the order of the tree.
    public var properties: [DeviceTreeProperty]
    /// In the order of the tree.
    public var children: [DeviceTreeNode]

    /// A node of that name; nothing is checked before it becomes a blob.
    public init(_ name: [UInt8], _ properties: [DeviceTreeProperty] = [], children: [DeviceTreeNode] = []) {
        self.name = name
        self.properties = properties
        self.children = children
    }

    /// A node named by the string's UTF-8.
    public init(_ name: String, _ properties: [DeviceTreeProperty] = [], children: [DeviceTreeNode] = []) {
        self.init(Array(name.utf8), properties, children: children)
    }

    /// The first property of that name.
    public func property(named name: [UInt8]) -> DeviceTreeProperty? {
        properties.first { $0.name == name }
    }

    /// The first property of that name.
    public func property(_ name: String) -> DeviceTreeProperty? {
        property(named: Array(name.utf8))
    }

    /// The child that libfdt would take: the first of that name, with any unit address where `name` has none.
    public func child(named name: [UInt8]) -> DeviceTreeNode? {
        let anyAddress = name.contains(Self.at) ? nil : name + [Self.at]
        return children.first { child in
            child.name == name || anyAddress.map { child.name.starts(with: $0) } ?? false
        }
    }

    /// The node below this one at a path of names with slashes between; empty names are skipped.
    public func descendant(_ path: String) -> DeviceTreeNode? {
        path.utf8.split(separator: Self.slash).reduce(self as Self?) { $0?.child(named: Array($1)) }
    }

    /// This node with properties and children in the order of their names, on every level.
    public var sorted: DeviceTreeNode {
        DeviceTreeNode(
            name,
            properties.sorted { $0.name.lexicographicallyPrecedes($1.name) },
            children: children.map(\.sorted).sorted { $0.name.lexicographicallyPrecedes($1.name) })
    }

    private static let at = UInt8(ascii: "@")
    private static let slash = UInt8(ascii: "/")
}
