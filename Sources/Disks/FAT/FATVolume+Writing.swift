/// Changing files and folders; what is written stays with the disk in memory.
extension FATVolume {
    /// Why something is not written.
    public enum WriteProblem: Error, Equatable {
        /// A character of the name cannot be in one.
        case illegalName
        /// The file system has no room for so many bytes.
        case noSpace(byteCount: Int)
        /// The directory has no room, or the kind of thing does not fit.
        case refused
        /// A folder still has this many entries, the two for itself and its parent included.
        case notEmpty(count: Int)
        /// The root cannot be removed.
        case root
        /// There is no such file.
        case missing
        /// The thing is there already.
        case exists
    }

    /// Writes a file of a folder from a position on, which ends behind the bytes.
    public func write(_ bytes: [UInt8], to name: [UInt8], in folder: Node, at position: Int) throws(WriteProblem) {
        let name = try Self.checkedName(name)
        let old = child(name, of: folder)
        guard old.map({ !$0.isDirectory }) ?? true else { throw .refused }
        var kept: [UInt8] = []
        if case .entry(let entry)? = old {
            guard position <= entry.byteCount else { throw .refused }
            kept = runs(of: entry, from: 0, limit: max(1, position)).runs.flatMap { run in
                run.diskOffset.flatMap { slice.disk.read($0, run.byteCount) } ?? []
            }
            kept = Array(kept.prefix(position))
        } else {
            guard position == 0 else { throw .refused }
        }
        let content = kept + bytes
        var released: [Int] = []
        if case .entry(let entry)? = old { released = chain(from: entry.firstCluster) }
        let needed = (content.count + clusterByteCount - 1) / clusterByteCount
        guard let clusters = allocate(needed, besides: released) else { throw .noSpace(byteCount: bytes.count) }
        for cluster in released { link(cluster, to: 0) }
        store(content, in: clusters)
        var slot: Int?
        if case .entry(let entry)? = old { slot = entry.slotOffsets.last }
        if slot == nil { slot = newSlots(for: name, in: folder, attributes: FATSlot.isArchive) }
        guard let slot else {
            for cluster in clusters { link(cluster, to: 0) }
            throw .refused
        }
        finish(slot, cluster: clusters.first ?? 0, byteCount: content.count)
    }

    /// Makes a folder in a folder.
    public func makeFolder(_ name: [UInt8], in folder: Node) throws(WriteProblem) {
        let name = try Self.checkedName(name)
        switch child(name, of: folder) {
        case nil: break
        case .entry: throw .exists
        case .root: throw .exists
        }
        guard let cluster = allocate(1, besides: [])?.first else { throw .noSpace(byteCount: clusterByteCount) }
        var content = [UInt8](repeating: 0, count: clusterByteCount)
        let parent = directoryCluster(folder) ?? 0
        for (index, name, target) in [(0, ".", cluster), (1, "..", parent)] {
            var short = [UInt8](repeating: 0x20, count: 11)
            short.replaceSubrange(0..<name.utf8.count, with: Array(name.utf8))
            let bytes = Self.slot(short, FATSlot.isDirectory, cluster: target, byteCount: 0)
            content.replaceSubrange((index * FATSlot.byteCount)..<((index + 1) * FATSlot.byteCount), with: bytes)
        }
        store(content, in: [cluster])
        guard let slot = newSlots(for: name, in: folder, attributes: FATSlot.isDirectory) else {
            link(cluster, to: 0)
            throw .refused
        }
        finish(slot, cluster: cluster, byteCount: 0)
    }

    /// Removes a file or an empty folder.
    public func remove(_ name: [UInt8], in folder: Node) throws(WriteProblem) {
        guard !name.isEmpty else { throw .root }
        guard case .entry(let entry)? = child(name, of: folder) else { throw .missing }
        if entry.isDirectory {
            let count = entries(of: .entry(entry)).count
            guard count <= 2 else { throw .notEmpty(count: count) }
        }
        for cluster in chain(from: entry.firstCluster) { link(cluster, to: 0) }
        for offset in entry.slotOffsets { _ = slice.write([FATSlot.deletedMark], at: offset) }
    }

    /// A name without blanks and dots that do not count.
    private static func checkedName(_ name: [UInt8]) throws(WriteProblem) -> [UInt8] {
        let dots = name.allSatisfy { $0 == UInt8(ascii: ".") }
        if dots, name.count == 1 || name.count == 2 { throw .illegalName }
        let forbidden = Set("\"*:<>?|\u{7f}".utf8)
        guard !name.contains(where: { $0 < 0x20 || forbidden.contains($0) }) else { throw .illegalName }
        var checked = name[...]
        while checked.first == 0x20 { checked.removeFirst() }
        while let last = checked.last, last == 0x20 || last == UInt8(ascii: ".") { checked.removeLast() }
        guard !checked.isEmpty, checked.count <= 255 else { throw .refused }
        return Array(checked)
    }

    // MARK: Clusters

    /// The clusters of a chain, as far as it is sound.
    private func chain(from first: Int) -> [Int] {
        var clusters: [Int] = []
        var seen: Set<Int> = []
        var cluster = first
        while isCluster(cluster), seen.insert(cluster).inserted {
            clusters.append(cluster)
            guard let next = next(after: cluster) else { break }
            cluster = next
        }
        return clusters
    }

    /// The number behind the last cluster of the volume.
    private var clusterEnd: Int {
        let inData = max(0, min(totalByteCount, slice.disk.byteCount - slice.start) - dataOffset) / clusterByteCount
        return min(inData + 2, tableByteCount * 8 / width.rawValue, width.endMark)
    }

    /// Free clusters, those of a file that is replaced among them; nil if there are too few.
    private func allocate(_ count: Int, besides released: [Int]) -> [Int]? {
        var found = Array(released.prefix(count))
        var cluster = 2
        while found.count < count, cluster < clusterEnd {
            if next(after: cluster) == 0 { found.append(cluster) }
            cluster += 1
        }
        return found.count == count ? found : nil
    }

    /// Sets an entry in all copies of the allocation table.
    private func link(_ cluster: Int, to value: Int) {
        for copy in 0..<tableCount {
            let table = tableOffset + copy * tableByteCount
            switch width {
            case .bits12:
                let place = table + cluster + cluster / 2
                guard let old = slice.number(at: place, byteCount: 2) else { return }
                let pair =
                    cluster % 2 == 0 ? Int(old & 0xf000) | value & 0xfff : Int(old & 0xf) | (value & 0xfff) << 4
                write(number: pair, at: place, 2)
            case .bits16: write(number: value, at: table + cluster * 2, 2)
            case .bits32: write(number: value, at: table + cluster * 4, 4)
            }
        }
    }

    private func write(number: Int, at offset: Int, _ count: Int) {
        var bytes = [UInt8](repeating: 0, count: count)
        bytes.store(number, at: 0, count)
        _ = slice.write(bytes, at: offset)
    }

    private func store(_ content: [UInt8], in clusters: [Int]) {
        for (index, cluster) in clusters.enumerated() {
            let start = index * clusterByteCount
            let end = min(start + clusterByteCount, content.count)
            _ = slice.write(Array(content[start..<end]), at: offset(ofCluster: cluster))
            link(cluster, to: index + 1 < clusters.count ? clusters[index + 1] : 0xfff_ffff)
        }
    }

    // MARK: Directories

    private static func slot(_ shortName: [UInt8], _ attributes: UInt8, cluster: Int, byteCount: Int) -> [UInt8] {
        var bytes = shortName + [UInt8](repeating: 0, count: FATSlot.byteCount - shortName.count)
        bytes[11] = attributes
        bytes.store(cluster, at: 26, 2)
        bytes.store(cluster >> 16, at: 20, 2)
        bytes.store(byteCount, at: 28, 4)
        return bytes
    }

    /// Sets what a slot says about its file.
    private func finish(_ offset: Int, cluster: Int, byteCount: Int) {
        guard var bytes = slice.read(offset, FATSlot.byteCount) else { return }
        bytes.store(cluster, at: 26, 2)
        if width == .bits32 { bytes.store(cluster >> 16, at: 20, 2) }
        bytes.store(byteCount, at: 28, 4)
        _ = slice.write(bytes, at: offset)
    }

    /// Makes slots for a name, a long one for every name, and gives the place of the short one; nil without room.
    private func newSlots(for name: [UInt8], in folder: Node, attributes: UInt8) -> Int? {
        let pieces = (name.count + FATSlot.charactersPerPiece - 1) / FATSlot.charactersPerPiece
        guard let offsets = freeSlots(pieces + 1, in: folder) else { return nil }
        let short = shortName(for: name, in: folder)
        let checksum = FATSlot.checksum(short)
        for piece in 0..<pieces {
            let number = pieces - piece
            let characters = Array(name.dropFirst((number - 1) * FATSlot.charactersPerPiece).prefix(13))
            _ = slice.write(
                Self.piece(characters, number, isLast: piece == 0, checksum), at: offsets[piece])
        }
        guard let place = offsets.last else { return nil }
        _ = slice.write(Self.slot(short, attributes, cluster: 0, byteCount: 0), at: place)
        return place
    }

    private static func piece(_ characters: [UInt8], _ number: Int, isLast: Bool, _ checksum: UInt8) -> [UInt8] {
        var bytes = [UInt8](repeating: 0xff, count: FATSlot.byteCount)
        bytes[0] = UInt8(truncatingIfNeeded: number) | (isLast ? FATSlot.isLastPiece : 0)
        bytes[11] = FATSlot.isLongName
        bytes[12] = 0
        bytes[13] = checksum
        bytes.store(0, at: 26, 2)
        for (index, place) in FATSlot.piecePlaces.enumerated() where index <= characters.count {
            bytes[place] = index < characters.count ? characters[index] : 0
            bytes[place + 1] = 0
        }
        return bytes
    }

    /// Places for slots side by side: deleted ones, else behind the last one, for which a folder may grow.
    private func freeSlots(_ count: Int, in folder: Node) -> [Int]? {
        var reader = FATDirectoryReader(self, cluster: directoryCluster(folder))
        var run: [Int] = []
        while let offset = reader.nextPlace() {
            guard let mark = slice.number(at: offset, byteCount: 1) else { return nil }
            if mark == 0 {
                return endSlots(count, from: offset, &reader)
            }
            if mark == UInt64(FATSlot.deletedMark) { run.append(offset) } else { run = [] }
            if run.count == count { return run }
        }
        return endSlots(count, from: nil, &reader)
    }

    private func endSlots(_ count: Int, from first: Int?, _ reader: inout FATDirectoryReader) -> [Int]? {
        var places: [Int] = first.map { [$0] } ?? []
        while places.count < count {
            if let offset = reader.nextPlace() {
                places.append(offset)
            } else {
                guard let last = reader.lastCluster, let new = allocate(1, besides: [])?.first else { return nil }
                store([UInt8](repeating: 0, count: clusterByteCount), in: [new])
                link(last, to: new)
            }
        }
        // What stood behind the last slot once comes back, as on the board.
        return places
    }

    /// A name of eight and three characters that no other file of the folder has.
    private func shortName(for name: [UInt8], in folder: Node) -> [UInt8] {
        let dot = name.lastIndex(of: UInt8(ascii: ".")).flatMap { $0 > 0 ? $0 : nil }
        let base = Self.shortCharacters(name[..<(dot ?? name.count)])
        let suffix = Array(Self.shortCharacters(name[(dot.map { $0 + 1 } ?? name.count)...]).prefix(3))
        let taken = Set(entries(of: folder).map(\.shortName))
        let isShort = base.count <= 8 && name.count - (dot ?? name.count) <= 4 && !base.isEmpty
        var candidate = base
        var number = 1
        while !isShort || number > 1 || taken.contains(Self.display(candidate, suffix)) {
            let tail = Array("~\(number)".utf8)
            candidate = Array(base.prefix(8 - tail.count)) + tail
            number += 1
            if !taken.contains(Self.display(candidate, suffix)) || number > 999_999 { break }
        }
        return Self.padded(candidate, 8) + Self.padded(suffix, 3)
    }

    private static func display(_ base: [UInt8], _ suffix: [UInt8]) -> [UInt8] {
        suffix.isEmpty ? base : base + [UInt8(ascii: ".")] + suffix
    }

    private static func padded(_ bytes: [UInt8], _ count: Int) -> [UInt8] {
        Array(bytes.prefix(count)) + [UInt8](repeating: 0x20, count: max(0, count - bytes.count))
    }

    private static func shortCharacters(_ name: ArraySlice<UInt8>) -> [UInt8] {
        let replaced = Set("+,;=[]".utf8)
        return name.filter { $0 != 0x20 && $0 != UInt8(ascii: ".") }.map { byte in
            if replaced.contains(byte) || byte >= 0x80 { return UInt8(ascii: "_") }
            return byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") ? byte - 32 : byte
        }
    }
}
