import DeviceTree
import Foundation
import Testing
import UBoot

@testable import ImageBuilder

/// FITs: their sources, scripts and signatures, and what U-Boot does with them.
struct FITTests {
    private static let domains = """
        DOM0_RAMDISK=ramdisk.cpio
        NUM_DOMUS=1
        DOMU_KERNEL[0]=Image-2m
        DOMU_RAMDISK[0]=ramdisk.cpio.gz

        """

    /// The tree that dtc makes of a FIT's source, without the bytes of the images.
    private func compiled(_ source: [UInt8], in files: TestBuild) throws -> DeviceTreeDocument {
        try files.write("compared.its", source)
        let made = try ChildProcess.run(
            ["dtc", "-q", "-I", "dts", "-O", "dtb", "compared.its"], environment: ["PATH=/usr/bin:/bin"],
            folder: files.folder)
        #expect(made.status == 0, "\(String(decoding: made.errors, as: UTF8.self))")
        var tree = try DeviceTreeDocument(blob: made.output)
        tree.root.children.sort { $0.name.lexicographicallyPrecedes($1.name) }
        return tree
    }

    @Test(arguments: [("13-fit", "tftp"), ("14-fit-linux", "sd")])
    func theSourceIsUpstreams(example: (name: String, load: String)) throws {
        let files = try TestBuild()
        let folder = TestBuild.golden.appendingPathComponent("examples")
        let config = try String(contentsOf: folder.appendingPathComponent("\(example.name).config"), encoding: .utf8)
        let result = try files.build(config) { options in
            options.loadCommand = example.load
            options.makesFIT = true
            options.isCompatible = true
        }
        #expect(result.errors == [])
        try result.outputs.write()
        let source = try #require(result.outputs.outputs.first { $0.path.hasSuffix(".its") }?.bytes)
        let recorded = try Data(contentsOf: folder.appendingPathComponent("\(example.name).its"))
        // Both name the same files, so that their trees are the same down to the images' bytes.
        let differences = DeviceTreeDocument.differences(
            try compiled(Array(recorded), in: files), try compiled(source, in: files))
        #expect(differences.map(\.description) == [])
    }

    @Test(arguments: ["fit", "fit_std"])
    func theOldLoadCommandsMakeFITs(command: String) throws {
        let files = try TestBuild()
        let overlay = "NUM_DT_OVERLAY=1\nDT_OVERLAY[0]=overlay.dtbo\n"
        let result = try files.build(try files.base(Self.domains + overlay)) { $0.loadCommand = command }
        #expect(result.errors == [])
        let start = command == "fit" ? "source 0x41200000:boot_scr" : "bootm 0x41200000#config"
        #expect(
            result.hint == "Generated uboot FIT image boot.fit, to be loaded at or after address 0x41200000:\n"
                + "tftpb/load mmc 0:1/etc 0x41200000 boot.fit; \(start)\n")
        let names = result.outputs.outputs.map { $0.path.split(separator: "/").last ?? "" }.sorted()
        let script: [Substring] = command == "fit" ? ["boot.source"] : []
        #expect(names == (["board-fit.dtb", "boot.fit", "boot.its"] + script).sorted())
        // The same tree as that of a plain script, but for where things lie and what loading added.
        #expect(result.record?.handOff != nil)
        let tree = try #require(result.tree)
        #expect(tree["/axi/extra@0"] != nil)
        #expect(tree["/chosen/domU0"]?.children.count == 2)
    }

    @Test func aSignatureIsVerifiedWithTheKeyThatWasWritten() throws {
        let files = try TestBuild()
        try files.makeKey()
        try files.write("control.dtb", TestBuild.padded(TestBuild.board, to: 8192))
        let lines = Self.domains + "FIT=boot.fit\nFIT_ENC_KEY_DIR=keys/dev\nFIT_ENC_UB_DTB=control.dtb"
        let result = try files.build(try files.base(lines))
        #expect(result.errors == [])
        #expect(result.record?.handOff != nil)
        #expect(result.record?.console.display.contains("sha1,rsa2048:dev+") ?? false)
        let control = try DeviceTreeDocument(blob: try #require(result.output("control.dtb")))
        #expect(control["/signature/key-dev"]?.property("required")?.string == "image")
        #expect(control["/cpus"] != nil)
        // Another key's signature, or none, does not pass this U-Boot.
        try result.outputs.write()
        try files.makeKey("other")
        for further in ["", "FIT_ENC_KEY_DIR=keys/other\n"] {
            let other = try files.build(try files.base(Self.domains + "FIT=other.fit\n" + further))
            #expect(other.errors == [])
            let image = try #require(other.output("other.fit"))
            var loaded = PlanFileServer(files: ["other.fit": .bytes(image)], prefix: "", folder: nil)
            loaded.folder = try FolderServer(root: files.folder)
            let address = "0x\(hexadecimal(other.plan.end))"
            let record = try TestBuild.generic().run(
                typed: "tftpboot \(address) other.fit; source \(address):boot_scr\n", name: "typed", plan: other.plan,
                files: loaded, control: result.output("control.dtb"))
            #expect(record.handOff == nil)
            #expect(record.console.display.contains("Failed to verify required signature 'key-dev'"))
        }
    }

    @Test func aFindingInTheScriptNamesItsKey() throws {
        let files = try TestBuild()
        try files.write("extra.txt", Array("fdt set /nowhere a b\n".utf8))
        let config = try files.base(Self.domains + "FIT=boot.fit\nAPPEND_EXTRA_CMDS=extra.txt\n")
        try files.write("config", Array(config.utf8))
        let run = try files.program(["generate", "-c", "config", "-d", ".", "-t", "tftp"])
        #expect(run.status == 1 && run.output.isEmpty)
        let line = config.split(separator: "\n", omittingEmptySubsequences: false).firstIndex {
            $0.hasPrefix("APPEND_EXTRA_CMDS")
        }
        #expect(run.errors.contains("fdt set /nowhere a b"), "\(run.errors)")
        #expect(
            run.errors.contains("config:\((line ?? 0) + 1):1: note: this line comes from APPEND_EXTRA_CMDS"),
            "\(run.errors)")
    }

    @Test func theTreeOfAFITHasRoomForItsEdits() throws {
        let files = try TestBuild()
        // The tree fills its slot but for less than the edits need; the bitstream lies behind it.
        try files.write("large.dtb", TestBuild.padded(TestBuild.board, to: (2 << 20) - 64))
        let lines = Self.domains + "FIT=boot.fit\nBITSTREAM=fpga.bit\nDEVICE_TREE=large.dtb\n"
        let result = try files.build(try files.base(lines))
        #expect(result.errors == [])
        let tree = try #require(result.plan[.deviceTree])
        #expect(try #require(result.plan[.bitstream]).address == tree.address + (4 << 20))
    }
}
