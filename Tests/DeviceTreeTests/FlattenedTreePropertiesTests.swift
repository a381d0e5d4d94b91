import DeviceTree
import Testing

struct FlattenedTreePropertiesTests {
    @Test func rangesCountFromTheStartOfTheTree() throws {
        let blob = try SampleTree.blob()
        let (found, all) = try read(blob) { tree throws(FDTError) in
            let found = try FlattenedTree.property(bytes("compatible"), ofNode: 0, in: tree)
            return (found, try FlattenedTree.properties(ofNode: 0, in: tree))
        }
        #expect(blob[found] == bytes("acme,board\0acme,soc\0")[...])
        #expect(all.map(\.name) == ["#address-cells", "#size-cells", "compatible"].map(bytes))
        #expect(all.map { Array(blob[$0.value]) } == SampleTree.document.root.properties.map(\.value))
    }

    @Test func emptyValuesAreFoundAndNodesMayHaveNone() throws {
        try read(SampleTree.blob()) { tree throws(FDTError) in
            let soc = try FlattenedTree.offset(ofPath: bytes("/soc"), in: tree)
            #expect(try FlattenedTree.property(bytes("ranges"), ofNode: soc, in: tree).isEmpty)
            let chosen = try FlattenedTree.offset(ofPath: bytes("/chosen"), in: tree)
            #expect(try FlattenedTree.properties(ofNode: chosen, in: tree).isEmpty)
        }
    }

    @Test(arguments: [("none", 0, FDTError.notFound), ("compatible", 4, .badOffset), ("compatible", -1, .badOffset)])
    func missingPropertiesAreErrors(name: String, node: Int, expected: FDTError) throws {
        let blob = try SampleTree.blob()
        #expect(throws: expected) {
            try read(blob) { tree throws(FDTError) in
                try FlattenedTree.property(bytes(name), ofNode: node, in: tree)
            }
        }
    }

    @Test func tagsFollowEachOther() throws {
        let document = DeviceTreeDocument(
            root: DeviceTreeNode("", [DeviceTreeProperty("a", bytes: [1])], children: [DeviceTreeNode("b")]))
        try read(document.blob()) { tree throws(FDTError) in
            var (tags, at) = ([FlattenedTree.Tag](), 0)
            while tags.last != .end {
                let found = try FlattenedTree.nextTag(at: at, in: tree)
                if found.tag == .property {
                    let property = try FlattenedTree.property(at: at, in: tree)
                    #expect(property.name == bytes("a"))
                    #expect(property.value.count == 1)
                }
                tags.append(found.tag)
                at = found.next
            }
            #expect(tags == [.beginNode, .property, .beginNode, .endNode, .endNode, .end])
            #expect(at == Int(try FDTHeader(tree).sizeDtStruct))
        }
    }

    @Test(arguments: [(-4, FDTError.truncated), (4096, .truncated), (4, .badStructure)])
    func offsetsWithoutATagAreErrors(offset: Int, expected: FDTError) throws {
        let blob = try SampleTree.blob()
        #expect(throws: expected) {
            try read(blob) { tree throws(FDTError) in try FlattenedTree.nextTag(at: offset, in: tree) }
        }
    }
}
