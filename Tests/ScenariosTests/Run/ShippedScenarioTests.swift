import Foundation
import Testing

@testable import Scenarios

extension Tag {
    /// Starts a real machine under QEMU.
    @Tag static var emulator: Self
}

/// Whether there is an emulator, or a run in which there must be one.
let hasEmulator =
    ProcessInfo.processInfo.environment["IBTEST_REQUIRE_EMULATOR"] != nil
    || FileManager.default.isExecutableFile(atPath: "/usr/bin/qemu-system-aarch64")
        && FileManager.default.fileExists(atPath: "/usr/lib/u-boot/qemu_arm64/u-boot.bin")

/// The scenarios of the project on the real U-Boot, Xen and Linux; what they boot is fetched by the first run.
@Suite(
    .serialized, .tags(.emulator), .timeLimit(.minutes(30)),
    .enabled(if: hasEmulator, "QEMU or U-Boot is missing: run scripts/setup"))
struct ShippedScenarioTests {
    private static let search = ScenarioSearch(folders: [ScenarioTests.root.appending(path: "scenarios").path])
    /// With Linux a boot takes ten seconds and more, so that only these run by default.
    private static let usual = ["dom0-domu", "linux-only"]
    private static let isSlowRun = ProcessInfo.processInfo.environment["IBTEST_SLOW"] != nil

    private func pass(_ name: String) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "ibtest-run-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let runner = ScenarioRunner(provider: ArtifactProvider(cache: try ArtifactCache()), folder: folder.path)
        runner.options.crossChecks = true
        let result = runner.run(try Self.search.scenario(name))
        #expect(result.status == .passed, "\(name): \(result.failure?.cause ?? "") \(result.failure?.evidence ?? [])")
        #expect(!result.checks.contains { !$0.isSeen })
        #expect(result.crossCheck?.differences == [])
        #expect(result.crossCheck.map { $0.byteCount > 900_000 } == true)
        #expect(FileManager.default.fileExists(atPath: "\(result.folder)/console.log"))
    }

    @Test(
        arguments: try search.names.filter { name in
            try usual.contains(name) || search.scenario(name).tags == ["tiny"]
        })
    func scenarioPasses(_ name: String) throws { try pass(name) }

    @Test(
        .enabled(if: isSlowRun, "slow: scripts/test --all"),
        arguments: try search.names.filter { name in
            try !usual.contains(name) && search.scenario(name).tags != ["tiny"]
        })
    func slowScenarioPasses(_ name: String) throws { try pass(name) }
}
