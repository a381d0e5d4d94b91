import Testing

@testable import UBoot

struct ProvenanceMapTests {
    /// Ranges as text, such as `10-20:0`.
    private func show(_ map: ProvenanceMap) -> String {
        map.extents.map { "\($0.range.start.value)-\($0.range.end.value):\($0.writer)" }.joined(separator: " ")
    }

    @Test(
        arguments: [
            ([(0, 10, 0)], "0-10:0"), ([(0, 10, 0), (10, 10, 0)], "0-20:0"), ([(10, 10, 0), (0, 10, 0)], "0-20:0"),
            ([(0, 10, 0), (10, 10, 1)], "0-10:0 10-20:1"), ([(0, 30, 0), (10, 10, 1)], "0-10:0 10-20:1 20-30:0"),
            ([(0, 30, 0), (10, 10, 1), (10, 10, 0)], "0-30:0"),
            ([(0, 10, 0), (20, 10, 0), (5, 20, 1)], "0-5:0 5-25:1 25-30:0"),
            ([(0, 10, 0), (20, 10, 1), (0, 40, 2)], "0-40:2"), ([(10, 10, 0), (5, 10, 1)], "5-15:1 15-20:0"),
            ([(0, 10, 0), (5, 0, 1)], "0-10:0"), ([(0, 10, 0), (3, 2, 0)], "0-10:0"),
        ] as [([(UInt64, UInt64, Int)], String)])
    func theLastWriterOwnsAByte(_ writes: [(UInt64, UInt64, Int)], _ shown: String) {
        var map = ProvenanceMap()
        for (start, size, writer) in writes { map.record(AddressRange(start: Address(start), size: size), by: writer) }
        #expect(show(map) == shown)
    }

    @Test func writersAreNumberedOnce() {
        var map = ProvenanceMap()
        let writer = Provenance(source: .command("mw"), place: nil)
        #expect(map.identify(writer) == 0)
        #expect(map.identify(Provenance(source: .file("a"), place: nil)) == 1)
        #expect(map.identify(writer) == 0)
    }

    @Test func aRangeIsCutOut() {
        var map = ProvenanceMap()
        map.record(AddressRange(start: 0, size: 10), by: 0)
        map.record(AddressRange(start: 20, size: 10), by: 1)
        let cut = map.extents(in: AddressRange(start: 5, size: 20))
        #expect(cut.map(\.range) == [AddressRange(start: 5, size: 5), AddressRange(start: 20, size: 5)])
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func randomWritesAgreeWithAPlainArray(_ seed: UInt64) {
        var random = SeededBytes(seed: seed)
        var map = ProvenanceMap()
        var plain = [Int?](repeating: nil, count: 256)
        for _ in 0..<500 {
            let start = Int.random(in: 0..<256, using: &random)
            let size = Int.random(in: 0...(256 - start), using: &random) / 4
            let writer = Int.random(in: 0..<4, using: &random)
            map.record(AddressRange(start: Address(UInt64(start)), size: UInt64(size)), by: writer)
            for index in start..<(start + size) { plain[index] = writer }
        }
        var found = [Int?](repeating: nil, count: 256)
        for extent in map.extents {
            for address in extent.range.start.value..<extent.range.end.value { found[Int(address)] = extent.writer }
        }
        #expect(found == plain)
        for (left, right) in zip(map.extents, map.extents.dropFirst()) {
            #expect(left.range.end < right.range.start || left.writer != right.writer)
        }
    }
}
