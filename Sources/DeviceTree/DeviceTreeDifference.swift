/// One thing that differs between two trees, whatever the order of nodes and properties.
public struct DeviceTreeDifference: Equatable, Sendable, CustomStringConvertible {
    /// What became of the thing on the way from the first tree to the second.
    public enum Kind: Equatable, Sendable {
        case nodeAdded
        case nodeRemoved
        case propertyAdded(DeviceTreeProperty)
        case propertyRemoved(DeviceTreeProperty)
        case propertyChanged(from: DeviceTreeProperty, to: DeviceTreeProperty)
        case reservationsChanged(from: [MemoryReservation], to: [MemoryReservation])
        case bootCPUChanged(from: UInt32, to: UInt32)
    }

    /// The node's path; `/` also for what belongs to the tree as a whole.
    public var path: String
    /// What differs there.
    public var kind: Kind

    /// The name of the property, nil where the difference is not one of a property.
    public var property: [UInt8]? {
        switch kind {
        case .propertyAdded(let property), .propertyRemoved(let property): property.name
        case .propertyChanged(let property, _): property.name
        default: nil
        }
    }

    /// One line that begins with `+`, `-` or `~`, values as in dtc's source.
    public var description: String {
        switch kind {
        case .nodeAdded: "+ \(path)"
        case .nodeRemoved: "- \(path)"
        case .propertyAdded(let property): "+ \(path): \(property.dts)"
        case .propertyRemoved(let property): "- \(path): \(property.dts)"
        case .propertyChanged(let old, let new): "~ \(path): \(old.dts) -> \(new.dts)"
        case .reservationsChanged(let old, let new): "~ reservations: \(Self.list(old)) -> \(Self.list(new))"
        case .bootCPUChanged(let old, let new): "~ boot processor: \(old) -> \(new)"
        }
    }

    private static func list(_ reservations: [MemoryReservation]) -> String {
        let entries = reservations.map { "0x\(String($0.address, radix: 16))+0x\(String($0.size, radix: 16))" }
        return "[\(entries.joined(separator: ", "))]"
    }
}

extension DeviceTreeDocument {
    /// What differs from `old` to `new`: the tree as a whole first, then node by node in the order of `old`.
    ///
    /// Empty exactly when the two are equivalent, unless a name occurs twice in one node.
    public static func differences(_ old: DeviceTreeDocument, _ new: DeviceTreeDocument) -> [DeviceTreeDifference] {
        var found: [DeviceTreeDifference] = []
        if old.reservations != new.reservations {
            let kind = DeviceTreeDifference.Kind.reservationsChanged(from: old.reservations, to: new.reservations)
            found.append(DeviceTreeDifference(path: "/", kind: kind))
        }
        if old.bootCPU != new.bootCPU {
            let kind = DeviceTreeDifference.Kind.bootCPUChanged(from: old.bootCPU, to: new.bootCPU)
            found.append(DeviceTreeDifference(path: "/", kind: kind))
        }
        compare(old.root, new.root, path: "", into: &found)
        return found
    }

    private static func compare(
        _ old: DeviceTreeNode, _ new: DeviceTreeNode, path: String, into found: inout [DeviceTreeDifference]
    ) {
        func report(_ path: String, _ kind: DeviceTreeDifference.Kind) {
            found.append(DeviceTreeDifference(path: path.isEmpty ? "/" : path, kind: kind))
        }
        func childPath(_ child: DeviceTreeNode) -> String {
            "\(path)/\(String(decoding: child.name, as: UTF8.self))"
        }
        for property in old.properties {
            guard let match = new.property(named: property.name) else {
                report(path, .propertyRemoved(property))
                continue
            }
            if match != property { report(path, .propertyChanged(from: property, to: match)) }
        }
        for property in new.properties where old.property(named: property.name) == nil {
            report(path, .propertyAdded(property))
        }
        for child in old.children {
            guard let match = new.children.first(where: { $0.name == child.name }) else {
                report(childPath(child), .nodeRemoved)
                continue
            }
            compare(child, match, path: childPath(child), into: &found)
        }
        for child in new.children where !old.children.contains(where: { $0.name == child.name }) {
            report(childPath(child), .nodeAdded)
        }
    }
}
