import Emulation
import Foundation
import Testing

@testable import Scenarios

/// Boot scripts of the user's: the catcher stands in the file that the simulation sees started.
@Suite(
    .serialized, .tags(.emulator), .timeLimit(.minutes(30)),
    .enabled(if: hasEmulator, "QEMU or U-Boot is missing: run scripts/setup"))
struct ScriptCrossCheckTests {
    private func check(_ script: [UInt8]) throws -> CrossCheckResult {
        let folder = FileManager.default.temporaryDirectory.appending(path: "ibtest-check-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(script).write(to: folder.appending(path: "boot.source"))
        let text = "\(InjectedFault.artifacts)\nscript: boot.source\n\(InjectedFault.hello)"
        let scenario = try Scenario(
            text: Array(text.utf8), path: folder.appending(path: "scenario.yaml").path, name: "script")
        let provider = ArtifactProvider(cache: try ArtifactCache())
        return try CrossCheck(
            scenario: scenario, provider: provider, folder: folder.path, loop: EventLoop()
        ).run()
    }

    @Test(arguments: ["booti 0x40a00000 -", "bootefi 0x40a00000"])
    func memoryIsWhatTheSimulationSays(_ boot: String) throws {
        let result = try check(InjectedFault.script(boot: boot))
        #expect(result.differences == [])
        #expect(result.compared == ["device tree", "boot.scr", "tiny", "xen", "virt.dtb"])
    }

    @Test func whatIsNoImageIsRefused() {
        #expect {
            try check(Array("tftpb 0x40a00000 virt.dtb\nbooti 0x40a00000 - 0x40a00000\n".utf8))
        } throws: { error in
            (error as? PreparationError)?.message.contains("a catcher could stand") == true
        }
    }
}
