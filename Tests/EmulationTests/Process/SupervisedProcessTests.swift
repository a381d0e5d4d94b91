import Foundation
import Testing

@testable import Emulation

struct SupervisedProcessTests {
    /// Runs a shell line to its end and gives what it wrote.
    private func run(
        _ line: String, directory: String? = nil, kept: [Descriptor] = []
    ) throws -> (status: ProcessEnding?, text: String) {
        let loop = EventLoop()
        let (reading, writing) = try Descriptor.pipe()
        var text: [UInt8] = []
        var status: ProcessEnding?
        var isOpen = true
        var request: SupervisedProcess.Request? = .init(
            executable: "/bin/sh", arguments: ["-c", line], environment: ["PATH=/usr/bin:/bin"], directory: directory,
            standard: (try .null(), writing, writing), kept: kept)
        let process = try request.map { try SupervisedProcess($0, on: loop) { status = $0 } }
        request = nil
        let channel = Channel(loop, reading, received: { text += $0 }, ended: { isOpen = false })
        withExtendedLifetime(writing) {}
        loop.after(.seconds(30)) { isOpen = false }
        loop.run { status == nil }
        channel.drain()
        withExtendedLifetime((process, isOpen)) {}
        return (status, String(decoding: text, as: UTF8.self))
    }

    @Test func exitCodeIsTold() throws {
        #expect(try run("exit 7").status == .code(7))
    }

    @Test func signalIsTold() throws {
        #expect(try run("kill -TERM $$").status == .signal(15))
    }

    @Test func stoppedProcessIsKnownUntilItGoesOn() throws {
        let null = try Descriptor.null()
        let process = try SupervisedProcess(
            .init(executable: "/bin/sleep", arguments: ["1000"], standard: (null, null, null)), on: EventLoop()
        ) { _ in }
        func waitUntil(_ isStopped: Bool) -> Bool {
            for _ in 0..<2000 where process.isStopped != isStopped { usleep(5000) }
            return process.isStopped == isStopped
        }
        #expect(!process.isStopped)
        process.send(SIGSTOP)
        #expect(waitUntil(true))
        #expect(process.isStopped, "asking changes nothing")
        process.send(SIGCONT)
        #expect(waitUntil(false))
    }

    @Test func textComesOut() throws {
        #expect(try run("echo out; echo err >&2; pwd", directory: "/usr").text == "out\nerr\n/usr\n")
    }

    @Test func missingProgramIsAnError() throws {
        let null = try Descriptor.null()
        #expect(throws: SystemError("start /nowhere/program", ENOENT)) {
            try SupervisedProcess(
                .init(executable: "/nowhere/program", standard: (null, null, null)), on: EventLoop()
            ) { _ in }
        }
    }

    @Test func onlyNamedDescriptorsAreInherited() throws {
        let extra = try Descriptor.null()
        let kept = try Descriptor.null()
        let listed = try run("ls /proc/self/fd", kept: [kept]).text.split(separator: "\n").map(String.init)
        // The descriptor with which `ls` reads the folder is one of them.
        #expect(listed.count == 5)
        #expect(listed.contains("\(kept.number)"))
        withExtendedLifetime(extra) {}
    }

    @Test func signalMaskIsEmptyAndHandlersAreDefault() throws {
        let text = try run("grep -E '^Sig(Blk|Ign|Cgt)' /proc/self/status").text
        #expect(text.contains("SigBlk:\t0000000000000000"))
        // Signals 32 and 33 belong to the C library, which does not let anyone change them.
        let ignored = text.split(separator: "\n").first { $0.hasPrefix("SigIgn:") }?.dropFirst(8) ?? ""
        #expect(UInt64(ignored, radix: 16).map { $0 & ~(3 << 31) } == 0)
    }

    @Test func grandchildrenEndWithTheirParent() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "ibtest-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: file) }
        #expect(try run("sleep 1000 & echo $! > \(file)").status == .code(0))
        let identifier = try #require(Int32(try String(contentsOfFile: file, encoding: .utf8).dropLast()))
        #expect(waitUntilGone(identifier))
    }

    @Test func manyChildrenLeaveNothingBehind() throws {
        _ = try run("true")
        let before = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
        for _ in 0..<50 { #expect(try run("true").status == .code(0)) }
        let after = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
        // Other tests run beside this one.
        #expect(after < before + 40)
    }

    @Test func killedParentTakesItsChildWithIt() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "ibtest-\(getpid())-child").path
        try? FileManager.default.removeItem(atPath: file)
        defer { try? FileManager.default.removeItem(atPath: file) }
        unsafe setenv("IBTEST_CHILD_FILE", file, 1)
        await #expect(processExitsWith: .signal(SIGKILL)) {
            let null = try Descriptor.null()
            let process = try SupervisedProcess(
                .init(executable: "/bin/sleep", arguments: ["1000"], standard: (null, null, null)), on: EventLoop()
            ) { _ in }
            let path = ProcessInfo.processInfo.environment["IBTEST_CHILD_FILE"] ?? ""
            try "\(process.identifier)".write(toFile: path, atomically: true, encoding: .utf8)
            kill(getpid(), SIGKILL)
            while true { pause() }
        }
        let identifier = try #require(Int32(try String(contentsOfFile: file, encoding: .utf8)))
        #expect(waitUntilGone(identifier))
    }
}

/// Waits for the end of a process that is no child of this one.
func waitUntilGone(_ identifier: Int32) -> Bool {
    for _ in 0..<2000 {
        guard let status = try? String(contentsOfFile: "/proc/\(identifier)/stat", encoding: .utf8) else { return true }
        // Nobody may have reaped it yet.
        if status.split(separator: ")").last?.hasPrefix(" Z") == true { return true }
        usleep(5000)
    }
    return false
}
