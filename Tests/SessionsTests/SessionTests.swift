import Testing
import UBoot

@testable import Sessions

struct SessionTests {
    @Test func aLineIsAnsweredAsAtTheConsole() throws {
        var session = try TestSession().session()
        #expect(session.prompt == "=> ")
        #expect(session.enter("echo hi").console == "hi\n")
        #expect(session.enter("false") == Session.Reply())
        #expect(session.typed.map(\.status) == [0, 1])
    }

    @Test func anOpenConstructAsksForMore() throws {
        var session = try TestSession().session()
        #expect(session.enter("if true; then") == Session.Reply())
        #expect(session.prompt == "> ")
        #expect(session.enter("echo in") == Session.Reply())
        #expect(session.enter(":quit") == Session.Reply(), "a colon means nothing inside of a construct")
        #expect(session.enter("fi").console == "in\nUnknown command ':quit' - try 'help'\n")
        #expect(session.prompt == "=> ")
        #expect(session.typed.map(\.command) == ["if true; then\necho in\n:quit\nfi"])
    }

    @Test func anEmptyLineRepeatsTheLastOne() throws {
        var session = try TestSession().session()
        let first = session.enter("md.b 40000000 1").console
        let second = session.enter("").console
        #expect(first.hasPrefix("40000000:") && second.hasPrefix("40000001:"))
        #expect(session.enter("setenv a 1").console == "")
        #expect(session.enter("").console == "")
    }

    @Test func interruptAtThePromptDropsTheLineAndKeepsTheStatus() throws {
        var session = try TestSession().session()
        _ = session.enter("false")
        _ = session.enter("if true; then")
        #expect(session.interrupt().console == "<INTERRUPT>\n")
        #expect(session.prompt == "=> ")
        #expect(session.enter("").console == "", "nothing is repeated")
        #expect(session.enter("echo $?").console == "1\n")
    }

    @Test func aResetBoardAnswersNothingUntilThereIsAFreshOne() throws {
        var session = try TestSession().session()
        _ = session.enter("setenv a 1")
        let reply = session.enter("reset")
        #expect(reply.console == "resetting ...\n")
        #expect(reply.remark?.contains("':reset' starts a fresh one") == true)
        #expect(session.prompt == "(off) ")
        #expect(session.enter("echo a").problem != nil)
        #expect(session.enter("") == Session.Reply(), "nobody is asked")
        #expect(session.enter(":reset").remark?.hasPrefix("a fresh qemu-arm64-virt") == true)
        #expect(session.enter("printenv a").console == "## Error: \"a\" not defined\n")
        #expect(session.typed.count == 1)
    }

    @Test func enterStartsAFreshBoardWhereSomeoneIsAsked() throws {
        var session = try TestSession().session(isInteractive: true)
        _ = session.enter("reset")
        #expect(session.enter("").remark?.hasPrefix("a fresh") == true)
        #expect(session.enter("echo a").console == "a\n")
    }

    @Test func stoppedLinesAreLeftOutOfWhatIsSaved() throws {
        let interruption = Interruption()
        var session = try Session(
            TestSession().simulation, interruption: interruption, sink: { _ in interruption.ask() })
        let reply = session.enter("while true; do echo a; done")
        #expect(reply.isInterrupted && session.typed.isEmpty && session.interruptedCount == 1)
    }

    @Test func aLimitIsAFailure() throws {
        var session = try TestSession().session()
        let reply = session.enter("setenv a run a; run a")
        #expect(reply.remark?.contains("the limit on nesting") == true)
        #expect(session.hasFailed)
    }
}
