import DeviceTree
import Testing

struct DeviceTreeDocumentTests {
    @Test func subscriptTakesPathsFromTheRoot() {
        let document = SampleTree.document
        #expect(document["/"] == document.root)
        #expect(document["/soc/uart"]?.property("phandle")?.u32 == 7)
        #expect(document["soc"] == nil)
        #expect(document[""] == nil)
    }

    @Test func equivalenceIgnoresOrderOnly() {
        var other = SampleTree.document
        other.root.children.reverse()
        other.root.properties.reverse()
        #expect(other != SampleTree.document)
        #expect(other.isEquivalent(to: SampleTree.document))
        other.bootCPU += 1
        #expect(!other.isEquivalent(to: SampleTree.document))
    }

    private static func deep(_ levels: Int) -> DeviceTreeDocument {
        let chain = (0..<levels).reduce(DeviceTreeNode("last")) { node, _ in DeviceTreeNode("n", children: [node]) }
        return DeviceTreeDocument(root: DeviceTreeNode("", children: chain.children))
    }

    @Test func depthIsLimitedBothWays() throws {
        let deepest = Self.deep(DeviceTreeDocument.maximumDepth)
        #expect(try DeviceTreeDocument(blob: deepest.blob()) == deepest)
        #expect(throws: FDTError.badStructure) { try Self.deep(DeviceTreeDocument.maximumDepth + 1).blob() }
        var levels = ""
        for _ in 0...DeviceTreeDocument.maximumDepth { levels += "n {" }
        for _ in 0...DeviceTreeDocument.maximumDepth { levels += "};" }
        let blob = try output(of: "dtc", ["-q", "-O", "dtb"], input: bytes("/dts-v1/; / { \(levels) };"))
        #expect(throws: FDTError.badStructure) { try DeviceTreeDocument(blob: blob) }
    }

    @Test(
        arguments: [
            ([1, 0, 3, 0, 0, 1, 0, 2, 3, 0, 0, 2, 9], FDTError.badStructure),  // a property behind a child
            ([4, 1, 0, 4, 2, 4, 9], nil),  // nops between all
            ([9], .badStructure), ([1, 0, 9], .badStructure), ([1, 0, 2], .truncated), ([1, 0, 2, 2], .badStructure),
            ([1, 0, 2, 1, 0, 2, 9], .badStructure), ([1, 0, 5, 2, 9], .badStructure), ([1], .badStructure),
        ] as [([UInt32], FDTError?)])
    func tagsMustBeInPlace(structure: [UInt32], expected: FDTError?) throws {
        let header: [UInt32] = [
            0xd00d_feed, UInt32(57 + 4 * structure.count), 56, UInt32(56 + 4 * structure.count), 40,
            17, 16, 0, 1, UInt32(4 * structure.count), 0, 0, 0, 0,
        ]
        let blob = DeviceTreeProperty("", cells: header + structure).value + [0]
        if let expected {
            #expect(throws: expected) { try DeviceTreeDocument(blob: blob) }
        } else {
            #expect(try DeviceTreeDocument(blob: blob) == DeviceTreeDocument(root: DeviceTreeNode("")))
        }
    }
}
