import BootImages
import Testing

@testable import UBoot

struct SessionTests {
    @Test func eachLineHasItsOutputAndStatus() throws {
        var machine = try TestBoard.machine()
        let answer = machine.type(Array("echo a\nfalse\nif true\nthen echo b\nfi\n".utf8), source: "<prompt>")
        #expect(answer.ending == .prompt)
        #expect(answer.commands.map(\.command) == ["echo a", "false", "if true\nthen echo b\nfi"])
        #expect(answer.commands.map(\.output) == ["a\n", "", "b\n"])
        #expect(answer.commands.map(\.status) == [0, 1, 0])
    }

    @Test(arguments: [
        ("", 0), ("\n", 1), ("echo", 1), ("echo\n", 1), ("echo\n\n", 2), ("if true", 1), ("echo 'a\nb'", 1),
    ])
    func linesAreCounted(_ text: String, _ count: Int) throws {
        var machine = try TestBoard.machine()
        let answer = machine.type(Array(text.utf8), source: "<prompt>")
        #expect(answer.commands.count == count)
    }

    @Test(arguments: [
        ("echo a\n", false), ("if true; then\n", true), ("if true; then\nfi\n", false), ("echo 'a\n", true),
        ("echo \"a\n", true), ("echo \"a\nb\"\n", false), ("echo ${a\n", true), ("echo a &\n", false),
        ("if true; then\necho a &\n", false), ("then\n", false), ("fi\n", false), ("\n", false), ("", false),
        ("# 'a\n", false), ("echo a \\\n", true), ("while true\n", true), ("for i in a b; do\n\n", true),
    ])
    func aLineIsOpenInsideOfAConstructOrQuote(_ lines: String, _ isOpen: Bool) throws {
        #expect(try TestBoard.machine().isOpen(Array(lines.utf8)) == isOpen)
    }

    @Test func anEmptyLineRepeatsAlsoWhenItIsTypedLater() throws {
        var machine = try TestBoard.machine()
        _ = machine.type(Array("echo a\n".utf8), source: "<prompt>")
        #expect(machine.type([10], source: "<prompt>", firstLine: 2).commands.first?.output == "a\n")
        machine.interruptLine()
        #expect(machine.type([10], source: "<prompt>", firstLine: 3).commands.first?.output == "")
        #expect(machine.recorder.commands.map(\.place.line) == [1, 2])
    }

    /// As the real U-Boot answers; lines are typed one by one as well as all at once.
    @Test(arguments: [
        (["if true; then", "echo a", "fi", "", "fi", "", "echo k", "fi"], ["a\n", "a fi\n", "a fi fi\nk\n"]),
        (["if true; then", "echo a;", "", "fi", "", ""], ["a\n", "a\n", "a\n"]),
        (["echo 'a", "", "b'", ""], ["a\n\nb\n", "a b\n"]),
        (
            ["echo '" + Self.a(249), Self.b(253) + "'", ""],
            [Self.a(249) + "\n" + Self.b(253) + "\n", Self.a(249) + " " + Self.b(253) + "\n"]
        ),
        (["echo '" + Self.a(249), Self.b(254) + "'", ""], [Self.a(249) + "\n" + Self.b(254) + "\n", ""]),
    ])
    func anEmptyLineRepeatsAConstructAsOneLine(_ lines: [String], _ outputs: [String]) throws {
        var machine = try TestBoard.machine()
        let text = lines.map { $0 + "\n" }.joined()
        #expect(machine.type(Array(text.utf8), source: "<prompt>").commands.map(\.output.display) == outputs)
        machine = try TestBoard.machine()
        var answers: [String] = []
        var open: [UInt8] = []
        for line in lines {
            open += Array("\(line)\n".utf8)
            guard !machine.isOpen(open) else { continue }
            answers += machine.type(open, source: "<prompt>").commands.map(\.output.display)
            open = []
        }
        #expect(answers == outputs)
    }

    private static func a(_ count: Int) -> String { String(repeating: "a", count: count) }
    private static func b(_ count: Int) -> String { String(repeating: "b", count: count) }

    @Test func linesBehindARepeatedConstructKeepTheirNumbers() throws {
        var machine = try TestBoard.machine()
        _ = machine.type(Array("if true; then\necho a\nfi\n\nfi\nfalse\n".utf8), source: "<prompt>")
        #expect(machine.recorder.commands.last?.place.line == 6)
    }

    @Test func aTypedLineHas511Bytes() throws {
        var machine = try TestBoard.machine()
        let line = "echo " + String(repeating: "a", count: 600)
        let output = machine.type(Array(line.utf8), source: "<prompt>").commands.first?.output
        #expect(output?.count == 511 - 5 + 1)
    }

    @Test func anEmptyLineRepeatsWhatCanBeRepeated() throws {
        try Exchange(
            "md.b 0 1\n\n",
            "00000000: 0a" + String(repeating: " ", count: 47) + ".\n"
                + "00000001: 00" + String(repeating: " ", count: 47) + ".\n"
        ).check()
        try Exchange("setenv a 1\n\n", "").check()
        let unknown = "Unknown command 'nosuch' - try 'help'\n"
        try Exchange("nosuch\n\n", unknown + unknown, 1).check()
        try Exchange("setenv a 'b;c'; $a\n\n", "Unknown command 'b;c' - try 'help' or use 'run' command\n", 1).check()
    }

    @Test func aResetEndsTheSession() throws {
        var machine = try TestBoard.machine()
        let answer = machine.type(Array("echo a\nreset\necho b\n".utf8), source: "<prompt>")
        #expect(answer.commands.map(\.status) == [0, nil])
        #expect(answer.ending == .reset("the command 'reset'"))
        let isBack = machine.type(line: "echo still")
        #expect(isBack)
    }

    @Test func scriptsAreSourcedFromOutside() throws {
        var machine = try TestBoard.machine(with: [
            (TestImage.legacy(.script, [0, 0, 0, 6, 0, 0, 0, 0] + Array("echo a".utf8)), 0x5000_0000)
        ])
        let ending = machine.source(at: 0x5000_0000)
        #expect(ending == .prompt)
        #expect(machine.console.text(from: 0) == "## Executing script at 50000000\na\n")
        let aborted = machine.source(at: 0xf000_0000)
        #expect(aborted != .prompt)
    }

    @Test func filesArePlacedLikeLoads() throws {
        var machine = try TestBoard.machine()
        let isPlaced = try machine.place([1, 2, 3], file: "f", path: "/f", at: 0x5000_0000)
        #expect(isPlaced)
        #expect(machine.environment["filesize"] == "3" && machine.environment["fileaddr"] == "50000000")
        #expect(machine.recorder.loads.map(\.file) == ["f"])
        let refused = [
            try machine.place([1], file: "f", path: nil, at: 0x100),
            try machine.place([1], file: "f", path: nil, at: TestBoard.reserved.start),
            try machine.place([], file: "f", path: nil, at: 0x5000_0000),
        ]
        #expect(refused == [false, false, false])
    }
}
