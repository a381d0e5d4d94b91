import Foundation
import Testing

@testable import Scenarios

struct RunLogsTests {
    private static func line(_ text: String) -> LogLine {
        LogLine(source: .domain(0), number: 2, bytes: Array(text.utf8), offset: 0, seconds: 1.5, guestSeconds: 0.25)
    }

    private func inFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "ibtest-logs-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder)
    }

    @Test func linesHaveBothClocks() throws {
        try inFolder { folder in
            let logs = try RunLogs(folder: folder)
            logs.keep([0xff, 0x0a])
            logs.add(Self.line("a"), name: "dom0")
            logs.flush()
            let text = try String(contentsOfFile: "\(folder)/dom0.log", encoding: .utf8)
            #expect(text == "# host s  guest s  text\n    1.500     0.250  a\n")
            #expect(try Data(contentsOf: URL(filePath: "\(folder)/console.log")) == Data([0xff, 0x0a]))
            #expect(logs.problem == nil)
        }
    }

    /// A full disk must not make a log that lacks something look whole.
    @Test(arguments: ["console", "dom0"])
    func whatCannotBeWrittenIsTold(_ name: String) throws {
        try inFolder { folder in
            try FileManager.default.createSymbolicLink(
                atPath: "\(folder)/\(name).log", withDestinationPath: "/dev/full")
            let logs = try RunLogs(folder: folder)
            logs.keep([0x41])
            logs.add(Self.line("a"), name: "dom0")
            logs.flush()
            #expect(logs.problem?.description == "\(folder)/\(name).log: No space left on device")
        }
    }
}
