import DeviceTree
import Testing

struct FlattenedTreeNodesTests {
    @Test func subnodesAreFoundWithAndWithoutUnitAddress() throws {
        try read(SampleTree.blob()) { tree throws(FDTError) in
            let soc = try FlattenedTree.subnode(named: bytes("soc"), of: 0, in: tree)
            let first = try FlattenedTree.subnode(named: bytes("uart"), of: soc, in: tree)
            let second = try FlattenedTree.subnode(named: bytes("uart@2000"), of: soc, in: tree)
            #expect(try FlattenedTree.name(ofNode: first, in: tree) == bytes("uart@1000"))
            #expect(try FlattenedTree.name(ofNode: second, in: tree) == bytes("uart@2000"))
            #expect(try FlattenedTree.name(ofNode: 0, in: tree).isEmpty)
            #expect(try FlattenedTree.parent(of: second, in: tree) == soc)
            #expect(try FlattenedTree.depth(of: second, in: tree) == 2)
            #expect(try FlattenedTree.depth(of: 0, in: tree) == 0)
        }
    }

    @Test func missingThingsAreNotFound() throws {
        let blob = try SampleTree.blob()
        #expect(throws: FDTError.notFound) {
            try read(blob) { tree throws(FDTError) in try FlattenedTree.subnode(named: bytes("no"), of: 0, in: tree) }
        }
        #expect(throws: FDTError.notFound) {
            try read(blob) { tree throws(FDTError) in try FlattenedTree.parent(of: 0, in: tree) }
        }
        #expect(throws: FDTError.badOffset) {
            try read(blob) { tree throws(FDTError) in try FlattenedTree.name(ofNode: 8, in: tree) }
        }
    }

    @Test func walkVisitsNodesInOrderWithTheirDepth() throws {
        try read(SampleTree.blob()) { tree throws(FDTError) in
            var seen: [String] = []
            var (node, depth) = (-1, -1)
            while let next = try FlattenedTree.nextNode(after: node, depth: &depth, in: tree) {
                node = next
                let name = try FlattenedTree.name(ofNode: node, in: tree)
                seen.append("\(depth) \(String(decoding: name, as: UTF8.self))")
            }
            #expect(seen == ["0 ", "1 aliases", "1 chosen", "1 soc", "2 uart@1000", "2 uart@2000"])
            #expect(depth == -1)
        }
    }

    @Test func walkEndsWhereItsNodeEnds() throws {
        try read(SampleTree.blob()) { tree throws(FDTError) in
            var depth = 0
            let chosen = try FlattenedTree.offset(ofPath: bytes("/chosen"), in: tree)
            #expect(try FlattenedTree.nextNode(after: chosen, depth: &depth, in: tree) == nil)
            #expect(depth == -1)
        }
    }

    @Test func phandlesLeadToNodesAndBack() throws {
        try read(SampleTree.blob()) { tree throws(FDTError) in
            let uart = try FlattenedTree.offset(ofPath: bytes("/soc/uart@1000"), in: tree)
            #expect(try FlattenedTree.offset(ofPhandle: 7, in: tree) == uart)
            #expect(try FlattenedTree.phandle(ofNode: uart, in: tree) == 7)
            #expect(try FlattenedTree.phandle(ofNode: 0, in: tree) == nil)
        }
    }

    @Test(arguments: [(UInt32(0), FDTError.badPhandle), (.max, .badPhandle), (8, .notFound)])
    func phandlesOfNobodyAreErrors(phandle: UInt32, expected: FDTError) throws {
        let blob = try SampleTree.blob()
        #expect(throws: expected) {
            try read(blob) { tree throws(FDTError) in try FlattenedTree.offset(ofPhandle: phandle, in: tree) }
        }
    }

    @Test func cellCountsHaveDefaultsAndLimits() throws {
        let blob = try SampleTree.blob()
        try read(blob) { tree throws(FDTError) in
            let chosen = try FlattenedTree.offset(ofPath: bytes("/chosen"), in: tree)
            #expect(try FlattenedTree.addressCells(ofNode: 0, in: tree) == 2)
            #expect(try FlattenedTree.sizeCells(ofNode: 0, in: tree) == 1)
            #expect(try FlattenedTree.addressCells(ofNode: chosen, in: tree) == 2)
            #expect(try FlattenedTree.sizeCells(ofNode: chosen, in: tree) == 1)
        }
        #expect(throws: FDTError.badCellCount) {
            try read(blob) { tree throws(FDTError) in
                let soc = try FlattenedTree.offset(ofPath: bytes("/soc"), in: tree)
                return try FlattenedTree.addressCells(ofNode: soc, in: tree)
            }
        }
        #expect(throws: FDTError.badCellCount) {
            try read(blob) { tree throws(FDTError) in
                let uart = try FlattenedTree.offset(ofPath: bytes("/soc/uart@2000"), in: tree)
                return try FlattenedTree.sizeCells(ofNode: uart, in: tree)
            }
        }
    }
}
