import BootImages
import DeviceTree
import Digest
import Testing
import UBoot

struct ImageRulesTests {
    private static func text(_ name: String, _ value: String) -> DeviceTreeProperty {
        DeviceTreeProperty(Array(name.utf8), Array(value.utf8) + [0])
    }

    private static func cell(_ name: String, _ value: UInt32) -> DeviceTreeProperty {
        DeviceTreeProperty(Array(name.utf8), (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) })
    }

    private static func image(_ name: String, type: String, _ data: [UInt8], sum: UInt32? = nil) -> DeviceTreeNode {
        DeviceTreeNode(
            name,
            [
                text("description", name), text("type", type), text("compression", "none"), text("arch", "arm64"),
                text("os", "linux"), cell("load", 0x4400_0000), cell("entry", 0x4400_0000),
                DeviceTreeProperty(Array("data".utf8), data),
            ],
            children: [DeviceTreeNode("hash-1", [text("algo", "crc32"), cell("value", sum ?? crc32(data))])])
    }

    private static func fit() throws -> TestFile {
        let root = DeviceTreeNode(
            "", [text("description", "test"), cell("timestamp", 0)],
            children: [
                DeviceTreeNode(
                    "images",
                    children: [
                        image("kernel", type: "kernel", [1, 2, 3, 4]), image("odd", type: "firmware", [1], sum: 0),
                        image("script", type: "script", Array("echo a\n".utf8)),
                    ]),
                DeviceTreeNode("configurations", children: [DeviceTreeNode("conf-1", [text("kernel", "kernel")])]),
            ])
        return .bytes(try DeviceTreeDocument(root: root).blob())
    }

    private func check(_ script: String, requiresKey: Bool) throws {
        var boot = TestBoot()
        boot.files["fit"] = try Self.fit()
        if requiresKey {
            let key = DeviceTreeNode("key-dev", [Self.text("required", "conf"), Self.text("algo", "sha256,rsa2048")])
            let tree = DeviceTreeNode("", children: [DeviceTreeNode("signature", children: [key])])
            let blob = try DeviceTreeDocument(root: tree).blob()
            boot.board.presets.append(.init(label: nil, address: 0xbedb_6db0, bytes: blob))
            boot.board.controlTree = 0xbedb_6db0
        }
        try RuleCase("", "tftpb 0x50000000 fit\n" + script).check(boot)
    }

    @Test(arguments: [
        "imxtract 0x50000000 nope 0x51000000 #! UB-FIT-NAME error",
        "bootm 0x50000000#conf-2 #! UB-FIT-NAME error",
        "imxtract 0x50000000 odd 0x51000000 #! UB-FIT-HASH error",
        "iminfo 0x50000000 #! UB-FIT-HASH error",
        "source 0x50000000:script",
    ])
    func findsWhatIsWrongInAFIT(_ line: String) throws { try check(line, requiresKey: false) }

    @Test(arguments: [
        "bootm 0x50000000#conf-1 #! UB-FIT-UNSIGNED error",
        "source 0x50000000:script #! UB-FIT-BYPASS warning",
        "imxtract 0x50000000 kernel 0x51000000",
    ])
    func findsWhatARequiredKeyForbids(_ line: String) throws { try check(line, requiresKey: true) }

    @Test func kernelsOutOfAFITAreNotSigned() throws {
        let script = """
            imxtract 0x50000000 kernel 0x51000000
            tftpb 0x41000000 Image
            tftpb 0x42000000 wide.dtb
            booti 0x41000000 - 0x42000000 #! UB-FIT-BYPASS warning
            """
        try check(script, requiresKey: true)
    }
}
