import DeviceTree
import Testing

struct FlattenedTreeTests {
    private struct Damage: Sendable {
        var change: @Sendable (inout FDTHeader) -> Void
        var error: FDTError
    }

    private static let damages = [
        Damage(change: { $0.magic = 1 }, error: .badMagic),
        Damage(change: { $0.version = 1 }, error: .badVersion),
        Damage(change: { $0.lastCompVersion = 18 }, error: .badVersion),
        Damage(change: { $0.totalSize = 39 }, error: .truncated),
        Damage(change: { $0.totalSize = 0x8000_0000 }, error: .truncated),
        Damage(change: { $0.offMemRsvmap = 39 }, error: .truncated),
        Damage(change: { $0.sizeDtStruct = 0xffff_fff0 }, error: .truncated),
        Damage(change: { $0.offDtStrings = 0xffff_fff0 }, error: .truncated),
    ]

    @Test func headersAreCheckedAsLibfdtDoes() throws {
        for damage in Self.damages {
            var blob = try SampleTree.blob()
            var header = try SampleTree.header(of: blob)
            damage.change(&header)
            blob = try edited(blob) { [header] tree throws(FDTError) in try header.store(in: &tree) }
            #expect(throws: damage.error) {
                try read(blob) { bytes throws(FDTError) in try FlattenedTree.check(bytes) }
            }
            #expect(throws: damage.error) { try DeviceTreeDocument(blob: blob) }
        }
    }

    @Test func headerAloneIsEnoughToCheckIt() throws {
        let header = try Array(SampleTree.blob()[..<40])
        try read(header) { bytes throws(FDTError) in try FlattenedTree.check(bytes) }
        #expect(throws: FDTError.truncated) {
            try read(Array(header.dropLast())) { bytes throws(FDTError) in try FlattenedTree.check(bytes) }
        }
    }

    @Test func treeOffABoundaryOfEightIsRefused() throws {
        let shifted = try [0] + SampleTree.blob()
        #expect(throws: FDTError.alignment) {
            try read(shifted) { bytes throws(FDTError) in try FlattenedTree.check(bytes.extracting(droppingFirst: 1)) }
        }
        let unaligned = try read(shifted) { bytes throws(FDTError) in
            try DeviceTreeDocument(blob: bytes.extracting(droppingFirst: 1))
        }
        #expect(unaligned == SampleTree.document)
    }

    @Test func bytesBehindTheTreeStayAsTheyAre() throws {
        let tree = try SampleTree.blob(padding: 256)
        let longer = tree + [0xaa, 0xbb]
        let changed = try edited(longer) { tree throws(FDTError) in
            try FlattenedTree.setProperty(bytes("new"), ofNode: 0, to: [1, 2], in: &tree)
        }
        #expect(changed.suffix(2) == [0xaa, 0xbb])
        #expect(changed.count == longer.count)
    }

    @Test func offsetsPastThirtyTwoBitsAreBad() throws {
        let blob = try SampleTree.blob()
        #expect(throws: FDTError.badOffset) {
            try read(blob) { bytes throws(FDTError) in try FlattenedTree.name(ofNode: 1 << 32, in: bytes) }
        }
    }
}
