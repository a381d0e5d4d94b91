/// A file or folder in a FAT directory.
public struct FATEntry: Equatable {
    /// The name as U-Boot shows it: the long one where there is one.
    public var name: [UInt8]
    /// The name of eight and three characters.
    public var shortName: [UInt8]
    /// Whether it is a folder.
    public var isDirectory: Bool
    /// The length in bytes as the directory says.
    public var byteCount: Int
    /// The first cluster; 0 where there is none.
    var firstCluster: Int
    /// Where its slots lie in the slice: pieces of the long name first, the short one last.
    var slotOffsets: [Int]
}

/// Reads a directory slot by slot.
struct FATDirectoryReader: IteratorProtocol {
    private let volume: FATVolume
    /// The cluster that is read; nil for the root directory of FAT12 and FAT16.
    private var cluster: Int?
    private var offset: Int
    private var end: Int
    /// Clusters that may still be visited, so that a chain without an end ends.
    private var budget: Int
    private var isAtEnd = false
    /// Whether the directory's chain runs in a circle, in which U-Boot does not come back.
    private(set) var isEndless = false

    /// Reads the directory that begins at a cluster, or the root for nil.
    init(_ volume: FATVolume, cluster first: Int?) {
        self.volume = volume
        budget = min(volume.tableByteCount, volume.slice.disk.byteCount / volume.clusterByteCount + 2)
        let start = first ?? (volume.width == .bits32 ? volume.rootCluster : nil)
        cluster = start
        if let start {
            offset = volume.offset(ofCluster: start)
            end = offset + volume.clusterByteCount
        } else {
            offset = volume.rootOffset
            end = offset + volume.rootByteCount
        }
    }

    /// The next slot, whatever it is, and where it lies; nil behind the last one.
    private mutating func nextSlot() -> (slot: FATSlot, offset: Int)? {
        guard !isAtEnd else { return nil }
        if offset >= end, !advance() {
            isAtEnd = true
            return nil
        }
        guard let bytes = volume.slice.read(offset, FATSlot.byteCount), bytes[0] != 0 else {
            isAtEnd = true
            return nil
        }
        defer { offset += FATSlot.byteCount }
        return (FATSlot(bytes: bytes), offset)
    }

    /// The place of the next slot, also where it was never used; nil where the directory has no more room.
    mutating func nextPlace() -> Int? {
        guard offset < end || advance() else { return nil }
        defer { offset += FATSlot.byteCount }
        return offset
    }

    /// The cluster that was read last; nil in the root directory of FAT12 and FAT16.
    var lastCluster: Int? { cluster }

    private mutating func advance() -> Bool {
        guard let current = cluster, let next = volume.next(after: current), volume.isCluster(next) else {
            return false
        }
        budget -= 1
        guard budget > 0 else {
            isEndless = true
            return false
        }
        cluster = next
        offset = volume.offset(ofCluster: next)
        end = offset + volume.clusterByteCount
        return true
    }

    /// The next file or folder.
    mutating func next() -> FATEntry? {
        while let (slot, offset) = nextSlot() {
            guard slot.mark != FATSlot.deletedMark else { continue }
            if slot.attributes & FATSlot.isVolume == 0 { return entry(slot, [], [offset]) }
            guard slot.isPieceOfName, slot.mark & FATSlot.isLastPiece != 0 else { continue }
            if let entry = longNamed(first: slot, at: offset) { return entry }
        }
        return nil
    }

    /// What the pieces of a long name belong to; nil where it is not what the pieces say.
    private mutating func longNamed(first: FATSlot, at offset: Int) -> FATEntry? {
        var name: [UInt8] = []
        var offsets: [Int] = []
        var piece = (slot: first, offset: offset)
        var left = Int(first.mark & ~FATSlot.isLastPiece)
        while left > 0 {
            name = piece.slot.pieceCharacters + name
            offsets.append(piece.offset)
            left -= 1
            guard let next = nextSlot() else { return nil }
            piece = next
        }
        guard piece.slot.mark != FATSlot.deletedMark,
            FATSlot.checksum(piece.slot.shortName) == first.pieceChecksum,
            piece.slot.attributes & FATSlot.isVolume == 0
        else { return nil }
        return entry(piece.slot, Array(name.prefix { $0 != 0 }), offsets + [piece.offset])
    }

    private func entry(_ slot: FATSlot, _ longName: [UInt8], _ offsets: [Int]) -> FATEntry {
        FATEntry(
            name: longName.isEmpty ? slot.displayName : longName, shortName: slot.displayName,
            isDirectory: slot.attributes & FATSlot.isDirectory != 0, byteCount: slot.byteSize,
            firstCluster: slot.firstCluster(volume.width), slotOffsets: offsets)
    }
}
