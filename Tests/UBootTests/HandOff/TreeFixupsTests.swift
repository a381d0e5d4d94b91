import DeviceTree
import Testing

@testable import UBoot

struct TreeFixupsTests {
    private func boot(
        _ children: [DeviceTreeNode], _ properties: [DeviceTreeProperty] = [], setup: String = ""
    )
        throws -> (tree: DeviceTreeDocument, console: String)
    {
        let cells = [TestTree.property("#address-cells", cells: 2), TestTree.property("#size-cells", cells: 2)]
        let blob = TestTree.blob(.init("", cells + properties, children: children), padded: 4096)
        var machine = try TestBoard.machine(with: BootImageCommandTests.presets + [(blob, 0x4900_0000)])
        machine.type(line: "\(setup); booti 40400000 - 49000000")
        let bytes = try #require(machine.recorder.handOff).treeBytes.bytes
        return (try DeviceTreeDocument(blob: bytes), machine.console.text(from: 0).latin1)
    }

    @Test func chosenAndMemoryAreMade() throws {
        let (tree, _) = try boot([], setup: "setenv bootargs a b")
        #expect(tree["/chosen"]?.property("bootargs")?.value == Array("a b\0".utf8))
        #expect(tree["/chosen"]?.property("u-boot,version")?.value == Array("\(TestBoard.version)\0".utf8))
        #expect(tree["/memory"]?.property("reg")?.cells == [0, 0x4000_0000, 0, 0x8000_0000])
        #expect(tree["/memory"]?.property("device_type")?.value == Array("memory\0".utf8))
    }

    @Test func ownArgumentsStayWhereTheVariableIsUnset() throws {
        let (tree, _) = try boot([.init("chosen", [TestTree.property("bootargs", text: "mine")])])
        #expect(tree["/chosen"]?.property("bootargs")?.value == Array("mine\0".utf8))
    }

    @Test func networkDevicesGetTheirAddresses() throws {
        let (tree, _) = try boot(
            [
                .init(
                    "aliases",
                    [
                        TestTree.property("ethernet0", text: "/net0"), TestTree.property("ethernet1", text: "/net1"),
                        TestTree.property("ethernetx", text: "/net2"), TestTree.property("serial0", text: "/net2"),
                    ]), .init("net0", [TestTree.property("mac-address", bytes: [0, 0, 0, 0, 0, 0])]), .init("net1"),
                .init("net2"),
            ], setup: "setenv eth1addr 02:11:22:33:44:55")
        #expect(tree["/net0"]?.property("mac-address")?.value == [UInt8](repeating: 0x52, count: 6))
        #expect(tree["/net0"]?.property("local-mac-address")?.value == [UInt8](repeating: 0x52, count: 6))
        #expect(tree["/net1"]?.property("local-mac-address")?.value == [2, 0x11, 0x22, 0x33, 0x44, 0x55])
        #expect(tree["/net1"]?.property("mac-address") == nil)
        #expect(tree["/net2"]?.properties.isEmpty == true)
    }

    @Test func aliasesWithoutADeviceAreReported() throws {
        let (_, console) = try boot([.init("aliases", [TestTree.property("ethernet0", text: "/gone")])])
        #expect(console.contains("Unable to update property /gone:mac-address, err=FDT_ERR_NOTFOUND\n"))
    }

    @Test func theSerialNumberIsSet() throws {
        let (tree, _) = try boot([], setup: "setenv serial# 42")
        #expect(tree.root.property("serial-number")?.value == Array("42\0".utf8))
    }

    @Test func theTreeEndsWithAPage() throws {
        var machine = try TestBoard.machine(with: BootImageCommandTests.presets)
        machine.type(line: "booti 40400000 - 48000000")
        #expect(machine.recorder.handOff?.tree.end.value.isMultiple(of: 0x1000) == true)
    }
}
