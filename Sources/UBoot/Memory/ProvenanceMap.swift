/// Where the content of a piece of memory came from.
public struct Provenance: Sendable, Hashable, Codable {
    /// The number of a provenance in its map.
    public typealias ID = Int

    /// What brought the bytes.
    public enum Source: Sendable, Hashable {
        /// They were there before the first command.
        case board(String)
        /// A file that a command loaded.
        case file(ByteString)
        /// A command that computes or copies.
        case command(ByteString)
    }

    /// What brought the bytes.
    public var source: Source
    /// The line of the script that did it; nil for what was there before.
    public var place: ScriptPlace?

    /// Makes a provenance.
    public init(source: Source, place: ScriptPlace?) {
        self.source = source
        self.place = place
    }
}

extension Provenance.Source: Codable {
    /// Reads an object with `kind` and `detail`.
    public init(from decoder: any Decoder) throws {
        let value = try TaggedValue(from: decoder)
        guard let detail = value.detail, let bytes = ByteString(latin1: detail) else { throw value.mismatch(decoder) }
        switch value.kind {
        case "board": self = .board(detail)
        case "file": self = .file(bytes)
        case "command": self = .command(bytes)
        default: throw value.mismatch(decoder)
        }
    }

    /// Writes an object with `kind` and `detail`.
    public func encode(to encoder: any Encoder) throws {
        let value =
            switch self {
            case .board(let name): TaggedValue("board", detail: name)
            case .file(let name): TaggedValue("file", detail: name.latin1)
            case .command(let name): TaggedValue("command", detail: name.latin1)
            }
        try value.encode(to: encoder)
    }
}

/// Who wrote every byte last, as ranges that do not overlap.
public struct ProvenanceMap: Sendable {
    /// A run of bytes that one writer put there.
    public struct Extent: Sendable, Equatable {
        /// Where the bytes are.
        public var range: AddressRange
        /// Who wrote them.
        public var writer: Provenance.ID
    }

    /// The writers; their numbers are indices.
    public private(set) var writers: [Provenance] = []
    /// The written ranges in the order of their addresses.
    public private(set) var extents: [Extent] = []
    private var numbers: [Provenance: Provenance.ID] = [:]

    /// The number of a writer; the same one for an equal writer.
    public mutating func identify(_ writer: Provenance) -> Provenance.ID {
        if let number = numbers[writer] { return number }
        writers.append(writer)
        numbers[writer] = writers.count - 1
        return writers.count - 1
    }

    /// Notes that `writer` now owns a range; earlier owners keep what lies outside of it.
    public mutating func record(_ range: AddressRange, by writer: Provenance.ID) {
        guard range.size > 0 else { return }
        let first = firstIndex(endingBehind: range.start)
        var last = first
        var kept: [Extent] = []
        while last < extents.count, extents[last].range.start < range.end {
            let old = extents[last]
            if old.range.start < range.start {
                kept.append(Extent(range: old.range.upTo(range.start), writer: old.writer))
            }
            if old.range.end > range.end {
                kept.append(Extent(range: old.range.from(range.end), writer: old.writer))
            }
            last += 1
        }
        let position = kept.firstIndex { $0.range.start > range.start } ?? kept.count
        kept.insert(Extent(range: range, writer: writer), at: position)
        extents.replaceSubrange(first..<last, with: kept)
        merge(around: first + position)
    }

    /// The runs that share a byte with `range`, cut to it.
    public func extents(in range: AddressRange) -> [Extent] {
        var found: [Extent] = []
        var index = firstIndex(endingBehind: range.start)
        while index < extents.count, let common = extents[index].range.intersection(range) {
            found.append(Extent(range: common, writer: extents[index].writer))
            index += 1
        }
        return found
    }

    private func firstIndex(endingBehind address: Address) -> Int {
        var low = 0
        var high = extents.count
        while low < high {
            let middle = (low + high) / 2
            if extents[middle].range.end <= address { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private mutating func merge(around index: Int) {
        for right in [index + 1, index] where right > 0 && right < extents.count {
            let left = right - 1
            guard extents[left].writer == extents[right].writer,
                extents[left].range.end == extents[right].range.start
            else { continue }
            extents[left].range.size += extents[right].range.size
            extents.remove(at: right)
        }
    }
}

extension AddressRange {
    fileprivate func upTo(_ end: Address) -> AddressRange { AddressRange(start: start, size: end - start) }
    fileprivate func from(_ first: Address) -> AddressRange { AddressRange(start: first, size: end - first) }
}
