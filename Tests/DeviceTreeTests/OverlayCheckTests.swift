import DeviceTree
import Testing

struct OverlayCheckTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var local: [DeviceTreeNode] = []
        var fixups: [DeviceTreeProperty] = []
        var target = "/"
        var body = DeviceTreeNode("__overlay__", [DeviceTreeProperty("ref", cells: [1])])
        var error: FDTError?

        func apply() throws(FDTError) -> [UInt8] {
            var overlay = OverlaySample.fragment(targetPath: target, [])
            overlay.root.children[0].children = [body]
            if !local.isEmpty { overlay.root.children.append(DeviceTreeNode("__local_fixups__", children: local)) }
            if !fixups.isEmpty { overlay.root.children.append(DeviceTreeNode("__fixups__", fixups)) }
            var base = SampleTree.document
            base.root.children.append(
                DeviceTreeNode(
                    "__symbols__",
                    [
                        DeviceTreeProperty("label", strings: "/soc/uart@1000"),
                        DeviceTreeProperty("loop", strings: "round"),
                    ]))
            let blob = try overlay.blob()
            return try edited(base.blob(padding: 512)) { tree throws(FDTError) in
                var merged = blob
                try FlattenedTree.applyOverlay(&merged, to: &tree)
            }
        }
    }

    private static func local(_ property: String, at offset: UInt32) -> [DeviceTreeNode] {
        let leaf = DeviceTreeNode("__overlay__", [DeviceTreeProperty(property, cells: [offset])])
        return [DeviceTreeNode("fragment@0", children: [leaf])]
    }

    private static func place(_ text: String) -> [DeviceTreeProperty] {
        [DeviceTreeProperty("label", strings: text)]
    }

    static let cases = [
        Case(testDescription: "local fixup", local: local("ref", at: 0)),
        Case(testDescription: "fixup", fixups: place("/fragment@0/__overlay__:ref:0")),
        Case(testDescription: "alias as target", target: "bus"),
        Case(testDescription: "alias and path as target", target: "bus/uart@2000"),
        Case(testDescription: "local fixup past the end", local: local("ref", at: 1), error: .badOverlay),
        Case(testDescription: "local fixup far away", local: local("ref", at: 0xffff_fffe), error: .badOverlay),
        Case(testDescription: "local fixup of a phandle", local: local("phandle", at: 0), error: .badOverlay),
        Case(
            testDescription: "fixups of fixups", local: [DeviceTreeNode("__local_fixups__")], error: .badOverlay),
        Case(
            testDescription: "fixup just past the end", fixups: place("/fragment@0/__overlay__:ref:1"),
            error: .noSpace),
        Case(
            testDescription: "fixup before the start", fixups: place("/fragment@0/__overlay__:ref:-2"),
            error: .badOverlay),
        Case(
            testDescription: "fixup that wraps", fixups: place("/fragment@0/__overlay__:ref:4294967294"),
            error: .badOverlay),
        Case(testDescription: "fixup of the fixups", fixups: place("//__fixups__:label:0"), error: .badOverlay),
        Case(testDescription: "fixup of a target", fixups: place("/fragment@0:target-path:0"), error: .badOverlay),
        Case(testDescription: "fixup by alias", fixups: place("x:ref:0"), error: .badOverlay),
        Case(
            testDescription: "symbol that is an alias",
            fixups: [DeviceTreeProperty("loop", strings: "/fragment@0/__overlay__:ref:0")], error: .badOverlay),
        Case(testDescription: "alias of an alias as target", target: "round", error: .badOverlay),
        Case(
            testDescription: "alias that the overlay sets", target: "bus",
            body: DeviceTreeNode("__overlay__", [DeviceTreeProperty("bus", strings: "bus")]), error: .badOverlay),
        Case(testDescription: "no such alias", target: "nowhere", error: .badPath),
    ]

    @Test(arguments: cases)
    func onlyOverlaysThatLibfdtSurvivesReachIt(case sample: Case) throws {
        if let error = sample.error {
            #expect(throws: error) { try sample.apply() }
        } else {
            let applied = try DeviceTreeDocument(blob: sample.apply())
            #expect(applied != SampleTree.document)
        }
    }
}
