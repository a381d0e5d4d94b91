import DeviceTree
import Testing

struct FlattenedTreeEditingTests {
    private func changed(
        _ padding: Int = 512, _ body: (inout MutableRawSpan) throws(FDTError) -> Void
    ) throws -> DeviceTreeDocument {
        try DeviceTreeDocument(blob: edited(SampleTree.blob(padding: padding), body))
    }

    @Test func newPropertiesComeFirstAndOldOnesStay() throws {
        let document = try changed { tree throws(FDTError) in
            try FlattenedTree.setProperty(bytes("one"), ofNode: 0, to: [1], in: &tree)
            try FlattenedTree.setProperty(bytes("two"), ofNode: 0, to: [], in: &tree)
            let longer = bytes("longer than before it was\0")
            try FlattenedTree.setProperty(bytes("compatible"), ofNode: 0, to: longer, in: &tree)
        }
        let names = ["two", "one", "#address-cells", "#size-cells", "compatible"]
        #expect(document.root.properties.map { String(decoding: $0.name, as: UTF8.self) } == names)
        #expect(document.root.property("compatible")?.string == "longer than before it was")
        #expect(document.root.property("two")?.value == [])
        #expect(document.root.children == SampleTree.document.root.children)
    }

    @Test func newNodesComeFirst() throws {
        let document = try changed { tree throws(FDTError) in
            let node = try FlattenedTree.addSubnode(named: bytes("new@1"), to: 0, in: &tree)
            try FlattenedTree.setProperty(bytes("reg"), ofNode: node, to: [0, 0, 0, 1], in: &tree)
        }
        let new = DeviceTreeNode("new@1", [DeviceTreeProperty("reg", cells: [1])])
        #expect(document.root.children == [new] + SampleTree.document.root.children)
    }

    @Test func deletedThingsAreGone() throws {
        let document = try changed { tree throws(FDTError) in
            try FlattenedTree.deleteProperty(bytes("#size-cells"), ofNode: 0, in: &tree)
            try FlattenedTree.deleteNode(FlattenedTree.offset(ofPath: bytes("/soc"), in: tree.bytes), in: &tree)
        }
        var expected = SampleTree.document
        expected.root.properties.remove(at: 1)
        expected.root.children.removeLast()
        #expect(document == expected)
    }

    @Test func namesEndAtANul() throws {
        let document = try changed { tree throws(FDTError) in
            let node = try FlattenedTree.addSubnode(named: bytes("ab\0cd"), to: 0, in: &tree)
            try FlattenedTree.setProperty(bytes("p\0q"), ofNode: node, to: [], in: &tree)
        }
        #expect(document.root.children.first == DeviceTreeNode("ab", [DeviceTreeProperty("p")]))
    }

    @Test func errorsAreThoseOfLibfdt() throws {
        #expect(throws: FDTError.exists) {
            try changed { tree throws(FDTError) in
                _ = try FlattenedTree.addSubnode(named: bytes("soc"), to: 0, in: &tree)
            }
        }
        #expect(throws: FDTError.badOffset) {
            try changed { tree throws(FDTError) in
                _ = try FlattenedTree.addSubnode(named: bytes("x"), to: 4, in: &tree)
            }
        }
        #expect(throws: FDTError.notFound) {
            try changed { tree throws(FDTError) in try FlattenedTree.deleteProperty(bytes("x"), ofNode: 0, in: &tree) }
        }
        #expect(throws: FDTError.badOffset) {
            try changed { tree throws(FDTError) in try FlattenedTree.deleteNode(-4, in: &tree) }
        }
    }

    @Test func fullTreesTakeNothingAndStayWhole() throws {
        var blob = try SampleTree.document.blob()
        for name in ["compatible", "new"] {
            #expect(throws: FDTError.noSpace) {
                try edited(blob) { tree throws(FDTError) in
                    let value = bytes("a very much longer value")
                    try FlattenedTree.setProperty(bytes(name), ofNode: 0, to: value, in: &tree)
                }
            }
        }
        #expect(throws: FDTError.noSpace) {
            try FlattenedTree.withMutableBytes(of: &blob) { tree throws(FDTError) in
                try FlattenedTree.addSubnode(named: bytes("x"), to: 0, in: &tree)
            }
        }
        #expect(try DeviceTreeDocument(blob: blob) == SampleTree.document)
    }

    @Test func bytesAreThoseOfFdtput() throws {
        let ours = try edited(SampleTree.document.blob(padding: 512)) { tree throws(FDTError) in
            _ = try FlattenedTree.addSubnode(named: bytes("node"), to: 0, in: &tree)
            let node = try FlattenedTree.offset(ofPath: bytes("/node"), in: tree.bytes)
            try FlattenedTree.setProperty(bytes("text"), ofNode: node, to: bytes("value\0"), in: &tree)
            try FlattenedTree.pack(in: &tree)
        }
        let script = """
            file=$(mktemp); cat > $file; fdtput -c $file /node; fdtput -t s $file /node text value; cat $file; rm $file
            """
        let size = Int(try SampleTree.header(of: ours).totalSize)
        #expect(try Array(ours[..<size]) == output(of: "sh", ["-c", script], input: SampleTree.document.blob()))
    }
}
