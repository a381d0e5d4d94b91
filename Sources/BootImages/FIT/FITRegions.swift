internal import DeviceTree

/// The parts of a FIT that the signature of a configuration covers (Flattened Image Tree specification, 2022 §7).
public enum FITRegions {
    /// What stops the search.
    public enum Failure: Error, Sendable, Equatable {
        /// The structure is damaged, or nested deeper than 31 nodes.
        case damaged
        /// A path is longer than 199 bytes.
        case pathTooLong
    }

    private static let depthLimit = 32
    private static let pathLimit = 200
    private static let slash = UInt8(ascii: "/")

    /// How much of a node belongs to the covered parts.
    private enum Wanted {
        case nothing, tags, everything
    }

    /// The ranges, in bytes from the start of the tree, for the nodes at some paths.
    ///
    /// A listed node counts with its properties but the excluded ones; of a node directly in it only the tags count,
    /// and what leads there counts not at all.
    public static func find(
        in bytes: RawSpan, nodes: [[UInt8]], excluding properties: Set<[UInt8]>
    ) throws(Failure) -> [Range<Int>] {
        guard var tags = FITTags(bytes) else { throw .damaged }
        let base = Int(tags.header.offDtStruct)
        var ranges: [Range<Int>] = []
        var start: Int?
        var path: [[UInt8]] = []
        var outer: [Wanted] = []
        var wanted = Wanted.nothing
        while true {
            let offset = tags.offset
            guard let tag = tags.next(bytes) else { throw .damaged }
            var includes = wanted == .everything
            var stop = offset
            switch tag {
            case .property(let name, _):
                if properties.contains(name) { includes = false }
            case .nop: break
            case .beginNode(let name):
                guard outer.count < depthLimit else { throw .damaged }
                if !outer.isEmpty { path.append(name) }
                guard path.reduce(path.count + 1, { $0 + $1.count }) < pathLimit else { throw .pathTooLong }
                outer.append(wanted)
                let isListed = nodes.contains([slash] + path.joined(separator: [slash]))
                wanted = isListed ? .everything : wanted == .everything ? .tags : .nothing
                includes = wanted != .nothing
            case .endNode:
                guard let before = outer.popLast() else { throw .damaged }
                includes = wanted != .nothing
                stop = tags.offset
                wanted = before
                if !path.isEmpty { path.removeLast() }
            case .end:
                includes = true
                stop = tags.offset
            }
            if includes, start == nil {
                if let last = ranges.last, last.upperBound == base + offset {
                    start = last.lowerBound - base
                    ranges.removeLast()
                } else {
                    start = offset
                }
            }
            if !includes, let first = start {
                ranges.append((base + first)..<(base + stop))
                start = nil
            }
            if case .end = tag { break }
        }
        guard tags.offset == Int(tags.header.sizeDtStruct) else { throw .damaged }
        if let start { ranges.append((base + start)..<(base + tags.offset)) }
        return ranges
    }
}
