import DeviceTree
import Testing

/// A call of a public function, for the suites that feed broken trees to all of them.
struct EntryPoint: Sendable, CustomTestStringConvertible {
    var name: String
    var edits = false
    var call: @Sendable (inout MutableRawSpan) throws(FDTError) -> Void

    var testDescription: String { name }

    static let all = reading + editing

    private static func read(
        _ name: String, _ call: @escaping @Sendable (RawSpan) throws(FDTError) -> Void
    ) -> EntryPoint {
        EntryPoint(name: name) { tree throws(FDTError) in try call(tree.bytes) }
    }

    private static func edit(
        _ name: String, _ call: @escaping @Sendable (inout MutableRawSpan) throws(FDTError) -> Void
    ) -> EntryPoint {
        EntryPoint(name: name, edits: true, call: call)
    }

    private static let reading: [EntryPoint] = [
        read("path") { bytes throws(FDTError) in
            _ = try FlattenedTree.offset(ofPath: Array("/soc/uart@2000".utf8), in: bytes)
        },
        read("alias") { bytes throws(FDTError) in
            _ = try FlattenedTree.offset(ofPath: Array("console".utf8), in: bytes)
        },
        read("subnode") { bytes throws(FDTError) in
            _ = try FlattenedTree.subnode(named: Array("soc".utf8), of: 0, in: bytes)
        },
        read("walk") { bytes throws(FDTError) in
            var (node, depth) = (-1, -1)
            while let next = try FlattenedTree.nextNode(after: node, depth: &depth, in: bytes) {
                node = next
                _ = try FlattenedTree.name(ofNode: node, in: bytes)
                _ = try FlattenedTree.properties(ofNode: node, in: bytes)
            }
            _ = try FlattenedTree.depth(of: node, in: bytes)
            _ = try FlattenedTree.parent(of: node, in: bytes)
        },
        read("property") { bytes throws(FDTError) in
            _ = try FlattenedTree.property(Array("compatible".utf8), ofNode: 0, in: bytes)
        },
        read("tags") { bytes throws(FDTError) in
            var found = (tag: FlattenedTree.Tag.nop, next: 0)
            while found.tag != .end {
                let at = found.next
                found = try FlattenedTree.nextTag(at: at, in: bytes)
                if found.tag == .property { _ = try FlattenedTree.property(at: at, in: bytes) }
            }
        },
        read("every offset") { bytes throws(FDTError) in
            _ = try FlattenedTree.reservationCount(in: bytes)
            for offset in stride(from: -4, to: 120, by: 2) {
                ignoringErrors { () throws(FDTError) in _ = try FlattenedTree.property(at: offset, in: bytes) }
                ignoringErrors { () throws(FDTError) in _ = try FlattenedTree.name(ofNode: offset, in: bytes) }
                ignoringErrors { () throws(FDTError) in _ = try FlattenedTree.properties(ofNode: offset, in: bytes) }
            }
        },
        read("reservations") { bytes throws(FDTError) in
            _ = try FlattenedTree.reservations(in: bytes)
            _ = try FlattenedTree.reservation(at: 1, in: bytes)
        },
        read("cells") { bytes throws(FDTError) in
            _ = try FlattenedTree.addressCells(ofNode: 0, in: bytes)
            _ = try FlattenedTree.sizeCells(ofNode: 0, in: bytes)
        },
        read("phandle") { bytes throws(FDTError) in
            _ = try FlattenedTree.phandle(ofNode: 0, in: bytes)
            _ = try FlattenedTree.offset(ofPhandle: 7, in: bytes)
        },
        read("document") { bytes throws(FDTError) in
            let document = try DeviceTreeDocument(blob: bytes)
            _ = document.dts
        },
        read("open into") { bytes throws(FDTError) in
            var target = [UInt8](repeating: 0, count: 4096)
            let source = unsafe bytes.withUnsafeBytes { unsafe [UInt8]($0) }
            try FlattenedTree.withMutableBytes(of: &target) { tree throws(FDTError) in
                try FlattenedTree.open(source, into: &tree, size: 4096)
            }
        },
    ]

    private static let editing: [EntryPoint] = [
        edit("add node") { tree throws(FDTError) in
            _ = try FlattenedTree.addSubnode(named: Array("new".utf8), to: 0, in: &tree)
        },
        edit("set property") { tree throws(FDTError) in
            try FlattenedTree.setProperty(Array("compatible".utf8), ofNode: 0, to: [1, 2, 3, 0], in: &tree)
            try FlattenedTree.setProperty(Array("new".utf8), ofNode: 0, to: [1], in: &tree)
        },
        edit("delete property") { tree throws(FDTError) in
            try FlattenedTree.deleteProperty(Array("compatible".utf8), ofNode: 0, in: &tree)
        },
        edit("delete node") { tree throws(FDTError) in
            let node = try FlattenedTree.offset(ofPath: Array("/soc/uart@1000".utf8), in: tree.bytes)
            try FlattenedTree.deleteNode(node, in: &tree)
        },
        edit("add reservation") { tree throws(FDTError) in
            try FlattenedTree.addReservation(address: 1, size: 2, in: &tree)
        },
        edit("delete reservation") { tree throws(FDTError) in
            try FlattenedTree.deleteReservation(at: 0, in: &tree)
        },
        edit("total size") { tree throws(FDTError) in try FlattenedTree.setTotalSize(64, in: &tree) },
        edit("boot processor") { tree throws(FDTError) in try FlattenedTree.setBootCPU(1, in: &tree) },
        edit("open in place") { tree throws(FDTError) in
            try FlattenedTree.openInPlace(size: tree.byteCount, in: &tree)
        },
        edit("pack") { tree throws(FDTError) in try FlattenedTree.pack(in: &tree) },
        edit("overlay") { tree throws(FDTError) in
            var merged = OverlaySample.plain
            try FlattenedTree.applyOverlay(&merged, to: &tree)
        },
    ]
}

func ignoringErrors(_ body: () throws(FDTError) -> Void) {
    do throws(FDTError) { try body() } catch { _ = error }
}
