import Testing
import UBoot
import Verifier

struct TreeRoomRulesTests {
    @Test(arguments: [
        RuleCase(
            "a load into the tree's room",
            Script.good.replacing(
                "setenv fdt_high", with: "tftpb 0x41800400 ramdisk #! UB-LOAD-OVER-FDT error\nsetenv fdt_high")),
        RuleCase(
            "a new tree that is chosen again",
            "tftpb 0x41800000 board.dtb\nfdt addr 0x41800000\n" + Script.good),
        RuleCase(
            "a new tree over an edited one",
            Script.good.replacing(
                "setenv fdt_high", with: "tftpb 0x41800000 board.dtb #! UB-LOAD-OVER-FDT error\nsetenv fdt_high")),
        RuleCase(
            "a file right behind the tree",
            Script.good.replacing("0x41200000", with: "0x41800400")
                .replacing("fdt resize 1024", with: "fdt resize 1024 #! UB-FDT-OVER-FILE error")),
        RuleCase("a file behind the room", Script.good.replacing("0x41200000", with: "0x41806000")),
        RuleCase(
            "a file in the room that only the boot needs",
            Script.good.replacing("0x41200000", with: "0x41804000")
                .replacing("fdt resize 1024", with: "fdt resize 1024 #! UB-FDT-OVER-FILE warning")),
    ])
    func findsFilesAndTreesThatMeet(_ example: RuleCase) throws { try example.check() }

    @Test func treeThatIsMovedOverAModuleIsFound() throws {
        let script = Script.good.replacing("0x41200000 ramdisk", with: "0xbd9b0000 big")
            .replacing("0x41200000 0x0 0x600", with: "0xbd9b0000 0x0 0x400000")
            .replacing("setenv fdt_high 0xffffffffffffffff\n", with: "")
        let findings = try TestBoot().findings(script)
        #expect(TestBoot.summary(findings) == ["16 UB-FDT-OVER-FILE error"])
        #expect(findings.first?.fix == "setenv fdt_high 0xffffffffffffffff")
    }

    @Test func treeAtAnOddAddressIsFound() throws {
        let findings = try TestBoot().findings(Script.good.replacing("0x41800000", with: "0x41800004"))
        #expect(TestBoot.summary(findings) == ["17 UB-FDT-ALIGN error"])
        #expect(findings.first?.fix == "tftpb 0x41801000 board.dtb")
    }

    @Test func movedTreeIsAligned() throws {
        let script = Script.good.replacing("0x41800000", with: "0x41800004")
            .replacing("setenv fdt_high 0xffffffffffffffff\n", with: "")
        #expect(try TestBoot().findings(script).isEmpty)
    }
}
