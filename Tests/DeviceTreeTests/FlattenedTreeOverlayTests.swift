import DeviceTree
import Testing

struct FlattenedTreeOverlayTests {
    @Test func resultIsThatOfFdtoverlay() throws {
        let base = try OverlaySample.compiled(OverlaySample.baseSource, padding: 2048)
        let overlay = try OverlaySample.compiled(OverlaySample.overlaySource)
        let ours = try edited(base) { tree throws(FDTError) in
            var merged = overlay
            try FlattenedTree.applyOverlay(&merged, to: &tree)
            try FlattenedTree.pack(in: &tree)
        }
        let size = Int(try SampleTree.header(of: ours).totalSize)
        let script = """
            set -e; dir=$(mktemp -d); head -c \(base.count) > $dir/base; cat > $dir/overlay
            fdtoverlay -i $dir/base -o $dir/out $dir/overlay; cat $dir/out; rm -r $dir
            """
        #expect(try Array(ours[..<size]) == output(of: "sh", ["-c", script], input: base + overlay))
        let document = try DeviceTreeDocument(blob: ours)
        #expect(document["/soc/timer@5"]?.property("clocks")?.u32 == document["/soc/clock"]?.property("phandle")?.u32)
        #expect(document["/soc/timer"]?.property("interrupts")?.cells == [9, 1])
        #expect(document["/soc"]?.property("status")?.string == "okay")
    }

    @Test func failureLeavesTreesWithoutMagic() throws {
        var blob = try SampleTree.blob(padding: 8)
        var overlay = OverlaySample.plain
        #expect(throws: FDTError.noSpace) {
            try FlattenedTree.withMutableBytes(of: &blob) { tree throws(FDTError) in
                try FlattenedTree.applyOverlay(&overlay, to: &tree)
            }
        }
        #expect(blob[..<4] == [0xff, 0xff, 0xff, 0xff])
    }

    @Test func overlayWithoutHeaderLeavesTheTreeAlone() throws {
        var blob = try SampleTree.blob(padding: 8)
        #expect(throws: FDTError.badMagic) {
            try FlattenedTree.withMutableBytes(of: &blob) { tree throws(FDTError) in
                var merged = [UInt8](repeating: 1, count: 64)
                try FlattenedTree.applyOverlay(&merged, to: &tree)
            }
        }
        #expect(try blob == SampleTree.blob(padding: 8))
    }
}
