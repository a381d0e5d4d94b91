import DeviceTree
import Testing

struct DeviceTreeSourceTests {
    private static let guesses = DeviceTreeDocument(
        root: DeviceTreeNode(
            "",
            [
                DeviceTreeProperty("text", strings: "plain"), DeviceTreeProperty("list", strings: "a", "1b", "c"),
                DeviceTreeProperty("escapes", strings: "q\"b\\t\t\n\r\u{7}\u{8}\u{b}\u{c} end"),
                DeviceTreeProperty("lead", bytes: bytes("\0ab\0")),
                DeviceTreeProperty("nulls", strings: "a", "", "", ""),
                DeviceTreeProperty("half", strings: "a", ""), DeviceTreeProperty("one", bytes: [0]),
                DeviceTreeProperty("zeros", bytes: [0, 0, 0, 0]), DeviceTreeProperty("open", bytes: bytes("abcde")),
                DeviceTreeProperty("cells", cells: [0, 1, 0x10, 0xdead_beef]), DeviceTreeProperty("flag"),
                DeviceTreeProperty("bytes", bytes: [1, 2, 0xff]), DeviceTreeProperty("latin", bytes: [0x61, 0xe9, 0]),
                DeviceTreeProperty("delete", bytes: [0x61, 0x62, 0x7f, 0]),
            ],
            children: [DeviceTreeNode("a@1", children: [DeviceTreeNode("b")]), DeviceTreeNode("c")]),
        reservations: [MemoryReservation(address: .max, size: 1), MemoryReservation(address: 0, size: 0x1000)])

    @Test(arguments: [SampleTree.document, guesses])
    func sourceIsThatOfDtc(document: DeviceTreeDocument) throws {
        let printed = try output(of: "dtc", ["-q", "-I", "dtb", "-O", "dts"], input: document.blob())
        #expect(document.dts == String(decoding: printed, as: UTF8.self))
    }
}
