/// Finding and reading files.
extension FATVolume {
    /// What a path leads to.
    public enum Node: Equatable {
        /// The root directory.
        case root
        /// A file or folder.
        case entry(FATEntry)

        /// Whether it is a folder.
        public var isDirectory: Bool {
            switch self {
            case .root: true
            case .entry(let entry): entry.isDirectory
            }
        }
    }

    /// What a path leads to; nil if there is no such thing.
    ///
    /// Case does not matter, nor do slashes at the start.
    public func find(_ path: [UInt8]) -> Node? {
        let names = path.split(whereSeparator: Self.isSeparator).map { Array($0) }
        var node = Node.root
        for name in names {
            guard node.isDirectory, let next = child(name, of: node) else { return nil }
            node = next
        }
        if let last = path.last, Self.isSeparator(last), !node.isDirectory { return nil }
        return node
    }

    /// Whether a character stands between the names of a path.
    public static func isSeparator(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "/") || byte == UInt8(ascii: "\\") }

    /// The entries of a folder in the order of the directory; empty for a file.
    public func entries(of node: Node) -> [FATEntry] {
        guard node.isDirectory else { return [] }
        var reader = FATDirectoryReader(self, cluster: directoryCluster(node))
        var entries: [FATEntry] = []
        while let entry = reader.next() { entries.append(entry) }
        return entries
    }

    func child(_ name: [UInt8], of node: Node) -> Node? {
        if node == .root, name.count <= 2, name.allSatisfy({ $0 == UInt8(ascii: ".") }) { return .root }
        let wanted = name.map(FATSlot.lower)
        var reader = FATDirectoryReader(self, cluster: directoryCluster(node))
        while let entry = reader.next() {
            guard entry.name.map(FATSlot.lower) == wanted || entry.shortName.map(FATSlot.lower) == wanted else {
                continue
            }
            return entry.isDirectory && entry.firstCluster == 0 ? .root : .entry(entry)
        }
        return nil
    }

    /// The first cluster of a folder; nil for the root.
    func directoryCluster(_ node: Node) -> Int? {
        guard case .entry(let entry) = node, entry.firstCluster != 0 else { return nil }
        return entry.firstCluster
    }

    /// Where the bytes of a file lie from a position on.
    ///
    /// - Parameters:
    ///   - entry: the file.
    ///   - position: the first byte; at or behind the end nothing is left.
    ///   - limit: the most bytes; 0 for all.
    /// - Returns: the runs, and whether the chain of clusters held out until the last byte.
    public func runs(of entry: FATEntry, from position: Int, limit: Int) -> (runs: [FileRun], isComplete: Bool) {
        guard position >= 0, limit >= 0, position < entry.byteCount else { return ([], true) }
        var left = entry.byteCount - position
        if limit > 0 { left = min(left, limit) }
        var runs: [FileRun] = []
        var cluster = entry.firstCluster
        var skip = position
        while left > 0 {
            guard isCluster(cluster) else { return (runs, false) }
            if skip < clusterByteCount {
                let count = min(clusterByteCount - skip, left)
                let place = slice.start + offset(ofCluster: cluster) + skip
                guard slice.disk.contains(place, count) else { return (runs, false) }
                runs.extend(place, count)
                left -= count
                skip = 0
            } else {
                skip -= clusterByteCount
            }
            guard left > 0 else { break }
            guard let next = next(after: cluster) else { return (runs, false) }
            cluster = next
        }
        return (runs, true)
    }
}
