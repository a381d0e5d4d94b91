import Boards
import Foundation
import Testing
import UBoot

@testable import Sessions

struct ReplayTests {
    private static let recorded = TestSession.repository.appending(path: "Tests/ConformanceTests/Sessions")

    private static func file(_ name: String) throws -> SessionFile {
        try SessionFile(json: [UInt8](Data(contentsOf: recorded.appending(path: "\(name).json"))))
    }

    private static func replay(_ file: SessionFile) throws -> Replay {
        let board = try TestSession().simulation.board
        let files = try CarriedFiles(file.files ?? [:])
        return try Replay(file, on: Simulation(board: board, limits: Limits(), files: files))
    }

    /// Types lines and gives what `:save` writes.
    private static func saved(_ lines: [String], in test: TestSession) throws -> SessionFile {
        var session = try test.session()
        for line in lines { _ = session.enter(ByteString(utf8: line)) }
        return try SessionFile(json: #require(session.enter(":save out.json").file).bytes)
    }

    @Test(arguments: ["env", "env-files", "fdt-set", "booti", "run-source"])
    func recordedSessionsOfTheRealUBootReplay(_ name: String) throws {
        let replay = try Self.replay(Self.file(name))
        #expect(replay.differences == [])
        #expect(replay.count > 5)
    }

    @Test func aSavedSessionReplaysWithItsFiles() throws {
        let test = try TestSession()
        try test.folder.write("hello\n", as: "sub/hello.txt")
        try test.folder.write("\u{0}\u{1}", as: "raw")
        let file = try Self.saved(
            [
                "printenv ipaddr", "setenv ipaddr 10.0.2.15", "setenv serverip 10.0.2.2",
                "tftpboot 50000000 /sub/hello.txt", "md.b 50000000 6", "", "if true; then", "echo \u{e9}", "fi",
                "tftpboot 50000000 nothere", "tftpboot 50000000 raw", "reset",
            ], in: test)
        #expect(file.board?.hasSuffix("qemu-arm64-virt.yaml") == true || file.board == "qemu-arm64-virt")
        #expect(file.files?["sub/hello.txt"]?.text == "hello\n")
        #expect(file.files?["raw"]?.base64 == "AAE=")
        #expect(file.commands.last?.status == .none)
        #expect(try Self.replay(file).differences == [])
    }

    @Test func whatCameOutOtherwiseIsShown() throws {
        var file = try Self.saved(["echo a", "echo b; echo c", "false"], in: TestSession())
        file.commands[1].output = "b\nd\n"
        file.commands[2].status = 0
        let replay = try Self.replay(file)
        #expect(replay.differences.map(\.number) == [2, 3])
        #expect(
            replay.text(name: "s.json") == """
                s.json: line 2: echo b; echo c
                  in line 2 of the output:
                  expected | d
                  found    | c
                s.json: line 3: false
                  expected status 0, found status 1
                s.json: 1 of 3 lines as recorded, not the rest

                """)
    }

    @Test func linesThatAreNotReachedDiffer() throws {
        var file = try Self.saved(["echo a", "echo b"], in: TestSession())
        file.commands[0].command = "reset"
        #expect(try Self.replay(file).differences.count == 2)
    }

    @Test func theTreeAtTheEndIsComparedToo() throws {
        var file = try Self.file("booti")
        file.expectedFDT = "AAAA"
        #expect(try Self.replay(file).differences.map(\.number) == [nil])
    }

    @Test(arguments: [
        ("", "not a session"), ("[]", "not a session"), ("{\"commands\": [{}]}", "at commands[0]: no 'command'"),
        ("{\"commands\": 1}", "at commands: expected"),
    ])
    func otherFilesAreRefused(_ json: String, _ problem: String) {
        do {
            _ = try SessionFile(json: Array(json.utf8))
            Issue.record("was read")
        } catch {
            #expect(error.description.contains(problem), "\(error)")
        }
    }

    @Test func contentsInUnknownFormsAreRefused() {
        for content in [#"{}"#, #"{"hex": "0"}"#, #"{"fill": [300, 1]}"#, #"{"base64": "%"}"#, #"{"ramp": -1}"#] {
            let json = "{\"files\": {\"f\": \(content)}, \"commands\": []}"
            #expect(throws: SessionFileError.unknownContent("f")) {
                try Self.replay(SessionFile(json: Array(json.utf8)))
            }
        }
    }

    @Test func aSessionWithDisksIsRefused() {
        let json = #"{"disks": ["d"], "commands": []}"#
        #expect(throws: SessionFileError.needsDisks) { try Self.replay(SessionFile(json: Array(json.utf8))) }
    }
}
