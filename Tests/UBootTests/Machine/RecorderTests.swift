import Foundation
import Testing

@testable import UBoot

struct RecorderTests {
    @Test func onlySoManyCommandsAreKept() throws {
        var limits = Limits()
        limits.recordedCommandCount = 3
        var machine = try TestBoard.machine(limits: limits)
        machine.type(line: "for i in 1 2 3 4 5 6; do echo $i; nosuch; done")
        let record = machine.record(input: "x", ending: .prompt)
        #expect(record.commands.count == 3)
        #expect(record.commandCount >= 12)
    }

    @Test(
        arguments: [
            ("echo", .done), ("nosuch", .unknown), ("dm tree", .unsimulated), ("setenv", .usage),
            ("fdt addr 48000000; fdt apply 1", .unavailable),
        ] as [(String, CommandRecord.Outcome)])
    func outcomesAreTold(_ line: String, _ outcome: CommandRecord.Outcome) throws {
        var machine = try TestBoard.machine(with: [(TestTree.board, 0x4800_0000)])
        machine.type(line: line)
        #expect(machine.recorder.commands.last?.outcome == outcome)
    }

    @Test func outputsBelongToTheirCommands() throws {
        var machine = try TestBoard.machine()
        machine.type(line: "echo a; setenv x 'echo b; echo c'; run x")
        let record = machine.record(input: "x", ending: .prompt)
        #expect(record.commands.map { record.output(of: $0) } == ["a\n", "", "b\nc\n", "b\n", "c\n"])
        #expect(record.commands.map(\.status) == [0, 0, 0, 0, 0])
    }

    @Test func theRecordSurvivesJSON() throws {
        var machine = try TestBoard.machine(with: BootImageCommandTests.presets)
        machine.type(line: "mw 50000000 1; echo 'ü'; fdt addr 48000000; fdt set / a <1>; booti 40400000 - 48000000")
        let record = machine.record(input: "x", ending: .handOff)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let data = try encoder.encode(record)
        let again = try JSONDecoder().decode(BootRecord.self, from: data)
        #expect(try encoder.encode(again) == data)
        #expect(again.handOff == record.handOff)
        #expect(again.console == record.console)
    }

    @Test func syntaxErrorsAreNoted() throws {
        var machine = try TestBoard.machine()
        machine.type(line: "setenv a 'echo; then'")
        machine.type(line: "run a")
        #expect(machine.recorder.events.map(\.kind) == [.syntaxError])
        #expect(machine.recorder.events.first?.place == ScriptPlace(source: "variable a", line: 1, column: 7))
        #expect(machine.recorder.events.first?.callers.count == 1)
    }

    @Test(arguments: [(0, 0), (5, 3), (100, 3)])
    func listsOfEventsAreBounded(_ count: Int, _ kept: Int) throws {
        var recorder = Recorder(limit: 3)
        let load = FailedLoad(
            command: 0, place: ScriptPlace(source: "", line: 1, column: 1), file: "f",
            range: AddressRange(start: 0, size: 0), reason: .noRAM)
        for _ in 0..<count { recorder.note(load, in: \.failedLoads) }
        #expect(recorder.failedLoads.count == kept)
    }
}
