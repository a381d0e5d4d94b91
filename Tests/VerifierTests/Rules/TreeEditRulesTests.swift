import Testing
import UBoot
import Verifier

struct TreeEditRulesTests {
    private static let start = "tftpb 0x41000000 wide.dtb\nfdt addr 0x41000000\n"

    @Test(arguments: [
        RuleCase(
            "edits without a tree", "fdt set /chosen a b #! UB-FDT-BEFORE-ADDR error\nfdt set /chosen c d\nfdt resize"),
        RuleCase(
            "a tree that is none",
            "tftpb 0x41000000 ramdisk\nfdt addr 0x41000000 #! UB-FDT-BEFORE-ADDR error\n"
                + "fdt set /chosen a b\nfdt set /chosen c d"
        ),
        RuleCase(
            "a tree that was not loaded",
            "tftpb 0x41000000 nothing #! UB-FILE-MISSING error\nfdt addr 0x41000000 #! UB-FDT-BEFORE-ADDR error\n"
                + "fdt set / a b"
        ),
        RuleCase("a probe for a tree", "if fdt addr -q 0x41000000; then #! UB-FDT-BEFORE-ADDR info\necho a\nfi"),
        RuleCase("a good tree", start + "fdt set /chosen a b"),
        RuleCase(
            "a packed tree",
            ##"""
            tftpb 0x41000000 packed.dtb
            fdt addr 0x41000000
            fdt mknod /chosen dom0 #! UB-FDT-NOSPACE error
            fdt set /chosen/dom0 compatible "multiboot,module"
            fdt set /chosen/dom0 reg <0x0 0x1 0x0 0x1>
            fdt mknod /chosen/dom0 x
            fdt set /chosen/dom0/x y z
            """##),
        RuleCase(
            "a packed tree with room made",
            "tftpb 0x41000000 packed.dtb\nfdt addr 0x41000000\nfdt resize 1000\nfdt mknod /chosen dom0"),
        RuleCase("a move that is too short", start + "fdt move 0x41000000 0x42000000 100 #! UB-FDT-NOSPACE error"),
        RuleCase(
            "a node that is not there",
            start + "fdt set /choosen a b #! UB-FDT-NOTFOUND error\nfdt set /choosen c d\nfdt mknod /choosen e"),
        RuleCase(
            "a node that was not made",
            start + "fdt set /chosen/dom0 a b #! UB-FDT-NOTFOUND error\nfdt set /other a b #! UB-FDT-NOTFOUND error"),
        RuleCase(
            "a node that was made under a mistyped path",
            start + "fdt mknod /choosen x #! UB-FDT-NOTFOUND error\nfdt set /chosen/x a b\nfdt set /chosen/x c d"),
        RuleCase(
            "a node that is made later", start + "fdt set /chosen/x a b #! UB-FDT-NOTFOUND error\nfdt mknod /chosen x"),
        RuleCase("an alias that is not there", start + "fdt set serial7 a b #! UB-FDT-NOTFOUND error"),
        RuleCase("aliases and short names", start + "fdt set serial0 a b\nfdt set /memory a b\nfdt set /chosen/ a b"),
        RuleCase("reading what is not there", start + "fdt get value x /nothing y #! UB-FDT-NOTFOUND warning"),
        RuleCase("removing what is not there", start + "fdt rm /chosen nothing #! UB-FDT-NOTFOUND warning"),
        RuleCase("a tested read", start + "if fdt get value x /nothing y; then #! UB-FDT-NOTFOUND info\necho\nfi"),
        RuleCase("a cell that is no number", start + "fdt set /chosen a <0x1 F0> #! UB-FDT-BADCELL error"),
        RuleCase("a value without an end", start + "fdt set /chosen a <0x1 #! UB-FDT-BADCELL error"),
        RuleCase("cells of all kinds", start + "fdt set /chosen a <0x1 020 16>"),
        RuleCase(
            "a long value",
            start + "fdt set /chosen a \"\(String(repeating: "x", count: 1030))\" #! UB-FDT-VALUE-LONG error"),
        RuleCase("a value that just fits", start + "fdt set /chosen a \"\(String(repeating: "x", count: 1023))\""),
    ])
    func findsEditsThatDoNothing(_ example: RuleCase) throws {
        var example = example
        example.files["packed.dtb"] = try .tree()
        try example.check()
    }

    @Test func oneCauseIsOneFindingWithACount() throws {
        let edits = (1...24).map { "fdt set /chosen p\($0) v" }.joined(separator: "\n")
        let finding = try #require(try TestBoot().findings(edits).first)
        #expect(
            finding.message
                == "'fdt set /chosen' does nothing: no device tree was chosen by 'fdt addr', "
                + "and 23 more commands behind it"
        )
    }

    @Test func treeThatWasNotLoadedPointsToTheLoad() throws {
        let script = "tftpb 0x41000000 nothing\nfdt addr 0x41000000\nfdt set / a b"
        let finding = try #require(try TestBoot().findings(script).last)
        #expect(finding.notes.map { $0.place?.line } == [1])
    }

    @Test func mistypedNodeGetsTheNearName() throws {
        let finding = try #require(try TestBoot().findings(Self.start + "fdt set /choosen a b").first)
        #expect(finding.notes.map(\.text) == ["there is /chosen"])
        let other = try #require(try TestBoot().findings(Self.start + "fdt set /chosen/dom0 a b").first)
        #expect(other.fix == "fdt mknod /chosen dom0")
    }

    @Test func badCellSaysWhichAndHowToWriteIt() throws {
        let finding = try #require(try TestBoot().findings(Self.start + "fdt set /chosen a <0x1 F0>").first)
        #expect(finding.message == "the value of 'a' in /chosen is not set: 'F0' is no number")
        #expect(finding.fix == "0xf0")
    }

    @Test func noSpaceSuggestsAResizeThatIsEnough() throws {
        var boot = TestBoot()
        boot.files["packed.dtb"] = try .tree()
        let start = "tftpb 0x41000000 packed.dtb\nfdt addr 0x41000000\n"
        let edits = (1...200).map { "fdt set /chosen property\($0) \"a value of some length\"" }.joined(separator: "\n")
        let finding = try #require(try boot.findings(start + edits).first)
        let fix = try #require(finding.fix)
        #expect(try boot.findings(start + fix + "\n" + edits).isEmpty, "\(fix)")
    }
}
