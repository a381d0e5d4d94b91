internal import DeviceTree

/// A FIT: a device tree with images and configurations of them (Flattened Image Tree specification, 2022).
public struct FITImage: Sendable, Equatable {
    /// The root node.
    public let root: FITNode
    /// Bytes of the tree, without data that follows it.
    public let totalByteCount: Int
    /// Where the images begin that follow the tree, in bytes from its start.
    public var externalDataOffset: Int { (totalByteCount + 3) & ~3 }

    /// Whether it has, and its reports show, when it was made.
    private(set) var showsTimes: Bool
    /// The names of image kinds that it may use.
    let vocabulary: ImageVocabulary

    /// Reads the FIT that `bytes` begin with, by the rules of a U-Boot that checks signatures and shows times, or not.
    public init(
        _ bytes: RawSpan, verifiesSignatures: Bool = true, showsTimes: Bool = true, vocabulary: ImageVocabulary = .v2025
    ) throws(FITFormatError) {
        guard (try? FlattenedTree.check(bytes)) != nil, let header = try? FDTHeader(bytes) else { throw .notTree }
        guard let root = FITNode(tree: bytes) else { throw .damaged }
        if verifiesSignatures, root.all.contains(where: { $0.name.contains(UInt8(ascii: "@")) }) { throw .unitAddress }
        guard root.property("description") != nil else { throw .noDescription }
        guard root.property("timestamp") != nil || !showsTimes else { throw .noTimestamp }
        guard root.child("images") != nil else { throw .noImages }
        self.root = root
        self.showsTimes = showsTimes
        self.vocabulary = vocabulary
        totalByteCount = Int(header.totalSize)
    }

    /// The node `/images`.
    public var imagesNode: FITNode? { root.child("images") }

    /// The images in the order of the tree.
    public var images: [FITComponent] { (imagesNode?.children ?? []).map { component($0) } }

    /// The node `/configurations`; nil if there is none.
    public var configurationsNode: FITNode? { root.child("configurations") }

    /// An image by its name.
    public func image(_ name: [UInt8]) -> FITComponent? {
        imagesNode?.child(name).map { component($0) }
    }

    /// A configuration by its name up to a `#`, or the default one.
    public func configuration(_ name: [UInt8]?) -> FITNode? {
        guard let node = configurationsNode, let name = name ?? node.text("default") else { return nil }
        return node.child(Array(name.prefix { $0 != UInt8(ascii: "#") }))
    }

    private func component(_ node: FITNode) -> FITComponent {
        FITComponent(node: node, externalDataOffset: externalDataOffset, vocabulary: vocabulary)
    }
}
