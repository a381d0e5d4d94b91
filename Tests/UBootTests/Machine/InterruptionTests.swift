import Testing

@testable import UBoot

/// Ctrl-C while a line runs; the answers behind `go` are those of the real U-Boot 2023.01 and 2025.01.
struct InterruptionTests {
    /// A machine at whose console Ctrl-C is typed as often as given when `go` is printed for the first time.
    private static func run(_ lines: String, asking count: Int) throws -> (output: String, status: Int?) {
        var machine = try TestBoard.machine()
        let interruption = Interruption()
        machine.interruption = interruption
        machine.watchConsole { piece in
            guard piece.starts(with: Array("go".utf8)), !interruption.isAsked else { return }
            for _ in 0..<count { interruption.ask() }
        }
        let answer = machine.type(Array(lines.utf8), source: "<prompt>")
        #expect(answer.ending == .prompt)
        return (answer.commands.map(\.output.display).joined(), answer.commands.last?.status)
    }

    @Test(arguments: [
        ("while true; do echo go; done", "go\n", 1),
        ("until false; do echo go; done", "go\n", 1),
        ("for i in 1 2; do echo go; done", "go\n", 1),
        ("while true; do echo go; done; for i in 1 2; do echo $i; done; echo x", "go\nx\n", 0),
        ("while true; do while true; do echo go; done; echo outer; done; echo z", "go\nouter\nz\n", 0),
        ("for i in a b; do while true; do echo go; done; echo $?; done; echo end $?", "go\n1\nend 1\n", 0),
        ("until false; do echo go; done && echo and || echo or; echo next", "go\nnext\n", 0),
        ("if while true; do echo go; true; done; then echo T; else echo E; fi", "go\nE\n", 0),
        ("setenv r 'while true; do echo go; done; echo in'; run r; echo out $?", "go\nin\nout 0\n", 0),
        ("setenv r 'while true; do echo go; done'; run r; echo out $?", "go\nout 1\n", 0),
        ("echo go; if true; then echo if; fi; echo w", "go\nif\nw\n", 0),
    ])
    func onceEndsLoopsAndWhatStandsBehindThemRuns(_ line: String, _ output: String, _ status: Int) throws {
        let answer = try Self.run(line, asking: 1)
        #expect(answer.output == output)
        #expect(answer.status == status)
    }

    @Test func itIsForgottenBeforeTheNextLine() throws {
        let answer = try Self.run("while true; do echo go; done\nfor i in 1 2; do echo $i; done\n", asking: 1)
        #expect(answer.output == "go\n1\n2\n")
    }

    @Test func aStoppedLineIsNotRepeated() throws {
        let answer = try Self.run("while true; do echo go; done\n\n", asking: 1)
        #expect(answer.output == "go\n")
    }

    @Test func twiceEndsTheLineAtItsNextCommand() throws {
        let answer = try Self.run("setenv r 'echo go; run r; echo x'; run r; echo y\necho $?\n", asking: 2)
        #expect(answer.output == "go\n1\n")
    }
}
