import Testing
import UBoot

@testable import Sessions

struct OwnCommandTests {
    @Test func helpListsEveryCommand() throws {
        var session = try TestSession().session()
        let text = session.enter(":help").note ?? ""
        for command in OwnCommand.allCases { #expect(text.contains("  \(command.word)")) }
    }

    @Test(arguments: [":", ":nosuch", ":re", ":map x", ":quit now", ":save", ":save "])
    func whatIsTypedWrongIsSaid(_ line: String) throws {
        var session = try TestSession().session()
        let reply = session.enter(ByteString(utf8: line))
        #expect(reply.problem?.contains("expected") == true || reply.problem?.contains("takes nothing") == true)
        #expect(reply.console.isEmpty && !reply.isEnd && session.typed.isEmpty)
    }

    @Test func aBeginningIsEnough() throws {
        var session = try TestSession().session()
        #expect(session.enter(":q").isEnd)
    }

    @Test func mapAndRecordShowWhatWasLoaded() throws {
        let test = try TestSession()
        try test.folder.write("hello\n", as: "hello.txt")
        var session = try test.session()
        for line in ["setenv ipaddr 10.0.2.15", "setenv serverip 10.0.2.2", "tftpboot 50000000 hello.txt"] {
            _ = session.enter(ByteString(utf8: line))
        }
        _ = session.enter("fdt addr 40000000")
        _ = session.enter("fdt set /chosen a b")
        #expect(session.enter(":map").note?.contains("50000000–50000005        6 B  █ hello.txt") == true)
        let record = session.enter(":record").note ?? ""
        #expect(record.contains("hello.txt  tftp  0x50000000"))
        #expect(record.contains("<prompt>:5:1"))
        #expect(record.contains("fdt set /chosen a b"))
        let file = session.enter(":record out.json").file
        #expect(file?.path == "out.json")
        #expect(file?.bytes.starts(with: Array("{".utf8)) == true)
    }

    @Test func findingsPointAtTheTypedLine() throws {
        var session = try TestSession().session()
        #expect(session.enter(":findings").note == "no findings")
        #expect(!session.hasFailed)
        _ = session.enter("if true; then")
        _ = session.enter("setenv ipaddr 10.0.2.15; setenv serverip 10.0.2.2; fi")
        _ = session.enter("tftpboot 50000000 nothere")
        let text = session.enter(":findings").note ?? ""
        #expect(text.contains("<prompt>:3:1: error:"))
        #expect(text.contains("    3 | tftpboot 50000000 nothere"))
        #expect(session.hasFailed)
    }
}
