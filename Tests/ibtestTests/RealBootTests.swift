import Foundation
import Testing

extension Tag {
    /// Starts a real machine under QEMU.
    @Tag static var emulator: Self
}

/// What `ibtest generate` makes, with the real U-Boot under QEMU, up to the first words of a domain.
struct RealBootTests {
    private static var environment: [String: String] { ProcessInfo.processInfo.environment }

    /// Whether the emulator is there; `scripts/test` sets the variable, and then it must be.
    static var isPossible: Bool {
        environment["IBTEST_REQUIRE_EMULATOR"] != nil
            || FileManager.default.fileExists(atPath: "/usr/lib/u-boot/qemu_arm64/u-boot.bin")
                && FileManager.default.isExecutableFile(atPath: "/usr/bin/qemu-system-aarch64")
    }

    @Test(
        .tags(.emulator), .timeLimit(.minutes(30)),
        .enabled(if: isPossible, "QEMU or U-Boot is missing: run scripts/setup"))
    func scriptsAndImagesBoot() throws {
        try boot(["script", "signed-fit", "bootm", "strings"], release: "2023.01")
    }

    @Test(
        .tags(.emulator), .timeLimit(.minutes(30)),
        .enabled(if: environment["IBTEST_SLOW"] != nil, "slow: scripts/test --all"),
        arguments: ["2023.01", "2025.01"])
    func everyKindBoots(release: String) throws {
        try boot([], release: release)
    }

    /// Boots cases by their names, or all of them.
    private func boot(_ cases: [String], release: String) throws {
        let words = ["--ibtest", Program.path, "--release", release] + cases
        let (code, text) = try ProjectScript.run("boots", words)
        #expect(code == 0, "\(text)")
        let good = text.split(separator: "\n").count { $0.hasPrefix("ok ") }
        #expect(cases.isEmpty ? good >= 16 : good == cases.count, "\(text)")
    }
}
