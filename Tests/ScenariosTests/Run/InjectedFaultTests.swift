import Foundation
import Testing

@testable import Scenarios

/// A boot with something wrong in it, and what must be said about it.
struct InjectedFault: Sendable, CustomTestStringConvertible {
    var name: String
    var scenario: String
    /// Files beside the scenario.
    var files: [String: [UInt8]] = [:]
    var kind: FailureKind
    /// What the first cause must say.
    var cause: String
    /// Whether silence is the fault, so that a limit must be waited for.
    var isSilence = false
    /// The signal that the emulator gets when the domains have started.
    var signal: Int32?

    var testDescription: String { name }

    private static let common = ScenarioTests.root.appending(path: "scenarios/common").path
    static let artifacts = """
        artifacts:
          xen: {package: xen-hypervisor-4.17-arm64, path: boot/xen-4.17-arm64}
          tiny: {assembly: \(common)/tiny.S}
          virt.dtb: {device-tree: machine}
        """
    private static let linux = """
          Image: {package: linux-image-arm64, path: boot/vmlinuz-*}
          initrd: {initramfs: \(common)/hello.yaml}
        """

    private static func config(_ lines: String..., xen: String = "console=dtuart bootscrub=0") -> String {
        let all =
            [
                "MEMORY_START=0x40000000", "MEMORY_END=0xBD000000", "DEVICE_TREE=virt.dtb", "XEN=xen",
                "XEN_CMD=\"\(xen)\"", "UBOOT_SOURCE=boot.source", "UBOOT_SCRIPT=boot.scr", "NUM_DOMUS=1",
            ] + lines
        return "config: |\n" + all.map { "  \($0)\n" }.joined()
    }

    private static let tiny = "DOMU_KERNEL[0]=tiny"
    static let hello = "expect: {domU0: [HELLO from tiny]}\n"

    private static func linuxDomain(_ words: String) -> String {
        """
        \(artifacts)
        \(linux)
        \(config("DOMU_KERNEL[0]=Image", "DOMU_RAMDISK[0]=initrd", "DOMU_MEM[0]=256", "DOMU_CMD[0]=\"console=ttyAMA0 \(words)\""))
        """
    }

    /// A script that boots Xen with the small guest, as ImageBuilder would write it.
    static func script(
        size: String = "0x160", first: String = "", before: String = "", boot: String = "booti 0x40a00000 -"
    ) -> [UInt8] {
        Array(
            """
            \(first)
            tftpb 0x40800000 tiny
            tftpb 0x40a00000 xen
            tftpb 0x40c00000 virt.dtb
            fdt addr 0x40c00000
            fdt resize 4096
            fdt set /chosen \\#address-cells <0x2>
            fdt set /chosen \\#size-cells <0x2>
            fdt set /chosen xen,xen-bootargs "console=dtuart bootscrub=0"
            fdt mknod /chosen domU0
            fdt set /chosen/domU0 compatible "xen,domain"
            fdt set /chosen/domU0 \\#address-cells <0x2>
            fdt set /chosen/domU0 \\#size-cells <0x2>
            fdt set /chosen/domU0 memory <0 16384>
            fdt set /chosen/domU0 cpus <1>
            fdt set /chosen/domU0 vpl011
            fdt mknod /chosen/domU0 module0
            fdt set /chosen/domU0/module0 compatible "multiboot,kernel" "multiboot,module"
            fdt set /chosen/domU0/module0 reg <0x0 0x40800000 0x0 \(size)>
            \(before)
            setenv fdt_high 0xffffffffffffffff
            \(boot) 0x40c00000

            """.utf8)
    }

    static let all: [InjectedFault] = [
        InjectedFault(
            name: "missing file on TFTP", scenario: artifacts + "\nscript: boot.source\n" + hello,
            files: ["boot.source": script(first: "tftpb 0x48000000 Image-domU")], kind: .script,
            cause: "the TFTP server has no file \"Image-domU\""),
        InjectedFault(
            name: "truncated kernel",
            scenario: artifacts + "\n  cut: {file: cut}\n"
                + config("DOMU_KERNEL[0]=cut", "DOMU_MEM[0]=64", "DOMU_CMD[0]=\"console=ttyAMA0\"")
                + "limits: {silence: 5}\n" + hello,
            files: ["cut": truncatedKernel], kind: .script,
            cause: "the kernel 'cut' is cut off: it has 4096 bytes, and its sections end at 8192", isSilence: true),
        InjectedFault(
            name: "wrong sha256",
            scenario: artifacts.replacing(
                "arm64}", with: "arm64, sha256: \(String(repeating: "0", count: 64))}") + "\n" + config(tiny) + hello,
            kind: .artifact, cause: "expected 0000000000"),
        InjectedFault(
            name: "domU panic",
            scenario: linuxDomain("rdinit=/nowhere root=/dev/nowhere") + "expect: {domU0: [HELLO]}\n",
            kind: .guest, cause: "VFS: "),
        InjectedFault(
            name: "domU hang before its banner",
            scenario: linuxDomain("tell=/dev/ttyAMA0") + "limits: {silence: 20}\nexpect: {domU0: [HELLO]}\n",
            kind: .guest,
            cause: "silence: domU0 wrote nothing for 20 s", isSilence: true),
        InjectedFault(
            name: "domU with a kernel that does nothing",
            scenario: artifacts + "\n  idle: {file: idle}\n" + config("DOMU_KERNEL[0]=idle", "DOMU_MEM[0]=64")
                + "limits: {silence: 4}\n" + hello,
            files: ["idle": idleKernel], kind: .guest,
            cause: "domU0 wrote nothing at all for 4 s; its kernel did not get as far as its interrupt controller",
            isSilence: true),
        InjectedFault(
            name: "domU without a console",
            scenario: linuxDomain("").replacing("console=ttyAMA0", with: "console=ttyS0")
                + "limits: {silence: 12}\nexpect: {domU0: [HELLO]}\n",
            kind: .guest,
            cause: "domU0 wrote nothing at all for 12 s; its kernel got as far as its interrupt controller",
            isSilence: true),
        InjectedFault(
            name: "domU hang after its banner",
            scenario: artifacts + "\n" + config(tiny)
                + "limits: {silence: 5}\nexpect: {domU0: [HELLO from tiny, more]}\n", kind: .guest,
            cause: "silence: domU0 wrote nothing for 5 s", isSilence: true),
        InjectedFault(
            name: "Xen panic after its console",
            scenario: artifacts + "\n" + config(tiny, "DOMU_VCPUS[0]=9") + hello,
            kind: .hypervisor, cause: "Error creating domain"),
        InjectedFault(
            name: "Xen without a console",
            scenario: artifacts + "\n" + config(tiny, xen: "console=dtuart dtuart=serial0")
                + "limits: {silence: 5}\n" + hello, kind: .script,
            cause: "'dtuart=serial0' in xen,xen-bootargs names an alias that the device tree has not got [XEN-CONSOLE]",
            isSilence: true),
        InjectedFault(
            name: "Xen panic before its console",
            scenario: artifacts + "\nscript: boot.source\nlimits: {silence: 5}\n" + hello,
            files: ["boot.source": script(before: "fdt set /chosen xen,static-heap <0x0 0x10000000 0x0 0x2000000>")],
            kind: .hypervisor,
            cause: "silence: nothing for 5 s after U-Boot started the kernel", isSilence: true),
        InjectedFault(
            name: "emulator killed", scenario: linuxDomain("role=domU0") + "expect: {domU0: [HELLO]}\n", kind: .harness,
            cause: "the emulator was killed by signal 9", signal: SIGKILL),
        InjectedFault(
            name: "emulator stopped",
            scenario: linuxDomain("role=domU0") + "limits: {silence: 3}\nexpect: {domU0: [HELLO]}\n", kind: .harness,
            cause: "the emulator was stopped by a signal and did not go on", isSilence: true, signal: SIGSTOP),
        InjectedFault(
            name: "no text at all",
            scenario: artifacts + "\n  nothing: {file: nothing}\nfirmware: nothing\n" + config(tiny)
                + "limits: {silence: 5}\n" + hello,
            files: ["nothing": [0x7f, 0x20, 0x03, 0xd5, 0xff, 0xff, 0xff, 0x17]], kind: .firmware,
            cause: "silence: no text at all for 5 s", isSilence: true),
        InjectedFault(
            name: "firmware reset loop", scenario: artifacts + "\nscript: boot.source\n" + hello,
            files: ["boot.source": Array("echo again\nreset\n".utf8)], kind: .firmware, cause: "U-Boot resets the board"
        ),
        InjectedFault(
            name: "wrong size cell", scenario: artifacts + "\nscript: boot.source\n" + hello,
            files: ["boot.source": script(size: "0x20")], kind: .script, cause: "XEN-SIZE-SHORT"),
        InjectedFault(
            name: "no room in the tree", scenario: artifacts + "\nscript: boot.source\n" + hello,
            files: [
                "boot.source": Array(
                    String(decoding: script(), as: UTF8.self).replacing("fdt resize 4096\n", with: "").utf8)
            ], kind: .script, cause: "FDT_ERR_NOSPACE; 'fdt set /chosen' finds no room in the device tree"),
        InjectedFault(
            name: "kernel of another kind",
            scenario: artifacts + "\n  other: {file: other}\n" + config("DOMU_KERNEL[0]=other") + hello,
            files: ["other": Array("\u{7f}ELF".utf8) + [UInt8](repeating: 0, count: 5000)], kind: .script,
            cause: "is 'other', which Xen cannot start: it is of the kind 'ELF file' [XEN-KERNEL-FORMAT]"),
        InjectedFault(
            name: "gzip kernel that is cut off",
            scenario: artifacts.replacing("{assembly: \(common)/tiny.S}", with: "{file: packed}")
                + "\nscript: boot.source\n" + hello,
            files: ["packed": cutGzip, "boot.source": script(size: "0x15")], kind: .script,
            cause: "'tiny', packed with gzip, cannot be unpacked: unexpected end of file"),
        InjectedFault(
            name: "gzip kernel with a wrong checksum",
            scenario: artifacts.replacing("{assembly: \(common)/tiny.S}", with: "{file: packed}")
                + "\nscript: boot.source\n" + hello,
            files: ["packed": changedGzip, "boot.source": script(size: "0x1e")], kind: .script,
            cause: "'tiny', packed with gzip, cannot be unpacked: incorrect data check"),
        InjectedFault(
            name: "Xen cut off in its header",
            scenario: artifacts.replacing(
                "{package: xen-hypervisor-4.17-arm64, path: boot/xen-4.17-arm64}", with: "{file: cut}") + "\n"
                + config(tiny) + hello, files: ["cut": Array("MZ".utf8) + truncatedKernel[2..<80]], kind: .script,
            cause: "the kernel 'xen' is cut off: it has 80 bytes"),
        InjectedFault(
            name: "no console for the domU",
            scenario: artifacts + "\nscript: boot.source\nlimits: {silence: 3}\n" + hello,
            files: [
                "boot.source": Array(
                    String(decoding: script(), as: UTF8.self).replacing("fdt set /chosen/domU0 vpl011\n", with: "").utf8
                )
            ], kind: .guest, cause: "domU0 wrote nothing at all for 3 s; it has no vpl011", isSilence: true),
        InjectedFault(
            name: "text without end", scenario: artifacts + "\nscript: boot.source\n" + hello,
            files: ["boot.source": Array("while true; do echo again and again; done\n".utf8)], kind: .script,
            cause: "it may never end [UB-LIMIT]", isSilence: true),
        InjectedFault(
            name: "no way back from the script", scenario: artifacts + "\nscript: boot.source\n" + hello,
            files: ["boot.source": Array("tftpb 0x40800000 tiny\necho done\n".utf8)], kind: .script,
            cause: "U-Boot came back to its prompt"),
        InjectedFault(
            name: "no kernel in memory", scenario: artifacts + "\nscript: boot.source\n" + hello,
            files: ["boot.source": Array("booti 0x48000000 - 0x40000000\n".utf8)], kind: .script,
            cause: "Bad Linux ARM64 Image magic!; there is no arm64 Image at 0x48000000 [UB-BOOTI-MAGIC]"),
    ]

    /// The first bytes of a gzip file.
    private static let cutGzip: [UInt8] = [
        0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0x4b, 0x4c, 0x4a, 0x4e, 0x49, 0x4d, 0x4b, 0xcf, 0xc8, 0xcc, 0xca,
    ]
    /// A gzip file whose checksum is another one than that of what it holds.
    private static let changedGzip: [UInt8] = cutGzip.dropLast() + [0x02, 0, 0x3a, 0x70, 0x81, 0x38, 10, 0, 0, 0]

    /// An Image that waits for ever.
    private static var idleKernel: [UInt8] {
        var image = [UInt8](repeating: 0, count: 4096)
        image.replaceSubrange(0..<8, with: [0x7f, 0x20, 0x03, 0xd5, 0xff, 0xff, 0xff, 0x17])
        image.replaceSubrange(17..<18, with: [0x10])
        image[24] = 0x0a
        image.replaceSubrange(56..<60, with: Array("ARMd".utf8))
        return image
    }

    /// An Image whose header asks for far more than the file has.
    private static var truncatedKernel: [UInt8] {
        var image = [UInt8](repeating: 0, count: 4096)
        image.replaceSubrange(0..<8, with: [0x7f, 0x20, 0x03, 0xd5, 0xff, 0xff, 0xff, 0x17])
        image.replaceSubrange(16..<20, with: [0, 0, 0x40, 0])
        image[24] = 0x0a
        // The EFI header with one section of 4 KiB that begins where the file ends.
        image[0x3c] = 0x40
        image.replaceSubrange(0x40..<0x48, with: [0x50, 0x45, 0, 0, 0x64, 0xaa, 1, 0])
        image.replaceSubrange(0x68..<0x70, with: [0, 0x10, 0, 0, 0, 0x10, 0, 0])
        image.replaceSubrange(56..<60, with: Array("ARMd".utf8))
        return image
    }
}

@Suite(
    .serialized, .tags(.emulator), .timeLimit(.minutes(30)),
    .enabled(if: hasEmulator, "QEMU or U-Boot is missing: run scripts/setup"))
struct InjectedFaultTests {
    @Test(arguments: InjectedFault.all)
    func firstCauseIsNamed(_ fault: InjectedFault) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "ibtest-fault-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, bytes) in fault.files { try Data(bytes).write(to: folder.appending(path: name)) }
        let path = folder.appending(path: "scenario.yaml").path
        let scenario = try Scenario(text: Array(fault.scenario.utf8), path: path, name: "fault")
        let out = folder.appending(path: "out").path
        let runner = ScenarioRunner(provider: ArtifactProvider(cache: try ArtifactCache()), folder: out)
        if let signal = fault.signal {
            runner.listener.happened = { [weak runner] _, event in
                if case .phase("domains", _) = event, let process = runner?.emulatorIdentifier {
                    kill(process, signal)
                }
            }
        }
        let result = runner.run(scenario)
        let failure = try #require(result.failure, "it passed")
        let seconds = String(format: "%5.1f", result.seconds)
        print(
            "| \(fault.name) | \(failure.kind.rawValue) | \(failure.cause) | \(failure.limit ?? "-") | \(seconds) s |")
        #expect(failure.kind == fault.kind)
        #expect(failure.cause.contains(fault.cause))
        #expect((failure.limit != nil) == fault.isSilence, "limit: \(failure.limit ?? "none")")
    }
}
