import Boards
import Foundation
import Testing
import UBoot

/// Commands that ibtest does not execute and that the board file answers.
struct AnswerTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "boards").path()

    private static func answer(_ lines: String) throws -> Machine.TypedCommand {
        var machine = try Board.named("qemu-arm64-virt", in: [folder]).machine()
        let (typed, _) = machine.type(Array(lines.utf8), source: "test")
        return try #require(typed.last)
    }

    @Test(arguments: [
        ("bdinfo", "IP addr     = <NULL>\n"), ("setenv ipaddr 10.0.2.15\nbdi", "IP addr     = 10.0.2.15\n"),
        ("coninfo", "serial   00000003 IO \n"), ("fstypes", "Supported filesystems: fat, ext4\n"),
    ])
    func boardAnswers(_ lines: String, _ text: String) throws {
        let typed = try Self.answer(lines)
        #expect(typed.status == 0)
        #expect(typed.output.latin1.contains(text))
    }

    @Test func otherWordsAreNotAnswered() throws {
        #expect(try Self.answer("fstypes x").output.latin1.contains("Usage:"))
        #expect(try Self.answer("flinfo").status == 1)
    }
}
