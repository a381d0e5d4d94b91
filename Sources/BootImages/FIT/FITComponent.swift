/// One image of a FIT.
public struct FITComponent: Sendable, Equatable {
    /// Its node.
    public let node: FITNode
    let externalDataOffset: Int
    let vocabulary: ImageVocabulary

    /// Its name.
    public var name: [UInt8] { node.name }

    /// What it holds; 255 if that is not said or not known.
    public var type: LegacyImageType {
        LegacyImageType(rawValue: number("type", LegacyImageType.shortNames, LegacyImageType.laterShortNames))
    }

    /// The operating system it is for; 255 if that is not said or not known.
    public var os: LegacyImageOS {
        LegacyImageOS(rawValue: number("os", LegacyImageOS.shortNames, LegacyImageOS.laterShortNames))
    }

    /// The processor it is for; 255 if that is not said or not known.
    public var architecture: LegacyImageArchitecture {
        LegacyImageArchitecture(rawValue: number("arch", LegacyImageArchitecture.shortNames))
    }

    /// How the data is compressed; not at all if that is not said, 255 if it is not known.
    public var compression: LegacyImageCompression {
        guard node.property("compression") != nil else { return .none }
        return LegacyImageCompression(rawValue: number("compression", LegacyImageCompression.shortNames))
    }

    /// An address that a property has in cells.
    public enum Number: Sendable, Equatable {
        case value(UInt64)
        /// More than 64 bits.
        case tooLong
        case missing
    }

    /// The number that the words of `load` or `entry` make.
    public func address(_ property: String) -> Number {
        guard let value = node.property(property)?.value else { return .missing }
        var number: UInt64 = 0
        for cell in 0..<(value.count / 4) {
            number = value[(4 * cell)..<(4 * cell + 4)].reduce(number) { $0 << 8 | UInt64($1) }
        }
        if value.count > 8, number >> 32 != 0 { return .tooLong }
        return .value(number)
    }

    /// Where the data is, in bytes from the start of the FIT; nil if the node does not say it.
    ///
    /// What a property says about data outside of the tree is not checked against what is there.
    public var data: (offset: Int, byteCount: Int)? {
        guard let offset = externalOffset else {
            return node.property("data").map { ($0.range.lowerBound, $0.range.count) }
        }
        guard let size = node.property("data-size")?.firstWord else { return nil }
        return (offset, Int(Int32(bitPattern: size)))
    }

    private var externalOffset: Int? {
        if let position = node.property("data-position")?.firstWord { return Int(Int32(bitPattern: position)) }
        guard let offset = node.property("data-offset")?.firstWord else { return nil }
        return Int(Int32(truncatingIfNeeded: Int(offset) + externalDataOffset))
    }

    /// The hash nodes in the order of the tree.
    public var hashes: [FITNode] { node.children.filter { $0.name.starts(with: "hash".utf8) } }

    private func number(_ property: String, _ names: [String: UInt8], _ later: [String: UInt8] = [:]) -> UInt8 {
        guard let text = node.text(property) else { return .max }
        let name = String(decoding: text, as: UTF8.self).lowercased()
        return names[name] ?? (vocabulary == .v2025 ? later[name] : nil) ?? .max
    }
}
