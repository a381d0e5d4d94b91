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

    /// What U-Boot complains about while it follows a file's clusters.
    public enum ChainProblem: Sendable, Equatable {
        /// It asks for what comes behind a number that is no cluster.
        case badNumber(Int)
        /// The chain ends before the file does.
        case endsEarly
        /// A cluster does not lie on the disk.
        case unreadable
    }

    /// Where the bytes of a file lie, as far as its chain leads.
    public struct FileRuns: Sendable, Equatable {
        /// The runs.
        public var runs: [FileRun] = []
        /// What is wrong, in the order in which it is found.
        public var problems: [ChainProblem] = []
        /// Whether all bytes that were asked for are there.
        public var isComplete = true

        /// Runs without anything wrong.
        public init(runs: [FileRun] = []) { self.runs = runs }
    }

    /// Where the bytes of a file lie from a position on.
    ///
    /// - Parameters:
    ///   - entry: the file.
    ///   - position: the first byte; at or behind the end nothing is left.
    ///   - limit: the most bytes; 0 for all.
    /// - Returns: the runs and what is wrong with them.
    public func runs(of entry: FATEntry, from position: Int, limit: Int) -> FileRuns {
        var found = FileRuns()
        guard position >= 0, limit >= 0, position < entry.byteCount else { return found }
        var left = entry.byteCount - position
        if limit > 0 { left = min(left, limit) }
        var cluster = entry.firstCluster
        var skip = position
        while skip >= clusterByteCount {
            guard let next = step(from: cluster, &found) else { return found }
            cluster = next
            skip -= clusterByteCount
        }
        while left > 0 {
            let count = min(clusterByteCount - skip, left)
            let place = slice.start + offset(ofCluster: cluster) + skip
            let isLast = count == left
            // The next number is looked up before a cluster is read, to read neighbours at once.
            let next = isLast ? nil : lookUp(cluster, &found)
            guard slice.disk.contains(place, count) else {
                found.problems.append(.unreadable)
                found.isComplete = false
                return found
            }
            found.runs.extend(place, count)
            left -= count
            skip = 0
            guard let next else { break }
            if !isCluster(next) {
                if !isCluster(cluster) { _ = lookUp(cluster, &found) }
                found.problems.append(.endsEarly)
                found.isComplete = false
                return found
            }
            cluster = next
        }
        return found
    }

    /// What comes behind a number; 0 with a complaint if that is no cluster.
    private func lookUp(_ cluster: Int, _ found: inout FileRuns) -> Int {
        guard isCluster(cluster) else {
            found.problems.append(.badNumber(cluster))
            return 0
        }
        return next(after: cluster) ?? 0
    }

    private func step(from cluster: Int, _ found: inout FileRuns) -> Int? {
        let next = lookUp(cluster, &found)
        guard isCluster(next) else {
            found.problems.append(.endsEarly)
            found.isComplete = false
            return nil
        }
        return next
    }
}
