import Foundation
import Testing

@testable import ibtest

/// `ibtest run` as a user calls it, on the smallest boots.
@Suite(
    .serialized, .tags(.emulator), .timeLimit(.minutes(30)),
    .enabled(if: RealBootTests.isPossible, "QEMU or U-Boot is missing: run scripts/setup"))
struct RunCommandBootTests {
    private func run(
        _ words: [String], _ folder: Folder, input: String = ""
    ) throws -> (
        code: Int32, output: String, errors: String
    ) { try Program.run(["run", "--out", folder.path + "/out"] + words, input: input) }

    @Test func eventsReportAndReplay() throws {
        let folder = try Folder()
        let report = folder.path + "/report.xml"
        let first = try run(
            ["tiny-2", "fit", "--jobs", "2", "--json", "--junit", report, "--progress", "plain"], folder)
        #expect(first.code == 0, "\(first.output) \(first.errors)")
        let events = try first.output.split(separator: "\n").map { line in
            try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        }
        #expect(events.allSatisfy { $0["schema"] as? Int == 1 })
        #expect(events.count { $0["event"] as? String == "finished" } == 2)
        #expect(events.last?["event"] as? String == "summary")
        #expect(first.errors.contains("ibtest: tiny-2  hypervisor"))
        #expect(try String(contentsOfFile: report, encoding: .utf8).contains("<testsuite name=\"tiny-2\""))
        // The log of a boot gives the verdict of the boot, and half of it does not.
        let log = folder.path + "/out/tiny-2/console.log"
        let second = try run(["tiny-2", "--replay", log], folder)
        #expect(second.code == 0, "\(second.output)")
        let text = try Data(contentsOf: URL(filePath: log))
        let half = try folder.write(text.prefix(text.count / 2), as: "half.log")
        let third = try run(["tiny-2", "--replay", half], folder)
        #expect(third.code == 1)
        #expect(third.output.contains("cause        the log ends here"))
    }

    @Test func commandForAPersonIsPrinted() throws {
        let folder = try Folder()
        let run = try run(["tiny-2", "--print-command"], folder)
        let lines = run.output.split(separator: "\n")
        #expect(run.code == 0 && lines.first?.hasPrefix("/usr/bin/qemu-system-aarch64 -nodefaults ") == true)
        #expect(lines.dropFirst().allSatisfy { $0.hasPrefix("=> ") } && lines.count >= 3)
    }

    @Test func consoleIsPassedOn() throws {
        let folder = try Folder()
        let run = try run(["tiny-2", "--attach"], folder)
        #expect(run.code == 0)
        #expect(run.output.contains("(XEN) DOM2: HELLO from tiny") && run.output.contains("PASS  tiny-2"))
    }

    @Test func personLeavesTheConsole() throws {
        let folder = try Folder()
        let terminal = try Terminal(
            ["run", "tiny-2", "--attach", "--out", folder.path],
            environment: ["HOME": NSHomeDirectory(), "TERM": "xterm"])
        try terminal.wait(for: "Starting kernel ...")
        try terminal.wait(for: "*** Serial input to DOM1")
        try terminal.wait(for: "HELLO from tiny")
        try terminal.wait(for: "HELLO from tiny")
        terminal.type("\u{1}\u{1}\u{1}")
        try terminal.wait(for: "*** Serial input to DOM2")
        terminal.type("\u{1d}")
        try terminal.wait(for: "1 run: 1 passed")
        #expect(terminal.exitCode() == 0)
    }

    @Test func interruptEndsTheMachine() throws {
        let folder = try Folder()
        let terminal = try Terminal(
            ["run", "tiny-2", "--repeat", "1000", "--out", folder.path],
            environment: ["HOME": NSHomeDirectory(), "TERM": "xterm"])
        try terminal.wait(for: "PASS")
        terminal.type("\u{3}")
        #expect(terminal.exitCode() == 130)
        let processes = try FileManager.default.contentsOfDirectory(atPath: "/proc").filter { Int($0) != nil }
        for process in processes {
            let words = (try? String(contentsOfFile: "/proc/\(process)/cmdline", encoding: .utf8)) ?? ""
            #expect(!words.contains(folder.path), "process \(process) is left")
        }
    }

    @Test func failedRunsKeepTheirLogs() throws {
        let folder = try Folder()
        try FileManager.default.createDirectory(atPath: folder.path + "/bad", withIntermediateDirectories: true)
        let common = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "scenarios").path
        let good = try String(contentsOfFile: common + "/tiny-2/scenario.yaml", encoding: .utf8)
        _ = try folder.write(
            good.replacing("../common", with: common + "/common")
                .replacing("config: config", with: "config: \(common)/tiny-2/config")
                + "  xen: [{never: Xen version}]\n", as: "bad/scenario.yaml")
        let run = try run([folder.path + "/bad", "--repeat", "2"], folder)
        #expect(run.code == 1)
        #expect(run.output.contains("rerun        ibtest run \(folder.path)/bad --attach"), "\(run.output)")
        for name in ["bad.run-1", "bad"] {
            #expect(FileManager.default.fileExists(atPath: "\(folder.path)/out/\(name)/console.log"), "\(name)")
        }
        let third = try self.run([folder.path + "/bad", "--repeat", "5", "--fail-fast"], folder)
        #expect(third.code == 1 && third.output.contains("1 run: "), "\(third.output)")
    }
}
