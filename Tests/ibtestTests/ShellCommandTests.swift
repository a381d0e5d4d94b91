import Foundation
import Testing

struct ShellCommandTests {
    @Test func pipedLinesAreAnsweredAsOnAConsole() throws {
        let run = try Program.run(["shell"], input: "echo hi\nif true; then\necho in\nfi\necho -n x\nfalse\n")
        #expect(run.code == 0)
        #expect(run.output == "=> echo hi\nhi\n=> if true; then\n> echo in\n> fi\nin\n=> echo -n x\nx=> false\n=> \n")
        #expect(run.errors == "")
    }

    @Test func theBoardHasItsOwnPrompt() throws {
        let run = try Program.run(["shell", "--board", "rpi4"], input: ":quit\nnever\n")
        #expect(run.output == "U-Boot> :quit\n")
    }

    @Test func whatIbtestHasToSayGoesToStandardError() throws {
        let run = try Program.run(["shell"], input: "reset\necho a\n:nosuch\n:reset\n:q")
        #expect(run.output == "=> reset\nresetting ...\n(off) echo a\n(off) :nosuch\n(off) :reset\n=> :q\n")
        #expect(run.errors.split(separator: "\n").count == 4)
    }

    @Test func findingsAndLimitsMakePipedLinesFail() throws {
        let find = "setenv ipaddr 1.1.1.1; setenv serverip 1.1.1.2; tftpboot 50000000 nothere\n:findings\n"
        #expect(try Program.run(["shell"], input: find).code == 1)
        #expect(try Program.run(["shell", "--max-steps", "9"], input: "while true; do true; done\n").code == 1)
    }

    @Test func aSavedSessionIsReplayedAndNeverOverwritten() throws {
        let folder = try Folder()
        defer { withExtendedLifetime(folder) {} }
        let file = "\(folder.path)/session.json"
        let lines = "echo a\nprintenv ipaddr\n:save \(file)\n:save \(file)\n:save \(folder.path)/none/x\n"
        let run = try Program.run(["shell"], input: lines)
        #expect(run.output.contains("2 lines in \(file)\n"))
        #expect(run.errors.contains("File exists, and is not overwritten"))
        #expect(run.errors.contains("No such file or directory"))
        let replay = try ToolRun(["shell", "--replay", file])
        #expect(replay.code == 0)
        #expect(replay.output == "\(file): 2 of 2 lines as recorded\n")
        let text = try String(contentsOfFile: file, encoding: .utf8)
        let other = try folder.write(text.replacing("\"a\\n\"", with: "\"b\\n\""), as: "other.json")
        let different = try ToolRun(["shell", "--replay", other])
        #expect(different.code == 1)
        #expect(different.output.contains("other.json: line 1: echo a\n  expected | b\n  found    | a\n"))
    }

    @Test(arguments: [
        ["--replay", "/nosuch"], ["--replay", "/dev/null"], ["--board", "nosuch"], ["--root", "/nosuch"],
    ])
    func whatCannotBeReadIsRefused(_ words: [String]) throws {
        #expect(try Program.run(["shell"] + words, input: "").code == 2)
    }

    @Test(.timeLimit(.minutes(30)))
    func atATerminalLinesAreEditedCompletedRememberedAndInterrupted() throws {
        let folder = try Folder()
        defer { withExtendedLifetime(folder) {} }
        let terminal = try Terminal(
            ["shell"], environment: ["TERM": "xterm", "XDG_STATE_HOME": folder.path])
        try terminal.wait(for: "=> ")
        terminal.type("echo one\r")
        try terminal.wait(for: "\r\none\r\n=> ")
        terminal.type("prin\t")
        try terminal.wait(for: "tenv ")
        terminal.type("bootdel\t\r")
        try terminal.wait(for: "bootdelay=2\r\n=> ")
        terminal.type("echo $bootdel\t\r")
        try terminal.wait(for: "\r\n2\r\n=> ")
        terminal.type("echo \u{e9} $bootdel\t\r")
        try terminal.wait(for: "\r\n\u{e9} 2\r\n=> ")
        terminal.type("half\u{3}")
        try terminal.wait(for: "half<INTERRUPT>\r\n=> ")
        terminal.type("\u{1b}[A\u{1b}[A\u{1b}[A\u{1b}[A\r")
        try terminal.wait(for: "\r\none\r\n=> ")
        terminal.type("echo go; while true; do true; done\r")
        try terminal.wait(for: "\r\ngo\r\n")
        terminal.type("\u{3}")
        try terminal.wait(for: "=> ")
        terminal.type("echo status $?\r")
        try terminal.wait(for: "\r\nstatus 1\r\n=> ")
        terminal.type(":quit\r")
        #expect(terminal.exitCode() == 0)
        let history = try String(contentsOfFile: "\(folder.path)/ibtest/history", encoding: .utf8)
        #expect(
            history.hasPrefix(
                "echo one\nprintenv bootdelay\necho $bootdelay\necho \u{e9} $bootdelay\necho one\necho go; while"))
    }

    @Test(.timeLimit(.minutes(30)))
    func aTerminalWithoutCursorIsReadPlainly() throws {
        let terminal = try Terminal(["shell"], environment: ["TERM": "dumb"])
        try terminal.wait(for: "=> ")
        terminal.type("echo one\r")
        try terminal.wait(for: "\r\none\r\n=> ")
        terminal.type("half\u{3}")
        try terminal.wait(for: "<INTERRUPT>\r\n=> ")
        terminal.type("\u{4}")
        #expect(terminal.exitCode() == 0)
    }
}
