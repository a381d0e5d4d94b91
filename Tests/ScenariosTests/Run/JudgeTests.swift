import Testing

@testable import Scenarios

struct JudgeTests {
    private static let scenario = """
        artifacts: {xen: {file: xen}}
        config: config
        expect:
          dom0: [HELLO, {fact: iomem}]
          domU0: [one, {match: "^two$"}, {never: bad}]
        """

    /// Texts as they come on the serial line, behind the start of the script.
    private func judge(
        _ text: String, expectedFailures: Set<String>? = nil, scenario: String = scenario,
        findings: [PreparedBoot.Simulated] = []
    ) throws -> (judge: Judge, failure: RunResult.Failure) {
        let scenario = try Scenario(text: Array(scenario.utf8), path: "s.yaml", name: "s")
        var judge = Judge(scenario, names: [0: "dom0", 1: "domU1", 2: "domU0"], expectedFailures: expectedFailures)
        judge.hasStarted = true
        var splitter = SerialSplitter(.xen(hasDom0: true))
        var assemblers: [SerialSource: LineAssembler] = [:]
        let wire = text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
        for piece in splitter.split(Array(wire.utf8)) {
            var assembler = assemblers[piece.source] ?? LineAssembler(source: piece.source)
            for line in assembler.add(piece.bytes, offset: 0, seconds: 1) { judge.take(line) }
            assemblers[piece.source] = assembler
        }
        let report = FailureReport(judge: judge, findings: findings, phase: "domains", limit: nil, ending: nil)
        return (judge, report.failure())
    }

    private static let start = """
        Starting kernel ...

        (XEN) Xen version 4.17
        (XEN) *** Serial input to DOM0 (type 'CTRL-a' three times to switch input)

        """

    @Test func domainsAreUnorderedAndEachIsOrdered() throws {
        let all = "(XEN) DOM2: one\niomem\n(XEN) DOM2: two\nHELLO\n"
        #expect(try judge(Self.start + all).judge.isComplete)
        let swapped = "(XEN) DOM2: two\niomem\n(XEN) DOM2: one\nHELLO\n"
        #expect(try judge(Self.start + swapped).judge.domains.map(\.isComplete) == [true, false])
    }

    @Test func namesFollowTheNumbersOfTheTree() throws {
        let other = "(XEN) DOM1: one\n(XEN) DOM1: two\n"
        #expect(try judge(Self.start + other).judge.domains[1].missing.map(\.text) == ["one", "^two$"])
    }

    @Test(arguments: [
        ("(XEN) DOM2: bad thing\n", FailureKind.guest, "domU0 wrote what it must not: \"bad\""),
        ("[    3.1] Kernel panic - not syncing: VFS\n", .guest, "Kernel panic - not syncing: VFS"),
        (
            "[    3.0] VFS: Unable to mount root fs\n[    3.1] Kernel panic - not syncing: x\n", .guest,
            "VFS: Unable to mount root fs"
        ),
        ("(XEN) DOM1: [    3.1] Kernel panic - not syncing: x\n", .guest, "Kernel panic - not syncing: x"),
        (
            "(XEN) ****************************************\n(XEN) Panic on CPU 0:\n(XEN) Could not set up domain domU0 (rc = -22)\n",
            .hypervisor, "Xen panics: Could not set up domain domU0 (rc = -22)"
        ),
        (
            "(XEN) Missing kernel boot module?\n(XEN) Panic on CPU 0:\n(XEN) Could not set up domain domU0\n",
            .hypervisor, "Missing kernel boot module?"
        ),
        ("(XEN) Xen BUG at common/page_alloc.c:1425\n", .hypervisor, "Xen BUG at common/page_alloc.c:1425"),
    ])
    func firstCauseIsNamed(_ text: String, _ kind: FailureKind, _ cause: String) throws {
        let failure = try judge(Self.start + text).failure
        #expect(failure.kind == kind)
        #expect(failure.cause == cause)
    }

    /// A rule, what it says, what is observed, and which of them is the first cause.
    @Test(arguments: [
        ("XEN-SIZE-SHORT", "/chosen/domU0/module0 is short", "Could not set up domain domU0 (rc = -22)", true),
        ("XEN-SIZE-SHORT", "/chosen/domU0/module0 is short", "Missing property 'cpus' for domain domU0", false),
        ("XEN-SIZE-ZERO", "/chosen/domU0/module0 is empty", "Missing kernel boot module?", true),
        ("XEN-CONSOLE", "Xen has no console", "Could not set up domain domU0 (rc = -22)", false),
    ])
    func simulationAndObservationAgreeOrNot(
        _ rule: String, _ message: String, _ panic: String, _ isFinding: Bool
    ) throws {
        let finding = PreparedBoot.Simulated(rule: rule, severity: "error", message: message, place: "boot.source:1:1")
        let text = Self.start + "(XEN) Panic on CPU 0:\n(XEN) \(panic)\n(XEN) Reboot in five seconds...\n"
        let (_, failure) = try judge(text, findings: [finding])
        #expect(failure.cause == (isFinding ? "\(message) [\(rule)]" : "Xen panics: \(panic)"))
        #expect(failure.consequence == (isFinding ? "Xen panics: \(panic)" : nil))
    }

    @Test func endOfTheEmulatorIsNoFaultOfTheScript() throws {
        let finding = PreparedBoot.Simulated(rule: "XEN-SIZE-SHORT", severity: "error", message: "is short")
        let (judge, failure) = try judge(Self.start, findings: [finding])
        #expect(failure.cause == "is short [XEN-SIZE-SHORT]")
        let report = FailureReport(
            judge: judge, findings: [finding], phase: "domains", limit: nil, ending: ("killed", .harness))
        #expect(report.failure().cause == "killed")
        #expect(report.failure().kind == .harness)
    }

    @Test(arguments: [("domU0", true), ("domU1", false)])
    func findingExplainsItsOwnDomain(_ name: String, _ isFinding: Bool) throws {
        let message = "/chosen/\(name)/module1 is short"
        let finding = PreparedBoot.Simulated(rule: "XEN-SIZE-SHORT", severity: "error", message: message)
        let (_, failure) = try judge(
            Self.start + "(XEN) DOM2: [    3.1] Kernel panic - not syncing: VFS\n", findings: [finding])
        #expect(failure.cause.hasPrefix(message) == isFinding)
        #expect(failure.domain == "domU0")
    }

    @Test func boardThatStartsAgainIsNamed() throws {
        #expect(try judge(Self.start + "U-Boot 2023.01\n").failure.cause == "the board was reset: U-Boot starts again")
    }

    private static let missing = "Filename 'Image'.\nTFTP error: 'File not found' (1)\n"

    @Test func missingFileIsNamed() throws {
        let panic = Self.start + "(XEN) Panic on CPU 0:\n(XEN) Could not set up domain domU0\n"
        let (judge, failure) = try judge(Self.missing + panic)
        #expect(judge.fatal != nil)
        #expect(failure.kind == .script)
        #expect(failure.cause == "the TFTP server has no file \"Image\"")
        #expect(failure.consequence == "Xen panics: Could not set up domain domU0")
        #expect(failure.places == ["firmware.log:3"])
    }

    @Test func missingFileThatTheScriptExpectsIsNone() throws {
        #expect(try judge(Self.missing, expectedFailures: ["Image"]).judge.fatal == nil)
    }

    @Test(arguments: [
        "(XEN) d1v0: vGICD: unhandled word write\n", "[    1.0] watchdog: not found\n", "[    1.0] x: BUG: no\n",
        "(XEN) DOM1: echo Kernel panic - not syncing\n", "Kernel command line: panic=1\n",
        "(XEN) DOM1: U-Boot 2023.01 is a guest here\n",
    ])
    func harmlessTextsAreNoFailures(_ text: String) throws {
        #expect(try judge(Self.start + text).judge.symptoms.isEmpty)
    }

    @Test(arguments: [("xen-4.17", false), ("xen-4.20", true), (nil, false)])
    func releaseIsTheTargets(_ target: String?, _ isWrong: Bool) throws {
        let text = (target.map { "target: \($0)\n" } ?? "") + Self.scenario
        let (_, failure) = try judge(Self.start, scenario: text)
        let cause = "the scenario's target is Xen 4.20, but this is Xen 4.17"
        #expect((failure.cause == cause) == isWrong)
        if isWrong { #expect(failure.kind == .artifact && failure.places == ["xen.log:2"]) }
    }

    @Test func linesAroundTheCauseAreShown() throws {
        let before = (1...9).map { "(XEN) before \($0)\n" }.joined()
        let after = (1...20).map { "(XEN) after \($0)\n" }.joined()
        let (_, failure) = try judge(Self.start + before + "(XEN) Xen BUG at x.c:1\n" + after)
        #expect(failure.cause == "Xen BUG at x.c:1")
        #expect(failure.places == ["xen.log:13"])
        #expect(failure.evidence.count == 12)
        #expect(failure.evidence.first == "xen:8: before 5" && failure.evidence.last == "xen:19: after 6")
    }
}
