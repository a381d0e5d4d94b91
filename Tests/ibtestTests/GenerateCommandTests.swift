import Foundation
import Testing

@testable import ibtest

/// `ibtest generate` and `scripts/uboot-script-gen` as they are called.
struct GenerateCommandTests {
    private static let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "scripts/uboot-script-gen").path()
    private static let lastLines =
        "Generated uboot script boot.scr, to be loaded at address 0x40200000:\n"
        + "tftpb 0x40200000 boot.scr; source 0x40200000\n"

    /// A folder with what the config of Dom0 alone names.
    private func files(_ lines: String = "") throws -> Folder {
        let folder = try Folder()
        _ = try folder.write(
            """
            MEMORY_START=0x40000000
            MEMORY_END=0x80000000
            DEVICE_TREE=board.dtb
            XEN=xen
            DOM0_KERNEL=Image
            UBOOT_SOURCE=boot.source
            \(lines)

            """, as: "config")
        let boards = URL(filePath: Self.script).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "boards")
        try FileManager.default.copyItem(
            atPath: boards.appending(path: "qemu-arm64-virt.dtb").path(), toPath: folder.path + "/board.dtb")
        for (name, megabytes) in [("xen", 1), ("Image", 3)] {
            var head: [UInt8] = [0x4d, 0x5a, 0, 0x91] + [UInt8](repeating: 0, count: 52) + Array("ARMd".utf8)
            (head[18], head[24]) = (UInt8(megabytes << 4), 0x0a)
            _ = try folder.write(head + [UInt8](repeating: 0, count: 4000), as: name)
        }
        return folder
    }

    private func generate(_ folder: Folder, _ words: String...) throws -> ToolRun { try generate(folder, words) }

    private func generate(_ folder: Folder, _ words: [String]) throws -> ToolRun {
        try ToolRun(["generate", "-c", folder.path + "/config", "-d", folder.path] + words)
    }

    /// The script with the built program.
    private func call(_ words: [String], in folder: Folder) throws -> (code: Int32, output: String, errors: String) {
        let process = Process()
        let (output, errors) = (Pipe(), Pipe())
        process.executableURL = URL(filePath: Self.script)
        process.arguments = words
        process.currentDirectoryURL = URL(filePath: folder.path)
        process.environment = ["PATH": "/usr/bin:/bin", "IBTEST": Program.path]
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        let problems = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, text, problems)
    }

    private func exists(_ name: String, _ folder: Folder) -> Bool {
        FileManager.default.fileExists(atPath: "\(folder.path)/\(name)")
    }

    @Test func saysUpstreamsLastLinesAndNothingElse() throws {
        let folder = try files()
        let run = try generate(folder, "-t", "tftp")
        #expect(run.code == 0 && run.output == Self.lastLines && run.errors == "")
        #expect(exists("boot.source", folder) && exists("boot.scr", folder))
    }

    @Test func warningsGoToStandardError() throws {
        let folder = try files("DOMU_KERNAL=x")
        let run = try generate(folder, "-t", "tftp")
        #expect(run.code == 0 && run.output == Self.lastLines)
        #expect(run.errors.contains("config:7:1: warning: 'DOMU_KERNAL' is no key"))
    }

    @Test(arguments: [
        ([], "missing option '--config CONFIG'"), (["-c", "x"], "missing option '--directory DIR'"),
        (["-c", "x", "-d", ".", "-y"], "unknown option '-y'"),
        (["-c", "x", "-d", ".", "--compat", "2022.1"], "2023.2"),
        (["-c", "x", "-d", "DIR", "-t", "tftp", "--board", "zcu102", "--disk", "missing.img"], "missing.img"),
    ])
    func wrongWordsAreUsage(words: [String], message: String) throws {
        let folder = try files()
        let words = words.map { $0 == "x" ? folder.path + "/config" : $0 == "DIR" ? folder.path : $0 }
        let run = try ToolRun(["generate"] + words)
        #expect(run.code == 2 && run.output == "")
        #expect(run.errors.contains(message), "\(run.errors)")
    }

    @Test func aDiskNeedsABoard() throws {
        let folder = try files()
        let run = try generate(folder, "-t", "tftp", "--disk", folder.path + "/xen")
        #expect(run.code == 2)
        #expect(run.errors == "ibtest: --disk needs --board: without a board every load comes from the folder\n")
    }

    @Test func aFolderThatIsNoneIsAnError() throws {
        let folder = try files()
        let run = try ToolRun(["generate", "-c", folder.path + "/config", "-d", folder.path + "/none", "-t", "tftp"])
        #expect(run.code == 2)
        #expect(run.errors.contains("is no folder: -d names none"))
    }

    @Test func whatWouldNotBootIsNotWritten() throws {
        let folder = try files("APPEND_EXTRA_CMDS=extra.txt")
        _ = try folder.write("echo hello\nfdt set /nowhere a b\n", as: "extra.txt")
        let run = try generate(folder, "-t", "tftp")
        #expect(run.code == 1 && run.output == "")
        #expect(run.errors.contains("note: this line comes from APPEND_EXTRA_CMDS"), "\(run.errors)")
        #expect(run.errors.hasSuffix("ibtest: nothing is written; --force writes it all the same\n"))
        #expect(!exists("boot.source", folder) && !exists("boot.scr", folder))
        let forced = try generate(folder, "-t", "tftp", "--force")
        #expect(forced.code == 0 && forced.output == Self.lastLines && !forced.errors.isEmpty)
        #expect(exists("boot.source", folder) && exists("boot.scr", folder))
        let unchecked = try generate(folder, "-t", "tftp", "--no-check")
        #expect(unchecked.code == 0 && unchecked.output == Self.lastLines && unchecked.errors == "")
    }

    @Test func tooLittleMemoryIsAFailedCheck() throws {
        let folder = try files("MEMORY_END=0x40800000")
        let run = try generate(folder, "-t", "tftp")
        #expect(run.code == 1)
        #expect(run.errors.contains("[IB-MEMORY-FULL]"))
    }

    @Test func theBoardDecidesWhatIsThere() throws {
        let folder = try files()
        let good = try generate(folder, "-t", "tftp", "--board", "qemu-arm64-virt")
        #expect(good.code == 0, "\(good.errors)")
        // This board has no such bus.
        let bad = try generate(folder, "-t", "load mmc 0:1", "--board", "qemu-arm64-virt")
        #expect(bad.code == 1 && bad.output == "")
    }

    @Test func filesComeFromTheDiskOfTheBoard() throws {
        let folder = try files("LOAD_CMD=\"load virtio 0\"")
        let disk = folder.path + "/disk.img"
        for words in [
            ["/usr/bin/truncate", "-s", "64M", disk], ["/usr/sbin/mkfs.vfat", "-F", "32", disk],
            ["/usr/bin/mcopy", "-i", disk] + ["xen", "Image", "board.dtb"].map { "\(folder.path)/\($0)" } + ["::/"],
        ] {
            let process = Process()
            process.executableURL = URL(filePath: words[0])
            process.arguments = Array(words.dropFirst())
            process.standardOutput = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
        }
        let board = ["--board", "qemu-arm64-virt"]
        let good = try generate(folder, board + ["--disk", disk])
        #expect(good.code == 0 && good.output.hasSuffix("\nload virtio 0 0x40200000 boot.scr; source 0x40200000\n"))
        let without = try generate(folder, board)
        #expect(without.code == 1)
        #expect(without.errors.contains("there is no such disk, partition or file system"))
        // What the disk does not have, though the folder does.
        let elsewhere = try generate(folder, board + ["--disk", disk, "-p", "boot"])
        #expect(elsewhere.code == 1 && elsewhere.errors.contains("'boot/Image' is not loaded"))
        // A FIT cannot be on the disk yet.
        let fit = try generate(folder, board + ["--disk", disk, "-f"])
        #expect(fit.code == 0, "\(fit.errors)")
    }

    @Test func aConfigIsRunOnlyWhereItMayBe() throws {
        let folder = try files("DOM0_MEM=$(touch \(NSTemporaryDirectory())/ibtest-must-not-be; echo 256)")
        let refused = try generate(folder, "-t", "tftp")
        #expect(refused.code == 2)
        #expect(refused.errors.contains("config:7:10: error: "), "\(refused.errors)")
        #expect(!FileManager.default.fileExists(atPath: NSTemporaryDirectory() + "/ibtest-must-not-be"))
        _ = try folder.write(
            try String(contentsOfFile: folder.path + "/config", encoding: .utf8)
                .replacing("touch \(NSTemporaryDirectory())/ibtest-must-not-be;", with: "") + "echo hello\n",
            as: "config")
        let allowed = try generate(folder, "-t", "tftp", "--allow-shell")
        #expect(allowed.code == 0 && allowed.output == Self.lastLines)
        #expect(allowed.errors == "\(folder.path)/config: run in bash, as --allow-shell says\nhello\n")
        #expect(try String(contentsOfFile: folder.path + "/boot.source", encoding: .utf8).contains("dom0_mem=256M"))
    }

    @Test func thePlaceOfAMistakeIsTheConfigs() throws {
        let folder = try files("XEN_CMD=a b")
        let run = try generate(folder, "-t", "tftp")
        #expect(run.code == 2)
        #expect(run.errors.contains("\(folder.path)/config:7:11: error: "), "\(run.errors)")
    }

    // MARK: The script

    @Test func theScriptTakesUpstreamsWords() throws {
        let folder = try files()
        let plain = try call(["-c", "config", "-d", ".", "-t", "tftp"], in: folder)
        #expect(plain.code == 0 && plain.output == Self.lastLines && plain.errors == "", "\(plain.errors)")
        // Upstream reads options as `getopts` does: joined, the last one counts, and other words are nothing.
        let joined = try call(["-t", "sd", "-cconfig", "-d.", "-fttftp", "-o", "out", "more"], in: folder)
        #expect(joined.code == 0, "\(joined.errors)")
        #expect(joined.output.hasSuffix("\ntftpb 0x40c00000 out.fit; source 0x40c00000:boot_scr\n"), "\(joined.output)")
        #expect(exists("out.source", folder) && exists("out.its", folder) && !exists("out.scr", folder))
        let prefix = try call(["-c", "config", "-d", ".", "-t", "sd", "-p", "boot"], in: folder)
        #expect(prefix.output.hasSuffix("\nload mmc 0:1 0x40200000 boot/boot.scr; source 0x40200000\n"))
        let long = try call(
            ["-c", "config", "-d", ".", "-t", "tftp", "--board", "qemu-arm64-virt", "--no-check", "-s"], in: folder)
        #expect(long.code == 0 && long.output == Self.lastLines, "\(long.errors)")
        #expect(try String(contentsOfFile: folder.path + "/boot.source", encoding: .utf8).contains("setenv memaddr"))
    }

    @Test(arguments: [
        (["-x"], "unknown option -x"), (["-c"], "-c needs a value"), ([], "missing option '--config CONFIG'"),
        (["-c", "config"], "missing option '--directory DIR'"), (["-c", "none", "-d", "."], "none: No such file"),
    ])
    func theScriptRefusesWhatUpstreamRefuses(words: [String], message: String) throws {
        let run = try call(words, in: try files())
        #expect(run.code == 2 && run.output == "")
        #expect(run.errors.contains(message), "\(run.errors)")
    }

    @Test func theScriptHelps() throws {
        for words in [["-h"], ["--help"], ["-h", "-x"]] {
            let run = try call(words, in: try files())
            #expect(run.code == 0 && run.output.contains("usage: scripts/uboot-script-gen -c CONFIG -d DIR"))
        }
    }
}
