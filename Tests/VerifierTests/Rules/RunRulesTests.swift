import Testing
import Verifier

/// Rules that only runs apply.
struct RunRulesTests {
    private static let console = "fdt set /chosen stdout-path serial0:115200n8\n"
    private static let other = [
        "Image": TestFile.bytes(Array("\u{7f}ELF".utf8) + [UInt8](repeating: 0, count: 0x2f_fffc))
    ]

    private static let examples = [
        RuleCase("an alias as console", Script.with(console + Script.dom0)),
        RuleCase(
            "a path as console", Script.with(Script.dom0).replacing("dom0_mem", with: "dtuart=/serial@9000000 dom0_mem")
        ),
        RuleCase(
            "no console at all",
            Script.with(Script.dom0).replacing("\"dom0_mem=512M\"", with: "\"dom0_mem=512M\" #! XEN-CONSOLE error")),
        RuleCase(
            "a console without its unit address",
            Script.with(console + "fdt set /chosen stdout-path /serial #! XEN-CONSOLE error\n" + Script.dom0)),
        RuleCase(
            "a console that is taken away",
            Script.with(console + "fdt rm /chosen stdout-path\n" + Script.dom0)
                .replacing("\"dom0_mem=512M\"", with: "\"dom0_mem=512M\" #! XEN-CONSOLE error")),
        RuleCase(
            "an alias that is not there",
            Script.with(console + Script.dom0).replacing(
                "\"dom0_mem=512M\"", with: "\"dtuart=serial1 dom0_mem=512M\" #! XEN-CONSOLE error")),
        RuleCase(
            "a disabled console",
            Script.with(console + "fdt set /serial@9000000 status disabled\n" + Script.dom0)
                .replacing("serial0:115200n8", with: "serial0:115200n8 #! XEN-CONSOLE error")),
        RuleCase(
            "a boot that is refused",
            Script.with(Script.dom0, boot: "booti 0x41200000 - 0x41800000 #! UB-BOOTI-MAGIC error")),
        RuleCase(
            "Linux without Xen",
            "tftpb 0x41000000 Linux\ntftpb 0x42000000 wide.dtb\nfdt addr 0x42000000\n"
                + "fdt set /chosen bootargs a\nbooti 0x41000000 - 0x42000000"),
        RuleCase(
            "kernels of another kind",
            Script.with(console + Script.dom0 + "\n" + DomainRulesTests.domain)
                .replacing("0x0 0x300000>", with: "0x0 0x300000> #! XEN-KERNEL-FORMAT error"), files: other),
        RuleCase(
            "a packed kernel",
            Script.with(console + Script.dom0, loads: Script.loads.replacing(" Image", with: " Image.gz"))
                .replacing("0x0 0x300000>", with: "0x0 0x64>")),
    ]

    @Test(arguments: examples)
    func runsAreLookedAtMoreClosely(_ example: RuleCase) throws { try example.check(TestBoot(isForRun: true)) }

    /// A test of a config may have made-up kernels, and a tree that is not the board's.
    @Test(arguments: examples)
    func simulationsAreNot(_ example: RuleCase) throws {
        let found = try TestBoot(files: example.files).findings(example.script).map(\.rule)
        #expect(!found.contains("XEN-CONSOLE"))
        #expect(!found.contains("XEN-KERNEL-FORMAT"))
    }
}
