import DeviceTree
import Foundation
import Testing
import UBoot

@testable import ImageBuilder

/// The config that ImageBuilder's own description shows: it has every kind of key, and two contradictions.
struct SeedConfigTests {
    private static let text = """
        MEMORY_START="0x0"
        MEMORY_END="0x80000000"
        LOAD_CMD="tftpb"
        BOOT_CMD="booti"

        DEVICE_TREE="mpsoc.dtb"
        XEN="xen"
        XEN_CMD="console=dtuart dtuart=serial0 dom0_mem=1G dom0_max_vcpus=1 bootscrub=0 vwfi=native sched=null"
        PASSTHROUGH_DTS_REPO="REPOSITORY device-trees-2021.2/zcu102"
        DOM0_KERNEL="Image-dom0"
        DOM0_CMD="console=hvc0 earlycon=xen earlyprintk=xen clk_ignore_unused"
        DOM0_RAMDISK="dom0-ramdisk.cpio"
        DOM0_MEM=1024
        DOM0_VCPUS=1

        NUM_DT_OVERLAY=1
        DT_OVERLAY[0]="host_dt_overlay.dtbo"

        NUM_DOMUS=2
        DOMU_KERNEL[0]="zynqmp-dom1/Image-domU"
        DOMU_PASSTHROUGH_PATHS[0]="/axi/ethernet@ff0e0000 /axi/serial@ff000000"
        DOMU_CMD[0]="console=ttyPS0 earlycon console=ttyPS0,115200 rdinit=/sbin/init root=/dev/ram0 init=/bin/sh"
        DOMU_RAMDISK[0]="zynqmp-dom1/domU-ramdisk.cpio"
        DOMU_COLORS[0]="6-14"
        DOMU_KERNEL[1]="zynqmp-dom2/Image-domU"
        DOMU_CMD[1]="console=ttyAMA0 clk_ignore_unused rdinit=/sbin/init root=/dev/ram0 init=/bin/sh"
        DOMU_RAMDISK[1]="zynqmp-dom2/domU-ramdisk.cpio"
        DOMU_MEM[1]=512
        DOMU_VCPUS[1]=1

        BITSTREAM=download.bit

        NUM_BOOT_AUX_FILE=2
        BOOT_AUX_FILE[0]="BOOT.BIN"
        BOOT_AUX_FILE[1]="uboot.cfg"

        UBOOT_SOURCE="boot.source"
        UBOOT_SCRIPT="boot.scr"
        APPEND_EXTRA_CMDS="extra.txt"
        FDTEDIT="imagebuilder.dtb"
        FIT="boot.fit"
        FIT_ENC_KEY_DIR="keys/dev"
        FIT_ENC_UB_DTB="uboot.dtb"

        """

    /// The files that it names, and a repository in place of the remote one.
    private func prepare() throws -> TestBuild {
        let files = try TestBuild()
        try files.makeKey()
        let commands = """
            cp board.dtb mpsoc.dtb; cp Image Image-dom0; cp ramdisk.cpio dom0-ramdisk.cpio; cp overlay.dtbo host_dt_overlay.dtbo
            for i in 1 2; do mkdir zynqmp-dom$i; cp Image-2m zynqmp-dom$i/Image-domU
                cp ramdisk.cpio zynqmp-dom$i/domU-ramdisk.cpio; done
            cp fpga.bit download.bit; cp board.dtb uboot.dtb
            mkdir -p repo/device-trees-2021.2; cp -r dts repo/device-trees-2021.2/zcu102; cd repo
            git init -q .; git add -A; git -c user.name=a -c user.email=a@b commit -qm first
            """
        let made = try ChildProcess.run(
            ["/bin/sh", "-ec", commands], environment: ["PATH=/usr/bin:/bin"], folder: files.folder)
        #expect(made.status == 0, "\(String(decoding: made.errors, as: UTF8.self))")
        return files
    }

    private func generate(_ text: String, in files: TestBuild) throws -> (status: Int32, output: String, errors: String)
    {
        let url = "file://\(files.folder)/repo"
        try files.write("config", Array(text.replacing("REPOSITORY", with: url).utf8))
        return try files.program(
            ["generate", "-c", "config", "-d", "."], environment: ["XDG_CACHE_HOME=\(files.folder)/cache"])
    }

    @Test func itsContradictionsAreFindings() throws {
        let files = try prepare()
        let run = try generate(Self.text, in: files)
        #expect(run.status == 2 && run.output.isEmpty)
        for message in [
            "config:13:1: error: DOM0_MEM and XEN_CMD exclude each other",
            "config:14:1: error: DOM0_VCPUS and XEN_CMD exclude each other",
            "config:9:1: error: DOMU_PASSTHROUGH_PATHS[1] is not set",
        ] { #expect(run.errors.contains(message), "\(run.errors)") }
        #expect(!FileManager.default.fileExists(atPath: files.folder + "/boot.source"))
    }

    @Test(arguments: [true, false])
    func withoutThemItWorks(makesFIT: Bool) throws {
        let files = try prepare()
        var lines = Self.text.split(separator: "\n").filter { !$0.hasPrefix("DOM0_MEM") && !$0.hasPrefix("DOM0_VCPUS") }
        if !makesFIT { lines.removeAll { $0.hasPrefix("FIT") } }
        lines.append("DOMU_PASSTHROUGH_PATHS[1]=/axi/serial@ff000000")
        let run = try generate(lines.joined(separator: "\n") + "\n", in: files)
        #expect(run.status == 0, "\(run.errors)")
        // All findings are of files that the disk image alone needs, and there are none of those.
        #expect(run.errors == "")
        let made =
            makesFIT ? ["boot.fit", "boot.its", "boot.source", "imagebuilder.dtb"] : ["boot.scr", "boot.source"]
        for name in made + ["partial-dts-domU0.dtb", "partial-dts-domU1.dtb", "imagebuilder.dtb"] {
            #expect(FileManager.default.fileExists(atPath: "\(files.folder)/\(name)"), "\(name)")
        }
        let bytes = try #require(try RegularFile.read(files.folder + "/imagebuilder.dtb", limit: 1 << 20))
        let tree = try DeviceTreeDocument(blob: bytes)
        #expect(tree["/axi/extra@0"] != nil)
        #expect(tree["/axi/ethernet@ff0e0000"]?.property("xen,passthrough") != nil)
        #expect(tree["/chosen/domU0"]?.property("colors")?.u32 == 0x7fc0)
        #expect(tree["/chosen/domU0"]?.children.count == 3)
        #expect(tree["/chosen/domU1"]?.children.count == 3)
        let script = try files.text("boot.source")
        #expect(script.contains("fpga load 0 0x"))
        #expect(script.contains("echo extra command\nbooti 0x"))
        if makesFIT {
            let control = try #require(try RegularFile.read(files.folder + "/uboot.dtb", limit: 1 << 20))
            #expect(try DeviceTreeDocument(blob: control)["/signature/key-dev"] != nil)
        }
    }
}
