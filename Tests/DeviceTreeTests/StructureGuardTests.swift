import DeviceTree
import Testing

struct StructureGuardTests {
    private static let value: [UInt32] = [3, 0xffff_fff4, 0]

    @Test(arguments: [UInt32(0xffff_fff0), 0xffff_fff4, 0xffff_fff5, 0xffff_ffff, 0x8000_0000, 0x7fff_ffff], [16, 17])
    func lengthsThatOverflowEndNoLoop(length: UInt32, version: UInt32) throws {
        for var blob in [try SampleTree.blob(), try SampleTree.structureLast()] {
            var header = try SampleTree.header(of: blob)
            header.version = version
            blob = try edited(blob) { [header] tree throws(FDTError) in try header.store(in: &tree) }
            let place = Int(header.offDtStruct) + 12
            blob.replaceSubrange(place..<place + 4, with: DeviceTreeProperty("", cells: [length]).value)
            let error = #expect(throws: FDTError.self) {
                try read(blob) { bytes throws(FDTError) in
                    try FlattenedTree.offset(ofPath: Array("/soc".utf8), in: bytes)
                }
            }
            #expect([.badStructure, .notFound].contains(error))
        }
    }

    @Test func valueThatLooksLikeSuchATagIsFine() throws {
        var document = SampleTree.document
        document.root.properties.append(DeviceTreeProperty("odd", cells: Self.value))
        #expect(try DeviceTreeDocument(blob: document.blob()) == document)
        try read(document.blob()) { bytes throws(FDTError) in
            let soc = try FlattenedTree.offset(ofPath: Array("/soc".utf8), in: bytes)
            #expect(try FlattenedTree.name(ofNode: soc, in: bytes) == Array("soc".utf8))
        }
    }

    @Test func offsetInsideSuchAValueIsRefused() throws {
        let inside: [UInt32] = [1, 0] + Self.value
        let document = DeviceTreeDocument(root: DeviceTreeNode("", [DeviceTreeProperty("odd", cells: inside)]))
        let blob = try document.blob()
        try read(blob) { bytes throws(FDTError) in
            let property = try FlattenedTree.properties(ofNode: 0, in: bytes)[0]
            #expect(property.value.lowerBound - Int(try FDTHeader(bytes).offDtStruct) == 20)
        }
        #expect(throws: FDTError.badOffset) {
            try read(blob) { bytes throws(FDTError) in
                try FlattenedTree.subnode(named: [0x61], of: 20, in: bytes)
            }
        }
    }
}
