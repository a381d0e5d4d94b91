import DeviceTree
import Testing

struct DeviceTreeDifferenceTests {
    private func differences(_ change: (inout DeviceTreeDocument) -> Void) -> [String] {
        var changed = SampleTree.document
        change(&changed)
        return DeviceTreeDocument.differences(SampleTree.document, changed).map(\.description)
    }

    @Test func equivalentTreesDoNotDiffer() {
        #expect(differences { _ in }.isEmpty)
        #expect(differences { $0.root.children.reverse() }.isEmpty)
    }

    @Test func eachKindHasItsLine() {
        let lines = differences { tree in
            tree.bootCPU = 0
            tree.reservations = []
            tree.root.properties[0] = DeviceTreeProperty("#address-cells", cells: [1])
            tree.root.properties.removeLast()
            tree.root.properties.append(DeviceTreeProperty("model", strings: "x"))
            tree.root.children.remove(at: 1)
            tree.root.children[1].children[0].properties.append(DeviceTreeProperty("on"))
            tree.root.children.append(DeviceTreeNode("memory@0"))
        }
        #expect(
            lines == [
                "~ reservations: [0x40000000+0x1000] -> []",
                "~ boot processor: 3 -> 0",
                "~ /: #address-cells = <0x02>; -> #address-cells = <0x01>;",
                #"- /: compatible = "acme,board\0acme,soc";"#,
                #"+ /: model = "x";"#,
                "- /chosen",
                "+ /soc/uart@1000: on;",
                "+ /memory@0",
            ])
    }

    @Test func propertyIsNamed() {
        var changed = SampleTree.document
        changed.root.properties.removeFirst()
        changed.bootCPU = 9
        let found = DeviceTreeDocument.differences(SampleTree.document, changed)
        #expect(found.map(\.property) == [nil, bytes("#address-cells")])
        #expect(found.map(\.path) == ["/", "/"])
    }
}
