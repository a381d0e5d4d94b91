import BootImages
import Testing

@testable import UBoot

struct LimitsTests {
    private func limits(steps: Int = 20_000, nesting: Int = 200, output: Int = 1 << 16) -> Limits {
        var limits = Limits()
        limits.steps = steps
        limits.nesting = nesting
        limits.outputByteCount = output
        return limits
    }

    private func ending(_ line: String, _ limits: Limits) throws -> BootRecord.Ending {
        var machine = try TestBoard.machine(limits: limits)
        return machine.type(Array(line.utf8), source: "<prompt>").ending
    }

    private func ending(script: String, _ limits: Limits) throws -> BootRecord.Ending {
        let image = try ScriptImage.encode(text: Array(script.utf8))
        var machine = try TestBoard.machine(with: [(image, 0x5000_0000)], limits: limits)
        return machine.source(at: 0x5000_0000)
    }

    @Test(arguments: [
        "while true; do true; done", "until false; do true; done", "while true; do; done",
        "while true; do false; done", "setenv a 'while true; do true; done'; run a",
        "while true; do for i in 1 2; do true; done; done",
    ])
    func endlessLoopsAreStopped(_ line: String) throws {
        #expect(try ending(line, limits()) == .limit(.steps))
    }

    @Test(arguments: [
        "setenv a run a; run a", "setenv a 'if true; then run a; fi'; run a", "setenv a run b; setenv b run a; run a",
        "setenv a 'for i in 1; do run a; done'; run a", "setenv a 'x=a; run $x'; run a", "setenv bootcmd boot; boot",
        "setenv a 'env run a'; run a",
    ])
    func endlessRecursionIsStopped(_ line: String) throws {
        #expect(try ending(line, limits()) == .limit(.nesting))
    }

    @Test func aScriptThatSourcesItselfIsStopped() throws {
        #expect(try ending(script: "source 50000000", limits(output: 1 << 20)) == .limit(.nesting))
    }

    @Test(arguments: ["if true; then ", "while true; do ", "for i in 1; do ", "if "])
    func deepConstructsAreStopped(_ part: String) throws {
        #expect(try ending(script: String(repeating: part, count: 10_000), limits()) == .limit(.nesting))
        var machine = try TestBoard.machine(limits: limits())
        machine.environment.set("a", ByteString(utf8: String(repeating: part, count: 10_000)))
        let answer = machine.type(Array("run a".utf8), source: "<prompt>")
        #expect(answer.ending == .limit(.nesting))
    }

    @Test(arguments: [
        "\"'", "'\"", "\"", "\\", "${", "$", "`", "(", "&&", ";", "\n", "# ", "'a'\"b\"", "a=", "\" '\" ",
    ])
    func longRunsOfSignsDoNoHarm(_ part: String) throws {
        let text = String(repeating: part, count: 10_000)
        _ = try ending(script: text, limits())
        _ = try ending(script: "echo " + text, limits())
        #expect(try ending(script: "echo " + text + "\n", limits(output: 1)) != .handOff)
    }

    @Test(arguments: [
        "while true; do echo a long line of text that fills the console in the end; done", "md 40000000 100000",
        "while true; do help; done",
    ])
    func endlessOutputIsStopped(_ line: String) throws {
        #expect(try ending(line, limits(steps: 1_000_000)) == .limit(.output))
    }

    @Test func theLimitsAreNotReachedByWhatIsAllowed() throws {
        let deep = String(repeating: "if true; then ", count: 150) + "echo deep" + String(repeating: "; fi", count: 150)
        try Exchange(script: deep, "source 50000000", "## Executing script at 50000000\ndeep\n").check()
    }

    @Test func nestedRunsNeedNoLongStack() throws {
        var machine = try TestBoard.machine()
        for index in 0..<190 { machine.environment.set("v\(index)", "if true; then run v\(index + 1); fi") }
        machine.environment.set("v190", "echo end")
        let answer = machine.type(Array("run v100".utf8), source: "<prompt>")
        #expect(answer.commands.first?.output == "end\n")
    }
}
