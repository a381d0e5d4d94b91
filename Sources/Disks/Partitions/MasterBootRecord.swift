/// The partition table of DOS: four entries in the first block, and a chain of blocks behind each extended one.
public enum MasterBootRecord {
    /// What a first block is.
    public enum Kind: Sendable {
        /// A partition table.
        case table
        /// The first block of a FAT file system without a table around it.
        case fileSystem
    }

    /// An entry of the table as a listing shows it.
    public struct Entry: Sendable, Equatable {
        /// The number that U-Boot gives it.
        public var number: Int
        /// The first block.
        public var start: UInt64
        /// The number of blocks.
        public var blockCount: UInt64
        /// The system's number, such as 0x83 for Linux.
        public var type: UInt8
        /// Whether its indicator says that the firmware starts it.
        public var isBootable: Bool
        /// Whether it holds further entries.
        public var isExtended: Bool { extendedTypes.contains(type) }
    }

    /// What went wrong while a chain was followed.
    public enum Problem: Sendable, Equatable {
        /// A block of the chain does not lie on the disk.
        case unreadable(block: UInt64)
        /// A block of the chain does not end in 55 aa.
        case badSignature(UInt8, UInt8)
        /// The chain is longer than U-Boot follows it.
        case tooDeep
    }

    /// One line of a listing.
    public enum ListingItem: Sendable, Equatable {
        case entry(Entry)
        case problem(Problem)
    }

    static let extendedTypes: Set<UInt8> = [0x05, 0x0f, 0x85]
    private static let depthLimit = 256
    /// The highest number that U-Boot gives before it takes a chain for endless.
    private static let numberLimit = 256
    private static let firstLogicalNumber = 5

    /// What U-Boot takes a first block for; nil for neither.
    static func kind(of block: [UInt8]) -> Kind? {
        guard isSigned(block) else { return nil }
        let entries = slots(block)
        let isWellFormed = entries.allSatisfy { $0.indicator & 0x7f == 0 }
        if !isWellFormed || entries.allSatisfy({ $0.type == 0 }) {
            let hasFAT = block[54..<57].elementsEqual(Array("FAT".utf8))
            if hasFAT || block[82..<87].elementsEqual(Array("FAT32".utf8)) { return .fileSystem }
        }
        return isWellFormed ? .table : nil
    }

    /// The four bytes behind the boot code that make partitions unique.
    public static func signature(of disk: Disk) -> UInt32 {
        UInt32(truncatingIfNeeded: disk.number(at: 440, byteCount: 4) ?? 0)
    }

    /// Finds a partition by its number.
    ///
    /// Only the first extended entry of a block is followed. `report` gets what U-Boot prints a message for.
    public static func entry(_ number: Int, on disk: Disk, report: (Problem) -> Void) -> Entry? {
        var block: UInt64 = 0
        var base: UInt64 = 0
        var next = 1
        for depth in 0...depthLimit {
            guard depth < depthLimit, next <= numberLimit else {
                report(.tooDeep)
                return nil
            }
            guard let bytes = table(at: block, on: disk, report: report) else { return nil }
            var follow: UInt64?
            for slot in slots(bytes) {
                let isNested = slot.isExtended && block != 0
                if slot.indicator & 0x7f == 0, slot.type != 0, next == number, !isNested {
                    return slot.entry(next, behind: block)
                }
                if block == 0 || (slot.type != 0 && !slot.isExtended) { next += 1 }
                if slot.isExtended, follow == nil { follow = UInt64(slot.start) + base }
            }
            guard let follow else {
                // A FAT file system's first block stands for the whole disk, whatever number is asked for.
                guard kind(of: bytes) == .fileSystem else { return nil }
                return Entry(
                    number: number, start: 0, blockCount: UInt64(disk.blockCount), type: 0, isBootable: false)
            }
            if block == 0 {
                base = follow
                next = firstLogicalNumber
            }
            block = follow
        }
        return nil
    }

    /// All entries in the order in which U-Boot lists them; unlike a search it follows every extended entry.
    public static func listing(of disk: Disk) -> [ListingItem] {
        var items: [ListingItem] = []
        list(block: 0, base: 0, first: 1, depth: 0, disk, &items)
        return items
    }

    /// The most lines of a listing; only a table that loops has more.
    private static let listingLimit = 4096

    private static func list(
        block: UInt64, base: UInt64, first: Int, depth: Int, _ disk: Disk, _ items: inout [ListingItem]
    ) {
        guard depth < depthLimit, first <= numberLimit else {
            items.append(.problem(.tooDeep))
            return
        }
        guard items.count < listingLimit,
            let bytes = table(at: block, on: disk, report: { items.append(.problem($0)) })
        else { return }
        guard kind(of: bytes) == .table else {
            items.append(.problem(.badSignature(bytes[510], bytes[511])))
            return
        }
        var number = first
        let found = slots(bytes)
        for slot in found {
            if slot.type != 0, block == 0 || !slot.isExtended {
                items.append(.entry(slot.entry(number, behind: block)))
            }
            if block == 0 || (slot.type != 0 && !slot.isExtended) { number += 1 }
        }
        for slot in found where slot.isExtended {
            let next = UInt64(slot.start) + base
            list(
                block: next, base: block == 0 ? next : base, first: number, depth: depth + 1, disk, &items)
        }
    }

    private static func table(at block: UInt64, on disk: Disk, report: (Problem) -> Void) -> [UInt8]? {
        guard block < UInt64(disk.blockCount), let bytes = disk.read(Int(block) * Disk.blockSize, Disk.blockSize) else {
            report(.unreadable(block: block))
            return nil
        }
        guard isSigned(bytes) else {
            report(.badSignature(bytes[510], bytes[511]))
            return nil
        }
        return bytes
    }

    private static func isSigned(_ block: [UInt8]) -> Bool { block[510] == 0x55 && block[511] == 0xaa }

    /// One of the four entries as its bytes say.
    struct Slot {
        var indicator: UInt8
        var type: UInt8
        var start: UInt32
        var blockCount: UInt32

        var isExtended: Bool { extendedTypes.contains(type) }

        func entry(_ number: Int, behind block: UInt64) -> Entry {
            Entry(
                number: number, start: UInt64(start) + block, blockCount: UInt64(blockCount), type: type,
                isBootable: indicator == 0x80)
        }
    }

    static func slots(_ block: [UInt8]) -> [Slot] {
        (0..<4).map { index in
            let place = 446 + 16 * index
            return Slot(
                indicator: block[place], type: block[place + 4],
                start: UInt32(truncatingIfNeeded: block.little(at: place + 8, 4)),
                blockCount: UInt32(truncatingIfNeeded: block.little(at: place + 12, 4)))
        }
    }
}
