/// A whole device tree as a value; equality counts the order of everything.
public struct DeviceTreeDocument: Equatable, Hashable, Sendable {
    /// Nodes this deep below the root, and no deeper, are read from and written to blobs, as in Linux.
    public static let maximumDepth = 64

    /// The reservation block, without the entry that ends it.
    public var reservations: [MemoryReservation]
    /// `boot_cpuid_phys`.
    public var bootCPU: UInt32
    /// The node named with no bytes.
    public var root: DeviceTreeNode

    /// A tree of these parts; nothing is checked before it becomes a blob.
    public init(root: DeviceTreeNode, reservations: [MemoryReservation] = [], bootCPU: UInt32 = 0) {
        self.reservations = reservations
        self.bootCPU = bootCPU
        self.root = root
    }

    /// The node at a path from the root, found as libfdt finds it, but without aliases.
    public subscript(path: String) -> DeviceTreeNode? {
        path.utf8.first == UInt8(ascii: "/") ? root.descendant(path) : nil
    }

    /// Whether both are equal once properties and nodes are in the order of their names.
    public func isEquivalent(to other: DeviceTreeDocument) -> Bool {
        reservations == other.reservations && bootCPU == other.bootCPU && root.sorted == other.root.sorted
    }
}
