import DeviceTree
import Testing

@testable import UBoot

struct KernelStartTests {
    private func handOff(_ line: String) throws -> (handOff: HandOff, machine: Machine) {
        var machine = try TestBoard.machine(with: BootImageCommandTests.presets)
        machine.type(line: line)
        return (try #require(machine.recorder.handOff), machine)
    }

    @Test func theHandOffIsRecorded() throws {
        let (handOff, machine) = try handOff("booti 43234000 4a000000:1234 48000000")
        #expect(handOff.method == "booti")
        #expect(handOff.loadedAt == 0x4323_4000)
        #expect(handOff.kernel == AddressRange(start: 0x4340_0000, size: 0x6000))
        #expect(handOff.ramdiskLoadedAt == 0x4a00_0000)
        #expect(handOff.treeLoadedAt == 0x4800_0000)
        let ramdisk = try #require(handOff.ramdisk)
        #expect(try machine.memory.read(ramdisk) == TestServer.counting(0x1234))
        #expect(try machine.memory.read(handOff.tree) == handOff.treeBytes.bytes)
        let extents = machine.memory.provenance.extents(in: ramdisk)
        #expect(extents.map { machine.memory.provenance.writers[$0.writer].source } == [.command("booti")])
    }

    @Test func theRamdiskIsInTheTree() throws {
        let (handOff, _) = try handOff("booti 40400000 4a000000:1234 48000000")
        let tree = try DeviceTreeDocument(blob: handOff.treeBytes.bytes)
        let ramdisk = try #require(handOff.ramdisk)
        let start = tree["/chosen"]?.property("linux,initrd-start")?.cells
        let end = tree["/chosen"]?.property("linux,initrd-end")?.cells
        #expect(start == [0, UInt32(ramdisk.start.value)])
        #expect(end == [0, UInt32(ramdisk.end.value)])
        #expect(tree.reservations.contains { $0.address == ramdisk.start.value && $0.size == ramdisk.size })
    }

    @Test func reservedMemoryIsLeftAlone() throws {
        let tree = TestTree.blob(
            .init(
                "", [TestTree.property("#address-cells", cells: 1), TestTree.property("#size-cells", cells: 1)],
                children: [
                    .init(
                        "reserved-memory",
                        [TestTree.property("#address-cells", cells: 1), TestTree.property("#size-cells", cells: 1)],
                        children: [.init("a@bdd00000", [TestTree.property("reg", cells: 0xbdd0_0000, 0xb_2000)])])
                ]), padded: 4096)
        var machine = try TestBoard.machine(with: BootImageCommandTests.presets + [(tree, 0x4900_0000)])
        machine.type(line: "booti 40400000 - 49000000")
        let end = try #require(machine.recorder.handOff).tree.end
        #expect(end < 0xbdd0_0000)
    }

    @Test(arguments: ["#address-cells", "#size-cells"], [0, 3, 0xffff_ffff] as [UInt32])
    func oddCellCountsDoNoHarm(_ name: String, _ count: UInt32) throws {
        let root = DeviceTreeNode(
            "", [TestTree.property(name, cells: count)],
            children: [
                .init(
                    "reserved-memory", [TestTree.property(name, cells: count)],
                    children: [.init("a", [TestTree.property("reg", cells: 1, 2, 3, 4, 5)])])
            ])
        var machine = try TestBoard.machine(
            with: BootImageCommandTests.presets + [(TestTree.blob(root, padded: 4096), 0x4900_0000)])
        let answer = machine.type(Array("booti 40400000 4a000000:1234 49000000".utf8), source: "<prompt>")
        #expect(answer.commands.count == 1)
    }

    @Test func theRecordHasTheTreeAndTheEnding() throws {
        let (handOff, machine) = try handOff("booti 40400000 - 48000000")
        let record = machine.record(input: "x", ending: .handOff)
        #expect(record.treeBytes == handOff.treeBytes)
        #expect(record.treeAddress == handOff.tree.start)
        #expect(record.handOff == handOff)
    }
}
