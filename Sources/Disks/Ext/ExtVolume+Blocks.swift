/// Where the blocks of a file are.
extension ExtVolume {
    /// A run of a file's blocks.
    private enum Location {
        /// They lie side by side from this block on.
        case blocks(first: Int, count: Int)
        /// They were never written.
        case hole(count: Int)
    }

    private static let extentMagic: UInt64 = 0xf30a
    private static let deepestTree = 8

    /// Where the bytes of a file lie from a position on, at most to its end; nil where the map is damaged.
    func runs(of inode: ExtInode, from position: Int, limit: Int) -> [FileRun]? {
        guard position >= 0, limit > 0, position < inode.byteCount else { return nil }
        var left = min(limit, inode.byteCount - position)
        var runs: [FileRun] = []
        var block = position / blockSize
        var skip = position % blockSize
        while left > 0 {
            guard let location = location(of: block, in: inode) else { return nil }
            switch location {
            case .hole(let count):
                let bytes = Self.bytes(count, blockSize, skip, left)
                runs.extend(nil, bytes)
                left -= bytes
                block &+= count
            case .blocks(let first, let count):
                let bytes = Self.bytes(count, blockSize, skip, left)
                guard let place = place(ofBlock: first, offset: skip, count: bytes) else { return nil }
                guard slice.disk.contains(slice.start + place, bytes) else {
                    slice.disk.failedReadCount += 1
                    return nil
                }
                runs.extend(slice.start + place, bytes)
                left -= bytes
                block &+= count
            }
            skip = 0
        }
        return runs
    }

    private static func bytes(_ count: Int, _ blockSize: Int, _ skip: Int, _ left: Int) -> Int {
        // A hole may have more blocks than can be counted in bytes.
        count > (left + skip) / blockSize ? left : min(count * blockSize - skip, left)
    }

    private func location(of block: Int, in inode: ExtInode) -> Location? {
        inode.hasExtents ? extent(of: block, inode.map) : mapped(block, inode.map)
    }

    // MARK: Extents

    private func extent(of block: Int, _ root: [UInt8]) -> Location? {
        var node = root
        // Where the tree's next part begins, as far as the nodes above tell.
        var upper = Int.max
        for _ in 0...Self.deepestTree {
            guard node.little(at: 0, 2) == Self.extentMagic else {
                slice.disk.badExtentCount += 1
                return nil
            }
            let capacity = node.count / 12 - 1
            let count = min(node.littleInt(at: 2, 2), capacity)
            let depth = node.littleInt(at: 6, 2)
            var found: Int?
            var low = 1
            // The entries are in the order of their first blocks; the last one that begins at or before this one counts.
            while low <= count, node.littleInt(at: low * 12, 4) <= block {
                found = low * 12
                low += 1
            }
            if low <= count { upper = min(upper, node.littleInt(at: low * 12, 4)) }
            if depth == 0 { return leaf(node, found, block, next: upper) }
            guard let found else { return nil }
            let child = node.littleInt(at: found + 4, 4) | node.littleInt(at: found + 8, 2) << 32
            guard let bytes = read(block: child, from: 0, count: blockSize) else { return nil }
            node = bytes
        }
        return nil
    }

    private func leaf(_ node: [UInt8], _ found: Int?, _ block: Int, next: Int) -> Location {
        let gap = max(1, next - block)
        guard let found else { return .hole(count: gap) }
        let offset = block - node.littleInt(at: found, 4)
        // Blocks that are only reserved count like written ones, because U-Boot does not know their mark.
        let length = node.littleInt(at: found + 4, 2)
        guard offset < length else { return .hole(count: gap) }
        let start = node.littleInt(at: found + 8, 4) | node.littleInt(at: found + 6, 2) << 32
        return .blocks(first: start + offset, count: max(1, min(length - offset, next - block)))
    }

    // MARK: Block maps

    private func mapped(_ block: Int, _ map: [UInt8]) -> Location? {
        let perBlock = blockSize / 4
        if block < 12 { return direct(map, block, limit: 12) }
        var rest = block - 12
        var span = 1
        for level in 1...3 {
            span *= perBlock
            guard rest >= span else {
                return indirect(map.littleInt(at: (11 + level) * 4, 4), level: level, rest, perBlock)
            }
            rest -= span
        }
        return nil
    }

    private func indirect(_ first: Int, level: Int, _ index: Int, _ perBlock: Int) -> Location? {
        var table = first
        var rest = index
        for depth in (1..<level).reversed() {
            var span = 1
            for _ in 0..<depth { span *= perBlock }
            guard let next = read(block: table, from: rest / span * 4, count: 4) else { return nil }
            table = next.littleInt(at: 0, 4)
            rest %= span
        }
        guard let bytes = read(block: table, from: 0, count: blockSize) else { return nil }
        return direct(bytes, rest, limit: perBlock)
    }

    /// The run that begins at an index of a table of block numbers.
    private func direct(_ table: [UInt8], _ index: Int, limit: Int) -> Location {
        let first = table.littleInt(at: index * 4, 4)
        var count = 1
        while index + count < limit,
            table.littleInt(at: (index + count) * 4, 4) == (first == 0 ? 0 : first + count)
        {
            count += 1
        }
        return first == 0 ? .hole(count: count) : .blocks(first: first, count: count)
    }
}
