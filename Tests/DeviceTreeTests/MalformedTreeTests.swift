import DeviceTree
import Testing

/// Feeds broken trees to every entry point, at the end of memory, so that a read past the span ends the process.
struct MalformedTreeTests {
    @Test(arguments: EntryPoint.all)
    func treesCutAnywhereAreRefused(entry: EntryPoint) throws {
        let blob = try SampleTree.blob()
        let memory = try FencedMemory()
        for count in 0..<blob.count {
            let error = #expect(throws: FDTError.self) {
                try memory.withCopy(of: Array(blob[..<count])) { tree throws(FDTError) in try entry.call(&tree) }
            }
            #expect(error == .truncated, "cut to \(count) bytes")
        }
    }

    @Test(arguments: EntryPoint.all)
    func structureCutAnywhereIsSurvived(entry: EntryPoint) throws {
        let blob = try SampleTree.structureLast()
        let memory = try FencedMemory()
        for size in stride(from: UInt32(0), to: try SampleTree.header(of: blob).sizeDtStruct, by: 1) {
            var header = try SampleTree.header(of: blob)
            header.offDtStruct += header.sizeDtStruct - size
            header.sizeDtStruct = size
            var bytes = blob
            let start = Int(try SampleTree.header(of: blob).offDtStruct)
            bytes.replaceSubrange(Int(header.offDtStruct)..., with: blob[start..<start + Int(size)])
            bytes = try edited(bytes) { [header] tree throws(FDTError) in try header.store(in: &tree) }
            try survives(entry, bytes, in: memory)
        }
    }

    @Test(arguments: EntryPoint.all, [false, true])
    func singleWrongByteIsSurvived(entry: EntryPoint, structureLast: Bool) throws {
        let blob = structureLast ? try SampleTree.structureLast() : try SampleTree.blob(padding: 64)
        let memory = try FencedMemory()
        var random = SplitMix(seed: 20_240_229)
        for _ in 0..<400 {
            var bytes = blob
            let any = UInt8.random(in: 0...255, using: &random)
            let value = [0, 1, 2, 3, 4, 9, 0x7f, 0x80, 0xf4, 0xff, any, any]
            bytes[Int.random(in: 0..<bytes.count, using: &random)] = value.randomElement(using: &random) ?? 0
            try survives(entry, bytes, in: memory)
        }
    }

    @Test func wrongWordsInTheHeaderAreSurvived() throws {
        let blob = try SampleTree.blob(padding: 64)
        let memory = try FencedMemory()
        let size = UInt32(blob.count)
        let inside: [UInt32] = [0, 1, 2, 3, 16, 39, 40, 56, 72, size - 16, size - 4, size - 1]
        for field in 1..<10 {
            for word in inside + [size, size + 1, 0x7fff_ffff, 0x8000_0000, 0xffff_fff0, 0xffff_ffff] {
                var bytes = blob
                bytes.replaceSubrange(4 * field..<4 * field + 4, with: DeviceTreeProperty("", cells: [word]).value)
                for entry in EntryPoint.all { try survives(entry, bytes, in: memory) }
            }
        }
    }

    @Test func wrongByteInAnOverlayIsSurvived() throws {
        let base = try OverlaySample.compiled(OverlaySample.baseSource, padding: 1024)
        let overlay = try OverlaySample.compiled(OverlaySample.overlaySource)
        let memory = try FencedMemory()
        var random = SplitMix(seed: 4)
        for _ in 0..<1500 {
            var bytes = overlay
            bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            let broken = EntryPoint(name: "overlay") { [bytes] tree throws(FDTError) in
                var merged = bytes
                try FlattenedTree.applyOverlay(&merged, to: &tree)
            }
            try survives(broken, base, in: memory)
        }
    }

    private func survives(_ entry: EntryPoint, _ blob: [UInt8], in memory: borrowing FencedMemory) throws {
        try memory.withCopy(of: blob) { tree throws(FDTError) in
            do throws(FDTError) { try entry.call(&tree) } catch { #expect(error.code < 0) }
        }
    }
}

/// A generator that gives the same numbers on each run.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
        return mixed ^ mixed >> 31
    }
}
