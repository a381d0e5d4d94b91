import Testing
import UBoot
import Verifier

struct DomainRulesTests {
    /// A domain with a kernel.
    static let domain = ##"""
        fdt mknod /chosen domU0
        fdt set /chosen/domU0 compatible "xen,domain"
        fdt set /chosen/domU0 \#address-cells <0x2>
        fdt set /chosen/domU0 \#size-cells <0x2>
        fdt mknod /chosen/domU0 module
        fdt set /chosen/domU0/module compatible "multiboot,kernel" "multiboot,module"
        fdt set /chosen/domU0/module reg <0x0 0x40E00000 0x0 0x300000>
        """##

    @Test(arguments: [
        RuleCase("a domain", Script.with(domain)),
        RuleCase("dom0 and a domain that share a kernel", Script.with(Script.dom0 + "\n" + domain)),
        RuleCase(
            "a mistyped domain",
            Script.with(domain.replacing("\"xen,domain\"", with: "\"xen,domian\" #! DOM-COMPAT error"))),
        RuleCase(
            "a domain without a compatible",
            Script.with(
                domain.replacing("fdt set /chosen/domU0 compatible \"xen,domain\"\n", with: "")
                    .replacing("mknod /chosen domU0", with: "mknod /chosen domU0 #! DOM-COMPAT error"))),
        RuleCase(
            "a domain without a kernel",
            Script.with(
                Script.dom0
                    + "\nfdt mknod /chosen domU0 #! DOM-NOKERNEL error\nfdt set /chosen/domU0 compatible \"xen,domain\""
            )),
        RuleCase(
            "a domain with the kernel of a dom0",
            Script.with(
                domain.replacing("multiboot,kernel", with: "xen,linux-zimage")
                    .replacing("mknod /chosen domU0", with: "mknod /chosen domU0 #! DOM-NOKERNEL error"))),
        RuleCase("no kernel at all", Script.with(Script.ramdisk) + " #! DOM-NONE error"),
        RuleCase("no module at all", Script.with("") + " #! DOM-NONE error"),
        RuleCase(
            "Linux without Xen",
            "tftpb 0x41000000 Linux\ntftpb 0x42000000 wide.dtb\nfdt addr 0x42000000\n"
                + "fdt set /chosen bootargs a\nbooti 0x41000000 - 0x42000000"
        ),
        RuleCase(
            "a tree without room makes no second finding",
            Script.good.replacing("fdt resize 1024", with: "echo")
                .replacing("address-cells <0x2>", with: "address-cells <0x2> #! UB-FDT-NOSPACE error")),
    ])
    func findsWhatIsWrongWithDomains(_ example: RuleCase) throws { try example.check() }

    @Test func mistypedDomainGetsTheNearName() throws {
        let finding = try #require(
            try TestBoot().findings(Script.with(Self.domain.replacing("xen,domain", with: "xen,domian"))).first)
        #expect(finding.notes.map(\.text) == ["the nearest name is 'xen,domain'"])
        #expect(finding.fix == "fdt set /chosen/domU0 compatible \"xen,domain\"")
    }

    @Test func ramdiskThatNobodyLoads() throws {
        let script = Script.good.replacing("tftpb 0x41200000 ramdisk\n", with: "")
        let findings = try TestBoot().findings(script)
        #expect(TestBoot.summary(findings) == ["14 XEN-ADDR-UNLOADED error", "14 DOM0-RAMDISK-UNLOADED error"])
        #expect(findings.last?.notes.isEmpty ?? false)
    }

    @Test func ramdiskWhoseLoadDidNotRun() throws {
        let script = Script.good.replacing(
            "tftpb 0x41200000 ramdisk", with: "if false; then\ntftpb 0x41200000 ramdisk\nfi")
        let finding = try #require(try TestBoot().findings(script).last)
        #expect(finding.rule == "DOM0-RAMDISK-UNLOADED")
        #expect(finding.notes.map(\.text) == ["this load did not run"])
        #expect(finding.notes.first?.place?.line == 3)
    }
}
