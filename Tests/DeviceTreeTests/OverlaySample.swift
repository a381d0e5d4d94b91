import DeviceTree

/// A base with labels and overlays for it, in the form that `dtc -@` gives them.
enum OverlaySample {
    static let baseSource = """
        /dts-v1/;
        / {
            aliases { bus = "/soc"; };
            soc: soc { irq: irq@1 { phandle = <1>; }; };
        };
        """

    static let overlaySource = """
        /dts-v1/;
        /plugin/;
        &soc {
            status = "okay";
            clk: clock { rate = <100>; };
            timer@5 { clocks = <&clk>; interrupts = <9 &irq>; };
        };
        &{/} { note; };
        """

    /// Needs no labels: one fragment that adds a node to the root.
    static let plain: [UInt8] = {
        do {
            return try fragment(targetPath: "/", [DeviceTreeNode("added", [DeviceTreeProperty("x", cells: [1])])])
                .blob()
        } catch {
            return []
        }
    }()

    static func fragment(targetPath: String, _ children: [DeviceTreeNode]) -> DeviceTreeDocument {
        let body = DeviceTreeNode("__overlay__", children: children)
        let fragment = DeviceTreeNode(
            "fragment@0", [DeviceTreeProperty("target-path", strings: targetPath)], children: [body])
        return DeviceTreeDocument(root: DeviceTreeNode("", children: [fragment]))
    }

    static func compiled(_ source: String, padding: Int = 0) throws -> [UInt8] {
        let arguments = ["-q", "-@", "-p", String(padding), "-I", "dts", "-O", "dtb"]
        return try output(of: "dtc", arguments, input: bytes(source))
    }
}
