import DeviceTree
import Testing

struct FlattenedTreePathsTests {
    @Test(arguments: [
        ("/", ""), ("//", ""), ("/soc", "soc"), ("/soc/", "soc"), ("/soc//uart@2000", "uart@2000"),
        ("/soc/uart", "uart@1000"), ("serial0", "uart@1000"), ("console", "uart@1000"), ("bus/uart@2000", "uart@2000"),
        ("bus/", "soc"), ("/soc\0/none", "soc"),
    ])
    func pathsLeadToNodes(path: String, name: String) throws {
        try read(SampleTree.blob()) { tree throws(FDTError) in
            let node = try FlattenedTree.offset(ofPath: bytes(path), in: tree)
            #expect(try FlattenedTree.name(ofNode: node, in: tree) == bytes(name))
        }
    }

    @Test(arguments: [
        ("", FDTError.badPath), ("soc", .badPath), ("/none", .notFound), ("bus/none", .notFound),
        ("/soc/uart@3", .notFound), ("round", .badPath), ("about/x", .badPath), ("open", .badPath),
    ])
    func pathsToNowhereAreErrors(path: String, expected: FDTError) throws {
        let blob = try SampleTree.blob()
        #expect(throws: expected) {
            try read(blob) { tree throws(FDTError) in try FlattenedTree.offset(ofPath: bytes(path), in: tree) }
        }
    }
}
