import Emulation
import Foundation
import Testing

@testable import Scenarios

/// Random configs, built by ImageBuilder: the real U-Boot must leave the very memory that the simulation says.
@Suite(
    .serialized, .tags(.emulator), .timeLimit(.minutes(30)),
    .enabled(if: hasEmulator, "QEMU or U-Boot is missing: run scripts/setup"))
struct GeneratedCrossCheckTests {
    private static let isSlowRun = ProcessInfo.processInfo.environment["IBTEST_SLOW"] != nil

    /// A scenario whose config is made of what dice say; Dom0 and the domains are never started.
    private static func scenario(_ seed: UInt64) -> String {
        var random = SeededGenerator(seed: seed)
        func pick<Element>(_ list: [Element]) -> Element { list[Int.random(in: 0..<list.count, using: &random)] }
        let boot = pick(["tftp", "tftp", "fit"])
        var lines = [
            "MEMORY_START=\"\(pick(["0x40000000", "0x41000000", "0x50000000"]))\"", "MEMORY_END=\"0xBD000000\"",
            "DEVICE_TREE=\"virt.dtb\"", "UBOOT_SOURCE=\"boot.source\"", "UBOOT_SCRIPT=\"boot.scr\"",
            "XEN=\"xen\"",
            "XEN_CMD=\"\(pick(["console=dtuart", "console=dtuart bootscrub=0 x='a b'", "a=\\\"b\\\""]))\"",
        ]
        if boot == "tftp", pick([true, false, false]) { lines.append("BOOT_CMD=\"bootm\"") }
        let hasDom0 = pick([true, false])
        if hasDom0 {
            lines.append("DOM0_KERNEL=\"tiny\"")
            if pick([true, false]) { lines.append("DOM0_RAMDISK=\"ramdisk\"") }
            lines.append("DOM0_CMD=\"console=hvc0 role=dom0\"")
        }
        let count = Int.random(in: (hasDom0 ? 0 : 1)...6, using: &random)
        lines.append("NUM_DOMUS=\(count)")
        for index in 0..<count {
            lines.append("DOMU_KERNEL[\(index)]=\"\(pick(["tiny", "other"]))\"")
            if pick([true, false]) { lines.append("DOMU_RAMDISK[\(index)]=\"ramdisk\"") }
            if pick([true, false]) { lines.append("DOMU_MEM[\(index)]=\(pick([16, 100, 511, 1024]))") }
            if pick([true, false]) { lines.append("DOMU_VCPUS[\(index)]=\(pick([1, 2, 8]))") }
            if pick([true, false]) { lines.append("DOMU_CMD[\(index)]=\"console=ttyAMA0 n=\(index)\"") }
            if pick([true, false]) { lines.append("DOMU_ENHANCED[\(index)]=\(pick([0, 2]))") }
            if pick([true, false, false]) {
                lines.append("DOMU_STATIC_MEM[\(index)]=\"0x\(90 + index)000000 0x1000000\"")
            }
            if pick([true, false, false]) { lines.append("DOMU_COLORS[\(index)]=\"\(pick(["0-3", "4-7"]))\"") }
        }
        let config = lines.map { "  \($0)\n" }.joined()
        return """
            boot: \(boot)
            artifacts:
              xen: {package: xen-hypervisor-4.17-arm64, path: boot/xen-4.17-arm64}
              tiny: {assembly: tiny.S}
              other: {gzip: tiny}
              ramdisk: {initramfs: hello.yaml}
              virt.dtb: {device-tree: machine}
            config: |
            \(config)
            expect: {xen: [x]}
            """
    }

    private func check(_ seed: UInt64) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "ibtest-check-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = ScenarioTests.root.appending(path: "scenarios/common/generated.yaml").path
        let text = Self.scenario(seed)
        let scenario = try Scenario(text: Array(text.utf8), path: path, name: "generated")
        let provider = ArtifactProvider(cache: try ArtifactCache())
        do {
            let result = try CrossCheck(scenario: scenario, provider: provider, folder: folder, loop: EventLoop()).run()
            #expect(result.differences == [], "seed \(seed):\n\(text)")
            #expect(result.compared.count >= 2 && result.byteCount > 900_000)
        } catch let error as PreparationError {
            Issue.record("seed \(seed): \(error.message)\n\(text)")
        }
    }

    @Test(arguments: 0..<8) func memoryIsWhatTheSimulationSays(_ seed: UInt64) throws { try check(seed) }

    @Test(.enabled(if: isSlowRun, "slow: scripts/test --all"), arguments: 8..<58)
    func memoryIsWhatTheSimulationSaysForMany(_ seed: UInt64) throws { try check(seed) }
}
