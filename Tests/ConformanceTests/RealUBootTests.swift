import Foundation
import Testing

extension Tag {
    /// Starts a real machine under QEMU.
    @Tag static var emulator: Self
}

/// The recordings themselves, against the real U-Boot under QEMU.
struct RealUBootTests {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Whether the emulator may be missing: `scripts/test` sets the variable, and then it may not.
    static var isRequired: Bool { ProcessInfo.processInfo.environment["IBTEST_REQUIRE_EMULATOR"] != nil }

    static var isInstalled: Bool {
        FileManager.default.fileExists(atPath: "/usr/lib/u-boot/qemu_arm64/u-boot.bin")
            && FileManager.default.isExecutableFile(atPath: "/usr/bin/qemu-system-aarch64")
    }

    @Test(
        .tags(.emulator), .timeLimit(.minutes(30)),
        .enabled(if: isInstalled || isRequired, "QEMU or U-Boot is missing: run scripts/setup"),
        arguments: RecordedSession.Release.packaged)
    func realUBootAnswersAsRecorded(_ release: RecordedSession.Release) throws {
        try check(release, count: RecordedSession.all.count { $0.release == release })
    }

    /// Building one takes minutes, so that only a run of all tests does it.
    @Test(
        .tags(.emulator), .timeLimit(.minutes(30)),
        .enabled(if: ProcessInfo.processInfo.environment["IBTEST_SLOW"] != nil, "slow: scripts/test --all"),
        arguments: RecordedSession.Release.built)
    func uBootWithOtherOptionsAnswersAsRecorded(_ release: RecordedSession.Release) throws {
        try check(release, count: RecordedSession.ofBuilds.count { $0.release == release })
    }

    private func check(_ release: RecordedSession.Release, count: Int) throws {
        let process = Process()
        let output = Pipe()
        process.executableURL = Self.root.appending(path: "scripts/sessions")
        process.arguments = ["--check", "--release", release.rawValue]
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(text)")
        #expect(text.split(separator: "\n").count { $0.hasSuffix(" 0 differences") } == count)
    }
}
