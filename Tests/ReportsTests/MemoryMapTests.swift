import Testing

@testable import Reports
@testable import UBoot

struct MemoryMapTests {
    private static func record(_ loads: [(name: ByteString, start: Address, size: UInt64)]) -> BootRecord {
        let bank = PhysicalMemory.BankDescription(kind: .ram, range: AddressRange(start: 0x1000, size: 0xf000))
        return BootRecord(
            board: "test", version: "2023.01", input: "x", ending: .prompt, commandCount: 0, commands: [],
            loads: loads.map { load in
                LoadRecord(
                    command: 0, place: nil, source: "tftp", file: load.name, path: nil,
                    range: AddressRange(start: load.start, size: load.size), kind: "data", imageSize: nil)
            },
            failedLoads: [], treeEdits: [], sources: [], events: [], refusedBoots: [], kernelMoves: [], fitEvents: [],
            requiredKeys: [], handOff: nil,
            treeBytes: nil, treeAddress: nil, environment: [:], banks: [bank],
            reserved: [AddressRange(start: 0xf000, size: 0x1000)], presets: [], writers: [], extents: [],
            outsideAccesses: [], console: "", waited: 0)
    }

    @Test func rowsAreSortedWithGapsBetweenThem() {
        let map = MemoryMap(Self.record([("b", 0x4000, 0x1000), ("a", 0x2000, 0x800)]))
        #expect(map.rows.map(\.kind) == [.bank, .gap, .content, .gap, .content, .gap, .reserved])
        #expect(map.rows.map(\.label) == ["RAM", "free", "a", "free", "b", "free", "U-Boot itself"])
        #expect(map.rows.map(\.range.size) == [0xf000, 0x1000, 0x800, 0x1800, 0x1000, 0xa000, 0x1000])
    }

    @Test func overlapsAreNamed() {
        let map = MemoryMap(Self.record([("a", 0x2000, 0x1800), ("b", 0x3000, 0x1000)]))
        #expect(map.rows.first { $0.label == "b" }?.overlaps == ["a"])
        #expect(map.lines(TextStyle(usesColor: false)).contains { $0.contains("!! overlaps a") })
    }

    @Test func controlCharactersOfNamesDoNotReachTheTerminal() {
        let map = MemoryMap(Self.record([("a\u{1b}[2J", 0x2000, 1)]))
        #expect(map.rows.contains { $0.label == "a\\x1b[2J" })
    }
}
