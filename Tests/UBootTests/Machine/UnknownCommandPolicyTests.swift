import Testing

@testable import UBoot

/// What comes of words that are no commands of the board.
struct UnknownCommandPolicyTests {
    private static func run(
        _ lines: String, _ policy: UnknownCommandPolicy
    ) throws -> (typed: [Machine.TypedCommand], record: BootRecord) {
        var description = MachineDescription(
            name: "test", version: "2023.01", banks: [.init(kind: .ram, range: .init(start: 0, size: 1 << 20))])
        description.commands = ["echo", "nvme", "fdt"]
        var machine = try Machine(description)
        machine.unknownCommands = policy
        let (typed, ending) = machine.type(Array(lines.utf8), source: "test")
        return (typed, machine.record(input: "test", ending: ending))
    }

    @Test func theBoardAnswers() throws {
        let (typed, record) = try Self.run("hdmitx get && echo yes\necho $?\n", .board)
        #expect(typed.map(\.output) == ["Unknown command 'hdmitx' - try 'help'\n", "1\n"])
        #expect(record.notExecuted.map(\.reason) == [.unknown])
    }

    @Test func ignoredOnesSucceedAndAreListed() throws {
        let (typed, record) = try Self.run("hdmitx get && echo yes\nhdmitx set; dmc; fdt apply 0\n", .ignore)
        #expect(typed.first?.output == "yes\n")
        #expect(record.notExecuted.map(\.word) == ["hdmitx", "dmc"])
        #expect(record.notExecuted.map(\.count) == [2, 1])
        #expect(record.notExecuted.map(\.place.line) == [1, 2])
        #expect(record.commands.map(\.outcome).filter { $0 == .ignored }.count == 3)
        #expect(record.ending == .prompt)
        #expect(!record.wasStopped)
    }

    @Test func anErrorEndsTheSimulation() throws {
        let (typed, record) = try Self.run("echo a\nif hdmitx get; then echo b; fi\necho c\n", .error)
        #expect(typed.map(\.output) == ["a\n", "Unknown command 'hdmitx' - try 'help'\n"])
        #expect(typed.last?.status == nil)
        #expect(record.ending == .unknownCommand("hdmitx"))
        #expect(record.wasStopped)
    }
}
