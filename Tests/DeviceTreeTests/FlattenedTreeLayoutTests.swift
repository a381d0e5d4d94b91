import DeviceTree
import Testing

struct FlattenedTreeLayoutTests {
    @Test func headerWordsAreWrittenAsTheyAre() throws {
        let blob = try edited(SampleTree.blob()) { tree throws(FDTError) in
            try FlattenedTree.setBootCPU(0xdead_beef, in: &tree)
            try FlattenedTree.setTotalSize(0x10_0000, in: &tree)
        }
        let header = try SampleTree.header(of: blob)
        #expect(header.bootCpuidPhys == 0xdead_beef)
        #expect(header.totalSize == 0x10_0000)
        #expect(throws: FDTError.truncated) { try DeviceTreeDocument(blob: blob) }
    }

    @Test func openGrowsAndPackShrinks() throws {
        let tight = try SampleTree.document.blob()
        let room = tight + [UInt8](repeating: 0x55, count: 100)
        let opened = try edited(room) { tree throws(FDTError) in
            try FlattenedTree.openInPlace(size: tight.count + 64, in: &tree)
        }
        #expect(try SampleTree.header(of: opened).totalSize == tight.count + 64)
        #expect(opened.suffix(100) == room.suffix(100))
        let packed = try edited(opened) { tree throws(FDTError) in try FlattenedTree.pack(in: &tree) }
        #expect(packed == room)
    }

    @Test(arguments: [-1, 0, 40, 1 << 20, 1 << 33])
    func sizesThatFitNeitherTreeNorSpanAreNoSpace(size: Int) throws {
        let blob = try SampleTree.blob()
        #expect(throws: FDTError.noSpace) {
            try edited(blob) { tree throws(FDTError) in try FlattenedTree.openInPlace(size: size, in: &tree) }
        }
        #expect(throws: FDTError.noSpace) {
            try edited(blob) { tree throws(FDTError) in try FlattenedTree.open(blob, into: &tree, size: size) }
        }
    }

    @Test func openIntoCopiesToOtherMemory() throws {
        let target = [UInt8](repeating: 0, count: 2048)
        let blob = try SampleTree.blob()
        let opened = try edited(target) { tree throws(FDTError) in
            try FlattenedTree.open(blob, into: &tree, size: 1500)
        }
        #expect(try SampleTree.header(of: opened).totalSize == 1500)
        #expect(try DeviceTreeDocument(blob: opened) == SampleTree.document)
    }

    @Test func blocksOutOfOrderArePutInOrder() throws {
        let blob = try SampleTree.structureLast()
        #expect(throws: FDTError.badLayout) {
            try edited(blob) { tree throws(FDTError) in try FlattenedTree.pack(in: &tree) }
        }
        #expect(throws: FDTError.noSpace) {
            try edited(blob) { tree throws(FDTError) in try FlattenedTree.openInPlace(size: blob.count, in: &tree) }
        }
        let opened = try edited(blob + blob) { tree throws(FDTError) in
            try FlattenedTree.openInPlace(size: 2 * blob.count, in: &tree)
        }
        let header = try SampleTree.header(of: opened)
        #expect(header.offDtStruct < header.offDtStrings)
        #expect(try DeviceTreeDocument(blob: opened) == SampleTree.document)
    }

    @Test func reservationsThatRunIntoTheTreeAreNotPacked() throws {
        let document = DeviceTreeDocument(root: DeviceTreeNode("", [DeviceTreeProperty("x", cells: [1, 2, 3, 4])]))
        var blob = try document.blob()
        blob.replaceSubrange(40..<56, with: [UInt8](repeating: 1, count: 16))
        let error = #expect(throws: FDTError.self) {
            try edited(blob) { tree throws(FDTError) in try FlattenedTree.pack(in: &tree) }
        }
        #expect([.badLayout, .truncated].contains(error))
    }
}
