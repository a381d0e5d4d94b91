import Testing
import UBoot
import Verifier

struct CommandRulesTests {
    @Test(arguments: [
        RuleCase("a missing address", "tftpb ${nowhere} ramdisk #! UB-VAR-UNSET error"),
        RuleCase("a missing file name", "tftpb 0x41000000 ${nothing} #! UB-VAR-UNSET error"),
        RuleCase("a missing tree", "fdt addr ${nowhere} #! UB-VAR-UNSET error"),
        RuleCase("a quoted missing word", "run \"${nothing}\" #! UB-VAR-UNSET error"),
        RuleCase("a missing operand", "setexpr x ${nothing} + 1 #! UB-VAR-UNSET error"),
        RuleCase("a part of a name may be empty", "tftpb 0x41000000 ${prefix}ramdisk #! UB-VAR-UNSET warning"),
        RuleCase("a part of a name that then is wrong", "tftpb 0x41000000 ${prefix}nothing #! UB-VAR-UNSET error"),
        RuleCase("a tested command", "if tftpb 0x41000000 ${nothing}; then #! UB-VAR-UNSET info\necho a\nfi"),
        RuleCase("commands that need no address", "echo ${a}\nsetenv b ${a}\ntest -n ${a} || echo c\nprintenv b"),
        RuleCase("a default", "tftpb ${nowhere:-0x41000000} ramdisk"),
        RuleCase("a variable with a value", "setenv a 0x41000000\ntftpb ${a} ramdisk"),
    ])
    func findsVariablesWithoutAValue(_ example: RuleCase) throws { try example.check() }

    @Test(arguments: [
        RuleCase("cells", ##"fdt set /chosen reg <0x0 ${a}> #! UB-VAR-UNSET error"##),
        RuleCase("text", ##"fdt set /chosen bootargs "console=ttyAMA0 ${a}" #! UB-VAR-UNSET warning"##),
        RuleCase("a path", ##"fdt set /chosen/${a} bootargs "x" #! UB-VAR-UNSET warning"##),
    ])
    func treeValuesThatAreTextMayLackAPart(_ example: RuleCase) throws {
        var example = example
        example.script = "tftpb 0x41000000 wide.dtb\nfdt addr 0x41000000\n" + example.script
        try example.check()
    }

    @Test func bootCommandThatLostItsTreeHasOneFinding() throws {
        let script = Script.good.replacing("booti 0x41400000 - 0x41800000", with: "booti 0x41400000 - ${fdt_addr}")
        #expect(TestBoot.summary(try TestBoot().findings(script)) == ["17 UB-VAR-UNSET error"])
    }

    @Test(arguments: [
        RuleCase("an unknown command", "mmc dev 0 #! UB-CMD-UNAVAILABLE error\nmmc rescan\nmmc list"),
        RuleCase(
            "two unknown commands", "mmc dev 0 #! UB-CMD-UNAVAILABLE error\nusb start #! UB-CMD-UNAVAILABLE error"),
        RuleCase("a tested one", "if mmc dev 0; then #! UB-CMD-UNAVAILABLE info\necho a\nfi"),
        RuleCase("tested once, and once not", "mmc dev 0 || echo a\nmmc dev 0 #! UB-CMD-UNAVAILABLE error"),
        RuleCase(
            "a subcommand that was left out",
            "tftpb 0x41000000 wide.dtb\nfdt addr 0x41000000\nfdt apply 0x42000000 #! UB-CMD-UNAVAILABLE error"),
        RuleCase(
            "a subcommand that nobody has",
            "tftpb 0x41000000 wide.dtb\nfdt addr 0x41000000\nfdt frob / #! UB-CMD-UNAVAILABLE error"),
        RuleCase("short names", "tftp 0x41000000 ramdisk\nsetexp x 1 + 1"),
        RuleCase("what ibtest lacks", "bootefi hello #! UB-CMD-UNSIMULATED error\nbootefi hello"),
        RuleCase("what ibtest lacks, tested", "bootefi hello || true #! UB-CMD-UNSIMULATED error"),
    ])
    func findsCommandsThatAreNotThere(_ example: RuleCase) throws { try example.check() }

    @Test(arguments: [
        RuleCase("too many words", "tftpboot 0x41000000 ramdisk x #! UB-CMD-USAGE error"),
        RuleCase("too few words", "setexpr x 1 + #! UB-CMD-USAGE error\nsetexpr x 1 +"),
        RuleCase("tested", "if setexpr x; then #! UB-CMD-USAGE info\necho a\nfi"),
        RuleCase("the right words", "setexpr x 1 + 1"),
    ])
    func findsWrongCalls(_ example: RuleCase) throws { try example.check() }

    @Test(arguments: [("tftpbot 0x41000000 ramdisk", "'tftpboot'"), ("ftd addr", "'fdt'"), ("bot", nil), ("mmc", nil)])
    func suggestsOnlyNearNames(line: String, name: String?) throws {
        let fix = try TestBoot().findings(line).first?.fix
        #expect(fix.map { text in name.map { text.contains($0) } ?? false } ?? (name == nil), "\(fix ?? "nothing")")
    }

    @Test func repeatedUsesAreCounted() throws {
        let findings = try TestBoot().findings("mmc dev 0\nmmc rescan\nmmc list")
        #expect(findings.first?.message == "the U-Boot of 'virt' has no command 'mmc', and 2 more uses")
    }
}
