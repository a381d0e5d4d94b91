import Foundation
import Testing

/// Killed at random moments, and booted often in a row: nothing is left behind, nothing grows.
@Suite(
    .serialized, .tags(.emulator), .timeLimit(.minutes(30)),
    .enabled(if: RealBootTests.isPossible, "QEMU or U-Boot is missing: run scripts/setup"))
struct SoakTests {
    private func soak(_ kills: Int, _ boots: Int) throws {
        let (code, text) = try ProjectScript.run("boot-soak", [Program.path, "\(kills)", "\(boots)"])
        #expect(code == 0, "\(text)")
        #expect(text.contains("\(kills) kills: 0 problems") && text.contains("\(boots) boots: descriptors "), "\(text)")
    }

    @Test func aFewKillsAndBoots() throws { try soak(8, 25) }

    @Test(.enabled(if: ProcessInfo.processInfo.environment["IBTEST_SLOW"] != nil, "slow: scripts/test --all"))
    func fiftyKillsAndTwoHundredBoots() throws { try soak(50, 200) }
}
