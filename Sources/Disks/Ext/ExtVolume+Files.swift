/// A name in a directory.
public struct ExtEntry: Equatable {
    /// What it is for.
    public enum Kind: Sendable {
        case directory
        case link
        case file
        case other
    }

    /// The name.
    public var name: [UInt8]
    /// What it is.
    public var kind: Kind
    /// The length in bytes.
    public var byteCount: Int
}

/// Finding and reading files.
extension ExtVolume {
    /// A file that was found.
    public struct File: Equatable {
        /// What it is.
        public var kind: ExtEntry.Kind
        /// The length in bytes.
        public var byteCount: Int
        let inode: ExtInode
    }

    private struct Child {
        var name: [UInt8]
        var kind: ExtEntry.Kind
        /// The number of its inode, which may be one that cannot be read.
        var number: Int
    }

    private static let linkLimit = 8
    private static let pathLimit = 4096
    /// The most bytes of a directory that are looked at, so that a damaged one ends.
    private static let directoryLimit = 64 << 20
    /// A link that is shorter than this lies in its inode.
    private static let shortLinkLimit = 60

    /// What a path leads to, links followed; nil if there is no such thing.
    ///
    /// - Parameters:
    ///   - path: names between slashes.
    ///   - report: gets the name that is looked for where a directory has an entry of no length, at which U-Boot gives up.
    /// - Returns: what has that name; nil if nothing has.
    public func find(_ path: [UInt8], report: ([UInt8]) -> Void = { _ in }) -> File? {
        guard let root = inode(Self.rootNumber) else { return nil }
        var budget = Self.linkLimit
        return walk(path, from: root, root: root, &budget, report).map {
            File(kind: $0.kind, byteCount: $0.inode.byteCount, inode: $0.inode)
        }
    }

    private func walk(
        _ path: [UInt8], from start: ExtInode, root: ExtInode, _ linkBudget: inout Int, _ report: ([UInt8]) -> Void
    ) -> (inode: ExtInode, kind: ExtEntry.Kind)? {
        var here = (inode: start, kind: ExtEntry.Kind.directory)
        for name in path.split(separator: UInt8(ascii: "/")) {
            guard here.kind == .directory else { return nil }
            var found: Child?
            let isWhole = search(here.inode) { child in
                guard child.name.elementsEqual(name) else { return true }
                found = child
                return false
            }
            if !isWhole { report(Array(name)) }
            guard let found, let inode = inode(found.number) else { return nil }
            guard found.kind == .link else {
                here = (inode, found.kind)
                continue
            }
            linkBudget -= 1
            guard linkBudget > 0, let target = target(of: inode) else { return nil }
            let base = target.first == UInt8(ascii: "/") ? root : here.inode
            guard let next = walk(target, from: base, root: root, &linkBudget, report) else { return nil }
            here = next
        }
        return here
    }

    private func target(of inode: ExtInode) -> [UInt8]? {
        let count = inode.byteCount
        let bytes: [UInt8]?
        if count < Self.shortLinkLimit {
            bytes = Array(inode.map.prefix(count))
        } else {
            bytes = count <= Self.pathLimit ? read(inode, 0, count) : nil
        }
        return bytes.map { Array($0.prefix { $0 != 0 }) }
    }

    /// The names in a directory in their order on the disk, up to the first one whose inode cannot be read.
    ///
    /// `report` is called where one has no length, at which U-Boot gives up.
    public func entries(of file: File, report: () -> Void = {}) -> [ExtEntry] {
        var entries: [ExtEntry] = []
        let isWhole = search(file.inode) { child in
            guard let inode = inode(child.number) else { return false }
            entries.append(ExtEntry(name: child.name, kind: child.kind, byteCount: inode.byteCount))
            return true
        }
        if !isWhole { report() }
        return entries
    }

    /// Where the bytes of a file lie from a position on; nil where U-Boot cannot read them.
    ///
    /// - Parameters:
    ///   - file: the file.
    ///   - position: the first byte; there must be one.
    ///   - limit: the most bytes; 0 for all.
    /// - Returns: the runs.
    public func runs(of file: File, from position: Int, limit: Int) -> [FileRun]? {
        runs(of: file.inode, from: position, limit: limit == 0 ? max(1, file.byteCount) : limit)
    }

    /// Gives the entries to `body` until that is false; false where one has no length.
    private func search(_ directory: ExtInode, _ body: (Child) -> Bool) -> Bool {
        var position = 0
        let end = min(directory.byteCount, Self.directoryLimit)
        let headSize = 8
        while position < end {
            guard let head = read(directory, position, headSize), head.count == headSize else { return true }
            let length = head.littleInt(at: 4, 2)
            guard length > 0 else { return false }
            let nameLength = Int(head[6])
            if nameLength > 0 {
                guard let name = read(directory, position + headSize, nameLength), name.count == nameLength else {
                    return true
                }
                let number = head.littleInt(at: 0, 4)
                guard let kind = Self.kind(head[7]) ?? inode(number)?.kind else { return true }
                guard body(Child(name: Array(name.prefix { $0 != 0 }), kind: kind, number: number)) else { return true }
            }
            position += length
        }
        return true
    }

    private static func kind(_ type: UInt8) -> ExtEntry.Kind? {
        switch type {
        case 0: nil
        case 1: .file
        case 2: .directory
        case 7: .link
        default: .other
        }
    }

    private func read(_ inode: ExtInode, _ position: Int, _ count: Int) -> [UInt8]? {
        guard let runs = runs(of: inode, from: position, limit: count) else { return nil }
        var bytes: [UInt8] = []
        for run in runs {
            guard let place = run.diskOffset else {
                bytes += [UInt8](repeating: 0, count: run.byteCount)
                continue
            }
            guard let part = slice.disk.read(place, run.byteCount) else { return nil }
            bytes += part
        }
        return bytes
    }
}
