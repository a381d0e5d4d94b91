import Testing
import UBoot
import Verifier

struct BootCommandRulesTests {
    @Test(arguments: [
        RuleCase("no kernel", "tftpb 0x41000000 ramdisk\nbooti 0x41000000 - 0x42000000 #! UB-BOOTI-MAGIC error"),
        RuleCase("nothing at all", "booti 0x41000000 - 0x42000000 #! UB-BOOTI-MAGIC error"),
        RuleCase("no kernel, tested", "booti 0x41000000 - 0x42000000 || echo a #! UB-BOOTI-MAGIC info"),
        RuleCase(
            "a compressed kernel", "tftpb 0x41000000 Image.gz\nbooti 0x41000000 - 0x42000000 #! UB-BOOTI-MAGIC error"),
        RuleCase(
            "a kernel that is moved",
            "tftpb 0x41001000 Image\ntftpb 0x42000000 wide.dtb\nbooti 0x41001000 - 0x42000000 #! UB-BOOTI-RELOC warning"
        ),
        RuleCase(
            "a kernel that is moved over the tree",
            "tftpb 0x41001000 Image\ntftpb 0x41400000 wide.dtb\nbooti 0x41001000 - 0x41400000 #! UB-BOOTI-RELOC error"),
        RuleCase(
            "a kernel that is moved over a module",
            Script.good.replacing("0x41400000", with: "0x41101000").replacing(
                "tftpb 0x40E00000", with: "tftpb 0x42E00000"
            )
            .replacing("0x0 0x40E00000", with: "0x0 0x42E00000") + " #! UB-BOOTI-RELOC error",
            files: ["xen": .kernel(0x1000, imageSize: 0x13_60c8)]),
        RuleCase(
            "a tree in the kernel's memory",
            "tftpb 0x41000000 Linux\ntftpb 0x41320000 board.dtb\n"
                + "booti 0x41000000 - 0x41320000 #! UB-BOOTI-FDT-OVERLAP error"
        ),
        RuleCase(
            "a ramdisk in the kernel's memory",
            """
            tftpb 0x41000000 Linux
            tftpb 0x41300000 ramdisk
            tftpb 0x42000000 wide.dtb
            booti 0x41000000 0x41300000:600 0x42000000 #! UB-BOOTI-RD-OVERLAP error
            """),
        RuleCase(
            "a ramdisk without a size",
            """
            tftpb 0x41000000 Linux
            tftpb 0x41400000 ramdisk
            tftpb 0x42000000 wide.dtb
            booti 0x41000000 0x41400000 0x42000000 #! UB-BOOTI-RD-FORMAT error
            """),
        RuleCase("no tree", "tftpb 0x41000000 Linux\nbooti 0x41000000 #! UB-BOOTI-NOFDT error"),
        RuleCase(
            "a tree that is none",
            "tftpb 0x41000000 Linux\ntftpb 0x42000000 ramdisk\nbooti 0x41000000 - 0x42000000 #! UB-BOOTI-NOFDT error"),
        RuleCase(
            "no memory for the tree",
            "tftpb 0x41000000 Linux\ntftpb 0x42000000 wide.dtb\nsetenv fdt_high 0x40001000\n"
                + "booti 0x41000000 - 0x42000000 #! UB-BOOTI-NOSPACE error"),
        RuleCase(
            "a good boot of Linux",
            """
            tftpb 0x41000000 Linux
            tftpb 0x41400000 ramdisk
            tftpb 0x42000000 wide.dtb
            booti 0x41000000 0x41400000:${filesize} 0x42000000
            """),
    ])
    func findsWhyAKernelDoesNotStart(_ example: RuleCase) throws { try example.check() }

    @Test func missingKernelIsNotReplacedByAModule() throws {
        let findings = try TestBoot().findings(Script.good.replacing("0x41400000 xen", with: "0x41400000 nothing"))
        #expect(TestBoot.summary(findings) == ["3 UB-FILE-MISSING error", "17 UB-BOOTI-MAGIC error"])
        #expect(findings.last?.fix == nil)
        let other = try TestBoot().findings(Script.good.replacing("booti 0x41400000", with: "booti 0x41600000"))
        #expect(other.last?.fix == "booti 0x41400000 - 0x41800000")
    }

    @Test func anotherTreeThanTheEditedOneIsFound() throws {
        let script = Script.good.replacing(
            "booti 0x41400000 - 0x41800000", with: "tftpb 0x42000000 board.dtb\nbooti 0x41400000 - 0x42000000")
        let findings = try TestBoot().findings(script)
        #expect(TestBoot.summary(findings) == ["18 UB-BOOTI-NOFDT error"])
        #expect(findings.first?.fix == "booti 0x41400000 - 0x41800000")
    }

    @Test func treeThatWasMovedAfterTheEditsIsTheEditedOne() throws {
        let script = Script.good.replacing(
            "booti 0x41400000 - 0x41800000", with: "fdt move 0x41800000 0x42000000 10000\nbooti 0x41400000 - 0x42000000"
        )
        #expect(try TestBoot().findings(script).isEmpty)
    }

    @Test func movedKernelNamesWhatItDestroys() throws {
        let script = "tftpb 0x41001000 Image\ntftpb 0x41400000 wide.dtb\nbooti 0x41001000 - 0x41400000"
        let finding = try #require(try TestBoot().findings(script).first)
        #expect(
            finding.message
                == "'booti' moves the kernel from 0x41001000 to [0x41200000, 0x41500000) "
                + "and destroys the device tree at 0x41400000"
        )
        #expect(finding.fix?.hasSuffix(" Image") ?? false)
    }

    @Test func ramdiskWithoutASizeGetsItsSize() throws {
        let script =
            "tftpb 0x41000000 Linux\ntftpb 0x41400000 ramdisk\ntftpb 0x42000000 wide.dtb\n"
            + "booti 0x41000000 0x41400000 0x42000000"
        #expect(try TestBoot().findings(script).first?.fix == "booti 0x41000000 0x41400000:0x600 0x42000000")
    }
}
