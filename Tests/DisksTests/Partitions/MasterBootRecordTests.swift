import Disks
import Foundation
import Testing

struct MasterBootRecordTests {
    private static let table = """
        truncate -s 128M d.img
        sfdisk -q d.img <<TABLE
        label: dos
        label-id: 0x12345678
        start=2048, size=32768, type=6, bootable
        start=34816, size=73728, type=c
        start=108544, size=32768, type=83
        start=141312, size=65536, type=5
        start=143360, size=8192, type=1
        start=153600, size=16384, type=83
        TABLE
        """

    @Test func primaryAndLogicalPartitionsAreNumberedAsUBootDoes() throws {
        let disk = try ScratchImages(Self.table).disk("d.img")
        #expect(PartitionTable(of: disk) == .dos)
        #expect(MasterBootRecord.signature(of: disk) == 0x1234_5678)
        let numbers = (1...8).map { number in
            MasterBootRecord.entry(number, on: disk) { problem in Issue.record("\(problem)") }
        }
        #expect(numbers.map { $0?.start } == [2048, 34816, 108_544, 141_312, 143_360, 153_600, nil, nil])
        #expect(numbers.map { $0?.isBootable } == [true, false, false, false, false, false, nil, nil])
        let listed = MasterBootRecord.listing(of: disk).compactMap(Self.entry).map(\.number)
        #expect(listed == [1, 2, 3, 4, 5, 6])
    }

    private static func entry(_ item: MasterBootRecord.ListingItem) -> MasterBootRecord.Entry? {
        guard case .entry(let entry) = item else { return nil }
        return entry
    }

    /// A block with four entries: indicator, type, start, count.
    private static func block(_ entries: [(UInt8, UInt8, UInt32, UInt32)]) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 512)
        for (index, entry) in entries.enumerated() {
            let place = 446 + 16 * index
            bytes[place] = entry.0
            bytes[place + 4] = entry.1
            for byte in 0..<4 {
                bytes[place + 8 + byte] = UInt8(truncatingIfNeeded: entry.2 >> (8 * UInt32(byte)))
                bytes[place + 12 + byte] = UInt8(truncatingIfNeeded: entry.3 >> (8 * UInt32(byte)))
            }
        }
        bytes[510] = 0x55
        bytes[511] = 0xaa
        return bytes
    }

    private static func disk(_ blocks: [Int: [UInt8]]) throws -> Disk {
        let disk = try ScratchImages("truncate -s 2M d.img").disk("d.img")
        for (number, bytes) in blocks { disk.write(bytes, at: number * 512) }
        return disk
    }

    @Test func aChainThatLoopsEndsAtTheDepthThatUBootAllows() throws {
        let disk = try Self.disk([
            0: Self.block([(0, 5, 100, 1000)]), 100: Self.block([(0, 0x83, 1, 10), (0, 5, 0, 100)]),
        ])
        var problems: [MasterBootRecord.Problem] = []
        #expect(MasterBootRecord.entry(2, on: disk) { problems.append($0) } == nil)
        #expect(problems == [.tooDeep])
        let items = MasterBootRecord.listing(of: disk)
        #expect(items.count == 254)
        #expect(items.last == .problem(.tooDeep))
    }

    @Test func aTableThatBranchesEndlesslyEnds() throws {
        let both = Self.block([(0, 5, 0, 1), (0, 5, 0, 1), (0, 5, 0, 1), (0, 5, 0, 1)])
        let disk = try Self.disk([0: Self.block([(0, 5, 100, 10)]), 100: both])
        #expect(MasterBootRecord.listing(of: disk).count < 10000)
    }

    @Test func onlyTheFirstExtendedEntryIsSearchedAndAllAreListed() throws {
        let disk = try Self.disk([
            0: Self.block([(0, 5, 100, 1000), (0x80, 0x83, 10, 20), (0, 0xf, 2000, 1000)]),
            100: Self.block([(0, 0x83, 1, 10), (0, 5, 50, 100)]), 150: Self.block([(0x80, 0x82, 2, 11)]),
            2000: Self.block([(0, 0x83, 3, 12)]),
        ])
        #expect(MasterBootRecord.entry(5, on: disk) { _ in }?.start == 101)
        #expect(MasterBootRecord.entry(6, on: disk) { _ in }?.isBootable == true)
        let starts = MasterBootRecord.listing(of: disk).compactMap(Self.entry).map(\.start)
        #expect(starts == [100, 10, 2000, 101, 152, 2003])
    }

    @Test func brokenChainsAreReported() throws {
        var unsigned = Self.block([])
        unsigned[510] = 0x11
        unsigned[511] = 0x22
        let bad = try Self.disk([0: Self.block([(0, 5, 100, 1000)]), 100: unsigned])
        #expect(MasterBootRecord.listing(of: bad).last == .problem(.badSignature(0x11, 0x22)))
        let beyond = try Self.disk([0: Self.block([(0, 5, 100_000, 1000)])])
        #expect(MasterBootRecord.listing(of: beyond).last == .problem(.unreadable(block: 100_000)))
    }

    @Test func whatIsNoTableIsNotTakenForOne() throws {
        #expect(PartitionTable(of: try Self.disk([:])) == nil)
        #expect(PartitionTable(of: try Self.disk([0: Self.block([(0x12, 0x83, 1, 1)])])) == nil)
        #expect(PartitionTable(of: try Self.disk([0: Self.block([])])) == .dos)
        #expect(PartitionTable(of: try Self.disk([0: Self.block([(0, 0x83, 1, 1), (0, 0xee, 1, 1)])])) == .efi)
        #expect(PartitionTable(of: try Self.disk([0: Self.block([(0, 0xee, 2, 1)])])) == .dos)
        let bare = try ScratchImages("truncate -s 4M d.img; mkfs.vfat d.img").disk("d.img")
        #expect(PartitionTable(of: bare) == nil)
    }
}
