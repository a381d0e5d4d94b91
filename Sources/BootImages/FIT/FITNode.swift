internal import DeviceTree

/// A node of a FIT; values of properties stay where they are, but for their beginning.
public struct FITNode: Sendable, Equatable {
    /// A property of a node.
    public struct Property: Sendable, Equatable {
        /// The name.
        public var name: [UInt8]
        /// Where the value is, in bytes from the start of the tree.
        public var range: Range<Int>
        /// The value, or its first 64 KiB.
        public var value: [UInt8]
        /// The first word, read as U-Boot reads it also where the value is shorter; nil past the end of the tree.
        public var firstWord: UInt32?

        /// The bytes up to the first NUL.
        public var text: [UInt8] { Array(value.prefix { $0 != 0 }) }

        /// The texts of a list, each ended by a NUL.
        public var texts: [[UInt8]] {
            var parts = value.split(separator: 0, omittingEmptySubsequences: false)
            parts.removeLast()
            return parts.map(Array.init)
        }
    }

    /// The name; empty for the root.
    public var name: [UInt8]
    /// The properties before the first child, which are all that count.
    public var properties: [Property] = []
    /// The nodes in this one.
    public var children: [FITNode] = []

    /// A property by its name.
    public func property(_ name: String) -> Property? {
        properties.first { $0.name.elementsEqual(name.utf8) }
    }

    /// The text of a property; nil if there is none.
    public func text(_ name: String) -> [UInt8]? { property(name)?.text }

    /// The first child of that name; a name without unit address fits one with any.
    public func child(_ name: [UInt8]) -> FITNode? {
        let at = UInt8(ascii: "@")
        return children.first { $0.name == name }
            ?? (name.contains(at) ? nil : children.first { $0.name.starts(with: name + [at]) })
    }

    /// The first child of that name.
    public func child(_ name: String) -> FITNode? { child(Array(name.utf8)) }

    /// The nodes below that are children of nodes at any depth, in the order of the tree.
    var all: [FITNode] { [self] + children.flatMap(\.all) }

    /// Deeper nodes make a tree unreadable.
    private static let depthLimit = 64
    private static let valueLimit = 1 << 16

    /// Reads a whole tree and checks it as `fdt_check_full` does; nil if anything is damaged.
    ///
    /// With `asFarAsItGoes`, what follows damage is left out instead, as for who looks for one thing only.
    public init?(tree bytes: RawSpan, asFarAsItGoes isLenient: Bool = false) {
        guard var tags = FITTags(bytes), (try? FlattenedTree.reservationCount(in: bytes)) != nil else { return nil }
        var open: [FITNode] = []
        var root: FITNode?
        while let tag = tags.next(bytes) {
            if root != nil, case .end = tag {} else if root != nil { return nil }
            switch tag {
            case .beginNode(let name):
                guard !open.isEmpty || name.isEmpty, open.count < Self.depthLimit else { return nil }
                open.append(FITNode(name: name))
            case .endNode:
                guard let node = open.popLast() else { return nil }
                if open.isEmpty { root = node } else { open[open.count - 1].children.append(node) }
            case .property(let name, let range):
                guard !open.isEmpty else { continue }
                guard open[open.count - 1].children.isEmpty else { continue }
                open[open.count - 1].properties.append(Self.property(name, range, bytes, tags.header))
            case .nop: continue
            case .end:
                guard open.isEmpty, let root else { return nil }
                self = root
                return
            }
        }
        guard isLenient, var node = open.popLast() ?? root else { return nil }
        while var outer = open.popLast() {
            outer.children.append(node)
            node = outer
        }
        self = node
    }

    private init(name: [UInt8]) { self.name = name }

    private static func property(
        _ name: [UInt8], _ range: Range<Int>, _ bytes: RawSpan, _ header: FDTHeader
    ) -> Property {
        let end = min(range.upperBound, range.lowerBound + valueLimit)
        let hasWord = range.lowerBound + 4 <= Int(header.totalSize)
        return Property(
            name: name, range: range, value: bytes.array(range.lowerBound..<end),
            firstWord: hasWord ? bytes.bigEndian(UInt32.self, at: range.lowerBound) : nil)
    }
}
