import Testing
import UBoot
import Verifier

struct ScriptRulesTests {
    @Test(arguments: [
        RuleCase("a good script has no finding", Script.good),
        RuleCase("an empty script has none either", "\n"),
        RuleCase("a single ampersand", "echo a\necho b & echo c #! UB-SYNTAX error\necho d"),
        RuleCase("a then without an if", "then echo a #! UB-SYNTAX error"),
        RuleCase("an if that is well formed", "if true; then\necho a\nfi"),
        RuleCase("exit at the end leaves nothing out", "echo a\nexit"),
        RuleCase(
            "exit in the middle",
            "if false || true; then\nexit 1 #! UB-EXIT-IGNORED warning\nfi\necho more"),
        RuleCase("exit in a branch that is not taken", "if false; then\nexit 1\nfi\necho more"),
        RuleCase("an expression that never ends", "setexpr x sub '(a*)*b' c aaa #! UB-HANG error"),
        RuleCase("an expression that ends", "setexpr x sub 'a*b' c aab"),
        RuleCase("memory that is not there", "md 0x20000000 1 #! UB-BUS-ERROR error"),
        RuleCase("memory that is there", "md 0x40000000 1"),
    ])
    func findsWhatEndsOrChangesAScript(_ example: RuleCase) throws { try example.check() }

    @Test func exitWorksAgainInLaterReleases() throws {
        var boot = TestBoot()
        boot.board.version = "2023.04"
        #expect(try boot.findings("exit\necho more").isEmpty)
    }

    @Test func exitInAVariableStopsNothingThere() throws {
        let findings = try TestBoot().findings("setenv x 'exit; echo b'\nrun x")
        #expect(TestBoot.summary(findings) == ["variable x:1 UB-EXIT-IGNORED warning"])
    }

    @Test func syntaxErrorInAVariableSaysWhereItWasRun() throws {
        let findings = try TestBoot().findings("setenv x 'if true; fi'\nrun x")
        #expect(TestBoot.summary(findings) == ["variable x:1 UB-SYNTAX error"])
        #expect(findings.first?.notes.first?.place?.line == 2)
    }

    @Test func unclosedConstructIsASyntaxError() throws {
        let findings = try TestBoot().findings("echo a\nif true; then\necho b\n")
        #expect(findings.map(\.rule) == ["UB-SYNTAX"])
    }

    @Test func windowsLineEndsGiveOneFinding() throws {
        let script = Script.good.split(separator: "\n").joined(separator: "\r\n") + "\r\n"
        let findings = try TestBoot().findings(script)
        #expect(findings.first?.rule == "UB-SCRIPT-CRLF")
        #expect(findings.filter { $0.rule == "UB-SCRIPT-CRLF" }.count == 1)
        #expect(findings.allSatisfy { $0.rule != "UB-FILE-MISSING" && $0.rule != "UB-FDT-BEFORE-ADDR" })
    }

    @Test func scriptInsideOfANeededFileIsAnError() throws {
        // The kernel is there before the script, as a loader leaves it.
        var boot = TestBoot()
        boot.board.presets.append(
            .init(label: "the kernel", address: 0x40E0_0000, bytes: .init(repeating: 1, count: 0x30_0000)))
        boot.scriptAddress = 0x40F0_0000
        let findings = try boot.findings(Script.good.replacing("tftpb 0x40E00000 Image", with: "echo"))
        #expect(findings.map(\.rule) == ["UB-SCRIPT-OVER-FILE"])
        #expect(findings.first?.severity == .error)
        #expect(findings.first?.range == AddressRange(start: 0x40F0_0000, size: findings.first?.range?.size ?? 0))
    }

    @Test func secondScriptOverANeededFileIsAnError() throws {
        let text = Script.good.replacing(
            "tftpb 0x41400000 xen", with: "tftpb 0x40F00000 more.scr\nsource 0x40F00000\ntftpb 0x41400000 xen")
        let boot = TestBoot(files: ["more.scr": try .script("echo more")])
        let findings = try boot.findings(text)
        #expect(TestBoot.summary(findings) == ["3 UB-SCRIPT-OVER-FILE error"])
    }

    @Test func loadOverTheRunningScriptIsOnlyNoted() throws {
        var boot = TestBoot()
        boot.scriptAddress = 0x40E0_1000
        let findings = try boot.findings(Script.good)
        #expect(TestBoot.summary(findings) == ["1 UB-SCRIPT-OVER-FILE info"])
    }

    @Test func endlessLoopNamesTheOption() throws {
        var boot = TestBoot()
        boot.limits.steps = 1000
        let findings = try boot.findings("echo a\nwhile true; do\ntrue\ndone")
        #expect(findings.map(\.rule) == ["UB-LIMIT"])
        #expect(findings.first?.fix?.contains("--max-steps") ?? false)
        #expect(findings.first?.place?.line ?? 0 >= 2)
    }

    @Test func endlessRecursionIsALimitToo() throws {
        let findings = try TestBoot().findings("setenv x 'run x'\nrun x")
        #expect(findings.map(\.rule) == ["UB-LIMIT"])
        #expect(findings.first?.message.contains("nested") ?? false)
    }
}
