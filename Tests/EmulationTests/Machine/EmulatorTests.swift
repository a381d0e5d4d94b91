import Foundation
import Testing

@testable import Emulation

extension Tag {
    /// Starts a real machine under QEMU.
    @Tag static var emulator: Self
}

/// Whether there is an emulator, or a run in which there must be one.
let hasEmulator =
    ProcessInfo.processInfo.environment["IBTEST_REQUIRE_EMULATOR"] != nil
    || FileManager.default.isExecutableFile(atPath: "/usr/bin/qemu-system-aarch64")
        && FileManager.default.fileExists(atPath: "/usr/lib/u-boot/qemu_arm64/u-boot.bin")

@Suite(
    .tags(.emulator), .timeLimit(.minutes(30)),
    .enabled(if: hasEmulator, "QEMU or U-Boot is missing: run scripts/setup"))
struct EmulatorTests {
    private var machine: VirtualMachine {
        var machine = VirtualMachine()
        machine.firmware = "/usr/lib/u-boot/qemu_arm64/u-boot.bin"
        machine.memory = 512
        return machine
    }

    @Test func pausedMachineRunsAndEnds() throws {
        let loop = EventLoop()
        var text: [UInt8] = []
        var status: ProcessEnding?
        var states: [String] = []
        let emulator = try Emulator(machine, on: loop) { event in
            switch event {
            case .serial(let bytes): text += bytes
            case .ended(let end, let message):
                status = end
                #expect(message == "")
            case .monitor, .monitorFailed: break
            }
        }
        let state = { (result: Result<JSONValue, QMPError>) in states.append((try? result.get())?["status"]?.text ?? "")
        }
        emulator.execute("query-status", answer: state)
        emulator.resume()
        emulator.execute("query-status", answer: state)
        loop.run { status == nil && !String(decoding: text, as: UTF8.self).contains("autoboot:") }
        #expect(String(decoding: text, as: UTF8.self).contains("U-Boot 20"))
        #expect(states == ["prelaunch", "running"])
        emulator.type(Array(" ".utf8))
        loop.run { status == nil && !text.suffix(4).elementsEqual("\n=> ".utf8) }
        emulator.type(Array("echo $((1)) two\r".utf8))
        loop.run { status == nil && !String(decoding: text, as: UTF8.self).hasSuffix("two\r\n=> ") }
        emulator.quit(patience: .seconds(30))
        loop.run { status == nil }
        #expect(status == .code(0))
        #expect(!emulator.isRunning)
    }

    @Test func lastWordsAreTold() throws {
        let loop = EventLoop()
        var broken = machine
        broken.firmware = "/nowhere/u-boot.bin"
        var end: (ProcessEnding, String)?
        let emulator = try Emulator(broken, on: loop) { event in
            if case .ended(let status, let message) = event { end = (status, message) }
        }
        loop.run { end == nil }
        withExtendedLifetime(emulator) {}
        #expect(end?.0 == .code(1))
        #expect(end?.1.contains("/nowhere/u-boot.bin") == true)
    }

    @Test func resetIsTold() throws {
        let loop = EventLoop()
        var text: [UInt8] = []
        var events: [String] = []
        var status: ProcessEnding?
        let emulator = try Emulator(machine, on: loop) { event in
            switch event {
            case .serial(let bytes): text += bytes
            case .monitor(let event): events.append("\(event.name) \(event.data["reason"]?.text ?? "")")
            case .ended(let end, _): status = end
            case .monitorFailed: break
            }
        }
        emulator.resume()
        loop.run { status == nil && !String(decoding: text, as: UTF8.self).contains("autoboot:") }
        emulator.type(Array(" ".utf8))
        loop.run { status == nil && !text.suffix(4).elementsEqual("\n=> ".utf8) }
        emulator.type(Array("reset\r".utf8))
        loop.run { status == nil }
        #expect(status == .code(0))
        #expect(events.contains("SHUTDOWN guest-reset"))
    }

    @Test func killedHarnessLeavesNoEmulator() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "ibtest-\(getpid())-emulator").path
        try? FileManager.default.removeItem(atPath: file)
        defer { try? FileManager.default.removeItem(atPath: file) }
        unsafe setenv("IBTEST_EMULATOR_FILE", file, 1)
        await #expect(processExitsWith: .signal(SIGKILL)) {
            let loop = EventLoop()
            var machine = VirtualMachine()
            machine.firmware = "/usr/lib/u-boot/qemu_arm64/u-boot.bin"
            var isUp = false
            let emulator = try Emulator(machine, on: loop) { event in
                if case .serial = event { isUp = true }
            }
            emulator.resume()
            loop.run { !isUp }
            let path = ProcessInfo.processInfo.environment["IBTEST_EMULATOR_FILE"] ?? ""
            try "\(emulator.identifier ?? 0)".write(toFile: path, atomically: true, encoding: .utf8)
            kill(getpid(), SIGKILL)
            while true { pause() }
        }
        let identifier = try #require(Int32(try String(contentsOfFile: file, encoding: .utf8)))
        #expect(waitUntilGone(identifier))
    }
}
