import DeviceTree

/// Device trees for tests, as blobs.
enum TestTree {
    static let address: UInt64 = 0x4800_0000

    /// A tree with every kind of value, with room for changes up to 4096 bytes.
    static let board: [UInt8] = blob(
        DeviceTreeNode(
            "",
            [
                property("compatible", text: "acme,board", "acme,soc"), property("#address-cells", cells: 2),
                property("#size-cells", cells: 2), property("model", text: "Acme"),
            ],
            children: [
                DeviceTreeNode(
                    "aliases", [property("serial0", text: "/soc/serial@1000"), property("broken", text: "soc")]),
                DeviceTreeNode("chosen", [property("stdout-path", text: "serial0")]),
                DeviceTreeNode(
                    "memory@40000000",
                    [property("device_type", text: "memory"), property("reg", cells: 0, 0x4000_0000, 0, 0x1000_0000)]),
                DeviceTreeNode(
                    "soc",
                    [
                        property("ranges"), property("clock-frequency", cells: 16_000_000),
                        property("odd", bytes: [1, 2, 3]), property("empty-text", bytes: [0]),
                    ],
                    children: [
                        DeviceTreeNode(
                            "serial@1000",
                            [property("reg", cells: 0, 0x1000, 0, 0x100), property("status", text: "okay")]),
                        DeviceTreeNode("net@2000", [property("phy", cells: 0x1234, 0x10000)]),
                    ]),
            ]), padded: 4096)

    /// A tree with nothing to spare.
    static let tight: [UInt8] = blob(DeviceTreeNode("", [property("a", text: "b")]), padded: 0)

    /// An overlay that adds a property to `/chosen`.
    static let overlay: [UInt8] = blob(
        DeviceTreeNode(
            "",
            children: [
                DeviceTreeNode(
                    "fragment@0", [property("target-path", text: "/chosen")],
                    children: [DeviceTreeNode("__overlay__", [property("added", text: "yes")])])
            ]), padded: 0)

    static func property(_ name: String, cells: UInt32...) -> DeviceTreeProperty {
        property(
            name, bytes: cells.flatMap { cell in (0..<4).map { UInt8(truncatingIfNeeded: cell >> (24 - 8 * $0)) } })
    }

    static func property(_ name: String, text: String...) -> DeviceTreeProperty {
        property(name, bytes: text.flatMap { Array($0.utf8) + [0] })
    }

    static func property(_ name: String) -> DeviceTreeProperty { property(name, bytes: []) }

    static func property(_ name: String, bytes: [UInt8]) -> DeviceTreeProperty {
        DeviceTreeProperty(Array(name.utf8), bytes)
    }

    /// The blob of a tree with one reservation, made `size` bytes long if it is shorter.
    static func blob(_ root: DeviceTreeNode, padded size: Int) -> [UInt8] {
        let document = DeviceTreeDocument(
            root: root, reservations: [MemoryReservation(address: 0x4700_0000, size: 0x1000)])
        guard let plain = try? document.blob(), let wide = try? document.blob(padding: max(0, size - plain.count))
        else {
            preconditionFailure("the tree of the tests cannot be written")
        }
        return wide
    }
}
