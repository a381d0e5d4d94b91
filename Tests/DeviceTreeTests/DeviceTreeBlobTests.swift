import DeviceTree
import Testing

struct DeviceTreeBlobTests {
    @Test func blobsReadBackAsTheyWere() throws {
        let blob = try SampleTree.document.blob()
        #expect(try DeviceTreeDocument(blob: blob) == SampleTree.document)
        let spanned = try read(blob) { tree throws(FDTError) in try DeviceTreeDocument(blob: tree) }
        #expect(spanned == SampleTree.document)
    }

    @Test func blobsAreThoseOfDtc() throws {
        let compiled = try output(
            of: "dtc", ["-q", "-b", "3", "-I", "dts", "-O", "dtb"], input: bytes(SampleTree.document.dts))
        #expect(try SampleTree.document.blob() == compiled)
    }

    @Test func paddingIsFreeSpaceOfZeros() throws {
        let (tight, padded) = (try SampleTree.document.blob(), try SampleTree.document.blob(padding: 10))
        #expect(padded.count == tight.count + 10)
        #expect(padded.suffix(10).allSatisfy { $0 == 0 })
        #expect(Int(try SampleTree.header(of: padded).totalSize) == padded.count)
    }

    @Test(arguments: [
        DeviceTreeDocument(root: DeviceTreeNode("", children: [DeviceTreeNode("a\0b")])),
        DeviceTreeDocument(root: DeviceTreeNode("", [DeviceTreeProperty("a\0b")])),
        DeviceTreeDocument(root: DeviceTreeNode(""), reservations: [MemoryReservation(address: 1, size: 0)]),
    ])
    func valuesThatCouldNotBeReadBackAreRefused(document: DeviceTreeDocument) {
        #expect(throws: FDTError.badValue) { try document.blob() }
    }

    @Test(arguments: [-1, Int(Int32.max), .max])
    func paddingMustFit(padding: Int) {
        #expect(throws: FDTError.noSpace) { try SampleTree.document.blob(padding: padding) }
    }
}
