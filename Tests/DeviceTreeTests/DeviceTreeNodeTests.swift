import DeviceTree
import Testing

struct DeviceTreeNodeTests {
    private let root = SampleTree.document.root

    @Test(
        arguments: [
            ("", ""), ("soc", "soc"), ("/soc/", "soc"), ("soc/uart", "uart@1000"), ("soc/uart@2000", "uart@2000"),
            ("soc/uart@3", nil), ("so", nil), ("soc/uart@1000/x", nil),
        ] as [(String, String?)])
    func descendantsAreFoundAsLibfdtFindsThem(path: String, name: String?) {
        #expect(root.descendant(path)?.name == name.map(bytes))
    }

    @Test func firstPropertyOfANameIsTaken() {
        let node = DeviceTreeNode("n", [DeviceTreeProperty("a", cells: [1]), DeviceTreeProperty("a", cells: [2])])
        #expect(node.property("a")?.u32 == 1)
        #expect(node.property("b") == nil)
    }

    @Test func sortingOrdersEachLevelByName() {
        let leaf = { (name: String) in DeviceTreeNode(name) }
        let node = DeviceTreeNode(
            "", [DeviceTreeProperty("z"), DeviceTreeProperty("a")],
            children: [DeviceTreeNode("y", children: [leaf("d"), leaf("c")]), leaf("x")])
        let sorted = DeviceTreeNode(
            "", [DeviceTreeProperty("a"), DeviceTreeProperty("z")],
            children: [leaf("x"), DeviceTreeNode("y", children: [leaf("c"), leaf("d")])])
        #expect(node.sorted == sorted)
        #expect(node != sorted)
    }
}
