import DeviceTree
import Testing

struct FlattenedTreeReservationsTests {
    private static let first = MemoryReservation(address: 0x4000_0000, size: 0x1000)
    private static let second = MemoryReservation(address: 0x1_0000_0000, size: 1)

    @Test func entriesAreAppendedAndDeleted() throws {
        var blob = try SampleTree.blob(padding: 16)
        blob = try edited(blob) { tree throws(FDTError) in
            try FlattenedTree.addReservation(address: 0x1_0000_0000, size: 1, in: &tree)
        }
        #expect(try DeviceTreeDocument(blob: blob).reservations == [Self.first, Self.second])
        blob = try edited(blob) { tree throws(FDTError) in try FlattenedTree.deleteReservation(at: 0, in: &tree) }
        #expect(try DeviceTreeDocument(blob: blob).reservations == [Self.second])
        #expect(try DeviceTreeDocument(blob: blob).root == SampleTree.document.root)
    }

    @Test func entryThatEndsTheBlockCanBeRead() throws {
        try read(SampleTree.blob()) { tree throws(FDTError) in
            #expect(try FlattenedTree.reservationCount(in: tree) == 1)
            #expect(try FlattenedTree.reservation(at: 0, in: tree) == Self.first)
            #expect(try FlattenedTree.reservation(at: 1, in: tree) == MemoryReservation(address: 0, size: 0))
        }
    }

    @Test(arguments: [-1, 1000, 1 << 28, 1 << 40])
    func entriesOutsideTheTreeAreBadOffsets(index: Int) throws {
        let blob = try SampleTree.blob()
        #expect(throws: FDTError.badOffset) {
            try read(blob) { tree throws(FDTError) in try FlattenedTree.reservation(at: index, in: tree) }
        }
    }

    @Test(arguments: [-1, 1, 1 << 40])
    func onlyEntriesThatExistAreDeleted(index: Int) throws {
        let blob = try SampleTree.blob()
        #expect(throws: FDTError.notFound) {
            try edited(blob) { tree throws(FDTError) in try FlattenedTree.deleteReservation(at: index, in: &tree) }
        }
    }

    @Test func fullTreeTakesNoEntry() throws {
        let blob = try SampleTree.document.blob(padding: 15)
        #expect(throws: FDTError.noSpace) {
            try edited(blob) { tree throws(FDTError) in
                try FlattenedTree.addReservation(address: 1, size: 1, in: &tree)
            }
        }
    }
}
