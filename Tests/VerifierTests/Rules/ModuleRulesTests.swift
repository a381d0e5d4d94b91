import DeviceTree
import Testing
import UBoot
import Verifier

struct ModuleRulesTests {
    @Test(arguments: [
        RuleCase(
            "no reg",
            Script.with(
                ##"""
                fdt mknod /chosen dom0
                fdt set /chosen/dom0 compatible "multiboot,kernel" "multiboot,module" #! XEN-REG-MISSING error
                """##)),
        RuleCase(
            "a short reg",
            Script.good.replacing(
                "reg <0x0 0x40E00000 0x0 0x300000>", with: "reg <0x40E00000 0x300000> #! XEN-REG-SHORT error")),
        RuleCase(
            "a long reg",
            Script.good.replacing("-cells <0x2>", with: "-cells <0x1>").replacing(
                "0x300000>", with: "0x300000> #! XEN-REG-LONG error"
            )
            .replacing("0x600>", with: "0x600> #! XEN-REG-LONG error")),
        RuleCase(
            "one cell each",
            Script.good.replacing("-cells <0x2>", with: "-cells <0x1>").replacing("<0x0 ", with: "<").replacing(
                " 0x0 ", with: " ")),
        RuleCase(
            "an address that is cut",
            Script.good.replacing("<0x0 0x40E00000", with: "<0x0 0x140E00000").replacing(
                "0x300000>", with: "0x300000> #! XEN-ADDR-TRUNCATED error")),
        RuleCase("no size", Script.good.replacing("0x600>", with: "0x0> #! XEN-SIZE-ZERO error")),
        RuleCase(
            "no cell counts",
            Script.good.replacing(##"fdt set /chosen \#address-cells <0x2>"##, with: "").replacing(
                ##"fdt set /chosen \#size-cells <0x2>"##, with: ""
            )
            .replacing("fdt mknod /chosen dom0\n", with: "fdt mknod /chosen dom0\n")
            .replacing("0x600>", with: "0x600> #! XEN-CELLS-IMPLICIT warning")),
        RuleCase(
            "a cell that is no number leaves no second finding",
            Script.good.replacing("0x600>", with: "F0> #! UB-FDT-BADCELL error")),
    ])
    func findsAWrongReg(_ example: RuleCase) throws { try example.check() }

    @Test(arguments: [
        RuleCase("a short kernel", Script.good.replacing("0x300000>", with: "0x2fffff> #! XEN-SIZE-SHORT error")),
        RuleCase("a long kernel", Script.good.replacing("0x300000>", with: "0x300001> #! XEN-SIZE-LONG warning")),
        RuleCase(
            "a kernel up to the ramdisk", Script.good.replacing("0x300000>", with: "0x400001> #! XEN-SIZE-LONG error")),
        RuleCase("a ramdisk up to Xen", Script.good.replacing("0x600>", with: "0x200001> #! XEN-SIZE-LONG error")),
        RuleCase(
            "a kernel that is not there",
            Script.good.replacing("tftpb 0x40E00000", with: "tftpb 0x42E00000")
                .replacing("0x300000>", with: "0x300000> #! XEN-ADDR-UNLOADED error")),
        RuleCase(
            "a kernel that begins in a file",
            Script.good.replacing("0x0 0x40E00000", with: "0x0 0x40E01000")
                .replacing("0x300000>", with: "0x300000> #! XEN-ADDR-UNLOADED error")),
        RuleCase(
            "a part of a file",
            Script.good.replacing("0x0 0x40E00000", with: "0x0 0x40E01000").replacing("0x300000>", with: "0x1000>")),
        RuleCase(
            "a copied kernel",
            Script.good.replacing(
                "tftpb 0x40E00000 Image", with: "tftpb 0x42E00000 Image\ncp.b 0x42E00000 0x40E00000 0x300000")),
        RuleCase(
            "a kernel outside of RAM",
            Script.good.replacing("0x0 0x40E00000", with: "0x0 0xc0E00000")
                .replacing("0x300000>", with: "0x300000> #! XEN-ADDR-NORAM error")),
        RuleCase(
            "two modules in one place",
            Script.good.replacing("0x41200000 0x0 0x600>", with: "0x40E00000 0x0 0x300000> #! XEN-MODULE-OVERLAP error")
        ),
        RuleCase(
            "a module in Xen's BSS",
            Script.good.replacing("0x41200000", with: "0x41520000").replacing(
                "0x600>", with: "0x600> #! XEN-MODULE-OVER-XEN error")),
        RuleCase(
            "a kernel that is started in place of Xen",
            Script.good.replacing("booti 0x41000000", with: "booti 0x40E00000")),
    ])
    func findsModulesThatDoNotFitTheMemory(_ example: RuleCase) throws { try example.check() }

    @Test(arguments: [
        RuleCase(
            "a module without a kind",
            Script.with(
                Script.dom0 + "\n" + ##"""
                    fdt mknod /chosen domU0
                    fdt set /chosen/domU0 compatible "xen,domain"
                    fdt set /chosen/domU0 \#address-cells <0x2>
                    fdt set /chosen/domU0 \#size-cells <0x2>
                    fdt mknod /chosen/domU0 m
                    fdt set /chosen/domU0/m compatible "multiboot,module" #! XEN-KIND-MISSING error
                    fdt set /chosen/domU0/m reg <0x0 0x40E00000 0x0 0x300000>
                    """##)),
        RuleCase(
            "a module that is none",
            Script.good.replacing(
                ##""xen,linux-zimage" "xen,multiboot-module" "multiboot,module""##,
                with: ##""multiboot,kernel" #! XEN-GENERIC-MISSING error"##)),
        RuleCase(
            "dom0 without kinds",
            Script.good.replacing("\"xen,linux-zimage\" ", with: "").replacing("\"xen,linux-initrd\" ", with: "")),
    ])
    func findsModulesThatXenDoesNotKnow(_ example: RuleCase) throws { try example.check() }

    @Test func fixesHaveTheRealNumbers() throws {
        func fix(_ wrong: String) throws -> String? {
            try TestBoot().findings(Script.good.replacing("reg <0x0 0x40E00000 0x0 0x300000>", with: wrong)).first?.fix
        }
        let right = "fdt set /chosen/dom0 reg <0x0 0x40e00000 0x0 0x300000>"
        #expect(try fix("reg <0x0 0x40E00000 0x0 0x1234>") == right)
        #expect(try fix("reg <0x0 0x40E00000 0x0 0x400000>") == right)
        #expect(try fix("reg <0x40E00000 0x300000>") == right)
        #expect(try fix("reg <0x0 0x40E00000 0x0 0x0>") == right)
    }

    @Test func fixKeepsThePathAsItWasWritten() throws {
        let script = Script.good.replacing("set /chosen/dom0 reg", with: "set /chosen/dom0/ reg").replacing(
            "0x300000>", with: "0x1000>")
        #expect(try TestBoot().findings(script).first?.fix == "fdt set /chosen/dom0/ reg <0x0 0x40e00000 0x0 0x300000>")
    }

    @Test func missingKindSuggestsTheNearName() throws {
        let script = Script.with(Script.dom0 + "\n" + DomainRulesTests.domain).replacing(
            "\"multiboot,kernel\"", with: "\"multiboot,kernal\"")
        let findings = try TestBoot().findings(script)
        #expect(findings.map(\.rule) == ["XEN-KIND-MISSING"])
        #expect(
            findings.first?.fix == "fdt set /chosen/domU0/module compatible \"multiboot,kernel\" \"multiboot,module\"")
    }

    @Test func modulesOfALoadedTreePointToNoLine() throws {
        let module = DeviceTreeNode(
            "module@0",
            [
                DeviceTreeProperty("compatible", strings: "multiboot,kernel", "multiboot,module"),
                DeviceTreeProperty("reg", cells: [0, 0x40E0_0000, 0, 0x1000]),
            ])
        var boot = TestBoot()
        boot.files["board.dtb"] = try .tree(padding: 0x1000, chosen: [module])
        let findings = try boot.findings(
            "tftpb 0x40E00000 Image\ntftpb 0x41400000 xen\ntftpb 0x41800000 board.dtb\nbooti 0x41400000 - 0x41800000")
        #expect(TestBoot.summary(findings) == ["- XEN-CELLS-IMPLICIT warning", "- XEN-SIZE-SHORT error"])
    }
}
