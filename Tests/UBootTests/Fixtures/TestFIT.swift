import DeviceTree
import Digest

@testable import UBoot

/// FITs for tests, as blobs.
enum TestFIT {
    typealias Property = DeviceTreeProperty

    /// An image node with a CRC-32 of its data.
    static func image(_ name: String, type: String, _ data: [UInt8], _ more: [Property] = []) -> DeviceTreeNode {
        DeviceTreeNode(
            name,
            more + [
                TestTree.property("description", text: name), TestTree.property("data", bytes: data),
                TestTree.property("type", text: type), TestTree.property("compression", text: "none"),
            ],
            children: [
                DeviceTreeNode(
                    "hash-1",
                    [TestTree.property("value", cells: crc32(data)), TestTree.property("algo", text: "crc32")]
                )
            ])
    }

    static func blob(_ images: [DeviceTreeNode], _ configurations: [DeviceTreeNode] = []) -> [UInt8] {
        TestTree.blob(
            DeviceTreeNode(
                "",
                [TestTree.property("description", text: "test"), TestTree.property("timestamp", cells: 0)],
                children: [
                    DeviceTreeNode("images", [TestTree.property("default", text: "script")], children: images),
                    DeviceTreeNode(
                        "configurations", [TestTree.property("default", text: "conf-1")], children: configurations),
                ]), padded: 0)
    }

    /// A script, a file, and something packed.
    static let files = blob([
        image("script", type: "script", Array("echo from FIT".utf8)),
        image("file", type: "firmware", Array("some bytes".utf8)),
        image(
            "packed", type: "firmware", Array("packed".utf8),
            [TestTree.property("compression", text: "gzip")]),
    ])
}
