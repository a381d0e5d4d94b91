import Testing
import UBoot
import Verifier

struct LoadRulesTests {
    @Test(arguments: [
        RuleCase("a missing file", "tftpb 0x41000000 nothing #! UB-FILE-MISSING error"),
        RuleCase("a file outside of the folder", "tftpb 0x41000000 ../secret #! UB-FILE-MISSING error"),
        RuleCase(
            "a missing file in a condition", "if tftpb 0x41000000 nothing; then #! UB-FILE-MISSING info\necho a\nfi"),
        RuleCase("a missing file with a way out", "tftpb 0x41000000 nothing || echo a #! UB-FILE-MISSING info"),
        RuleCase("a network without a server", "setenv serverip\ntftpb 0x41000000 ramdisk #! UB-FILE-MISSING error"),
        RuleCase("no RAM below it", "tftpb 0x10000000 ramdisk #! UB-LOAD-NORAM error"),
        RuleCase("U-Boot's own memory", "tftpb 0xbe000000 ramdisk #! UB-LOAD-OVER-UBOOT error"),
        RuleCase("a file that ends in U-Boot", "tftpb 0xbdb00000 big #! UB-LOAD-OVER-UBOOT error"),
        RuleCase("a file that is there", "tftpb 0x41000000 ramdisk"),
    ])
    func findsLoadsThatFail(_ example: RuleCase) throws { try example.check() }

    @Test(arguments: [
        RuleCase(
            "a later file over a needed kernel",
            Script.good.replacing(
                "tftpb 0x41200000 ramdisk",
                with: "tftpb 0x41200000 ramdisk\ntftpb 0x41000000 big #! UB-LOAD-OVERLAP error"
            )
            .replacing("tftpb 0x41200000 ramdisk\n", with: "").replacing(
                "0x41200000 0x0 0x600>", with: "0x41000000 0x0 0x400000> #! XEN-MODULE-OVERLAP error"),
            files: ["xen": .kernel(0x11_0000, flags: 8)]),
        RuleCase("a file that is loaded twice", "tftpb 0x40E00000 ramdisk\n" + Script.good),
        RuleCase("a file over one that nobody needs", "tftpb 0x40E00000 big\n" + Script.good),
    ])
    func findsFilesThatAreOverwritten(_ example: RuleCase) throws {
        var example = example
        // Xen has to lie elsewhere than the large file.
        example.script = example.script.replacing("0x41400000", with: "0x41600000")
        try example.check()
    }

    @Test func overlapNamesBothFilesAndAFreePlace() throws {
        let script =
            "tftpb 0x41000000 Image\ntftpb 0x41200000 ramdisk\ntftpb 0x42000000 wide.dtb\nbooti 0x41000000 - 0x42000000"
        let findings = try TestBoot().findings(script)
        #expect(TestBoot.summary(findings) == ["2 UB-LOAD-OVERLAP error"])
        let finding = try #require(findings.first)
        #expect(
            finding.message
                == "'ramdisk' at [0x41200000, 0x41200600) overwrites 0x600 bytes of 'Image', "
                + "which the boot command needs"
        )
        #expect(finding.notes.map { $0.place?.line } == [1, 4])
        #expect(finding.fix == "tftpb 0x42200000 ramdisk")
        #expect(finding.range == AddressRange(start: 0x4120_0000, size: 0x600))
    }

    @Test func withoutABootPartialOverlapsAreWarnings() throws {
        let findings = try TestBoot().findings("tftpb 0x41000000 Image\ntftpb 0x41200000 ramdisk")
        #expect(TestBoot.summary(findings) == ["2 UB-LOAD-OVERLAP warning"])
        #expect(try TestBoot().findings("tftpb 0x41000000 Image\ntftpb 0x41000000 ramdisk").isEmpty)
    }

    @Test func missingFileAndItsModuleAreTwoFindings() throws {
        let findings = try TestBoot().findings(Script.good.replacing("0x41200000 ramdisk", with: "0x41200000 nothing"))
        #expect(TestBoot.summary(findings) == ["2 UB-FILE-MISSING error", "15 XEN-ADDR-UNLOADED error"])
        #expect(findings.last?.notes.last?.place?.line == 2)
    }

    @Test func loadsInALoopAreReportedOnce() throws {
        let findings = try TestBoot().findings("for i in 1 2 3; do\ntftpb 0x41000000 nothing\ndone")
        #expect(TestBoot.summary(findings) == ["2 UB-FILE-MISSING error"])
    }
}
