import DeviceTree
import Foundation
import Testing
import UBoot

@testable import ImageBuilder

/// Configs in the ways in which people write them for their boards and their tests of Xen.
struct FieldConfigTests {
    struct Config: Sendable, CustomTestStringConvertible {
        var name: String
        var text: String
        var load: String? = "tftp"
        var board: String?
        /// Lines of the script without `fdt set /chosen`, in their order.
        var lines: [String]
        var testDescription: String { name }
    }

    private static let outputs = "UBOOT_SOURCE=\"boot.source\"\nUBOOT_SCRIPT=\"boot.scr\"\n"

    static let configs: [Config] = [
        Config(
            name: "tests of Xen under QEMU, with lines that were added later",
            text: """

                MEMORY_START="0x40000000"
                MEMORY_END="0xC0000000"

                XEN="xen"
                DEVICE_TREE="board.dtb"
                DOM0_KERNEL="Image"
                DOM0_RAMDISK="ramdisk.cpio.gz"
                XEN_CMD="console=dtuart dom0_mem=512M console_timestamps=boot"

                NUM_DOMUS=1
                DOMU_KERNEL[0]="Image"
                DOMU_RAMDISK[0]="ramdisk.cpio.gz"
                DOMU_MEM[0]="256"

                LOAD_CMD="tftpb"
                \(outputs)DOMU_KERNEL[1]="Image-2m"
                DOMU_ENHANCED[1]=0
                NUM_DOMUS=2
                """, board: "qemu-arm64-virt",
            lines: [
                " xen,xen-bootargs \"console=dtuart dom0_mem=512M console_timestamps=boot\"",
                "/domU0 memory <0 262144>", "/domU0 xen,enhanced \"enabled\"", "/domU1 memory <0 524288>",
            ]),
        Config(
            name: "static memory behind the RAM that is named",
            text: """
                MEMORY_START="0x40000000"
                MEMORY_END="0x50000000"
                DEVICE_TREE="board.dtb"
                XEN="xen"
                XEN_CMD="console=dtuart"
                NUM_DOMUS=1
                DOMU_KERNEL[0]="Image"
                DOMU_RAMDISK[0]="ramdisk.cpio.gz"
                DOMU_MEM[0]=512
                DOMU_STATIC_MEM[0]="0x50000000 0x20000000"
                DOMU_DIRECT_MAP[0]=0
                \(outputs)
                """, board: "qemu-arm64-virt",
            lines: ["/domU0 memory <0 524288>", "/domU0 xen,static-mem <0x0 0x50000000 0x0 0x20000000>"]),
        Config(
            name: "a board of 32 bits",
            text: """
                MEMORY_START="0x40000000"
                MEMORY_END="0x80000000"
                DEVICE_TREE="board.dtb"
                XEN="zImage"
                XEN_CMD="console=dtuart noreboot dom0_mem=512M bootscrub=0"
                DOM0_KERNEL="zImage"
                DOM0_RAMDISK="ramdisk.cpio.gz"
                DOM0_CMD="console=hvc0 earlyprintk clk_ignore_unused root=/dev/ram0 rdinit=/bin/sh"
                NUM_DOMUS=1
                DOMU_KERNEL[0]="zImage"
                DOMU_CMD[0]="console=ttyAMA0 root=/dev/ram0 rdinit=/bin/sh"
                DOMU_VCPUS[0]=2
                BOOT_CMD="bootz"
                \(outputs)
                """, board: "qemu-arm-virt",
            lines: [
                " xen,dom0-bootargs \"console=hvc0 earlyprintk clk_ignore_unused root=/dev/ram0 rdinit=/bin/sh\"",
                "/domU0 cpus <2>",
            ]),
        Config(
            name: "a board with an FPGA, a guest without Linux, and cache colours",
            text: """
                # system.dtb is from the build
                MEMORY_START="0x0"
                MEMORY_END="0x80000000"
                DEVICE_TREE="board.dtb"
                XEN="xen"
                DOM0_KERNEL="Image"
                DOM0_RAMDISK="ramdisk.cpio.gz"
                DOM0_MEM=2048
                DOM0_VCPUS=2
                XEN_COLORS="0-3"
                DOM0_COLORS="4-7"
                NUM_DOMUS=2
                DOMU_KERNEL[0]="fpga.bit"   # stands for a raw program
                DOMU_MEM[0]=64
                DOMU_CMD[0]=""
                DOMU_PASSTHROUGH_PATHS[0]="/axi/serial@ff000000"
                DOMU_PASSTHROUGH_DTB[0]="pt.dtb"
                DOMU_KERNEL[1]="Image.gz"
                DOMU_RAMDISK[1]="ramdisk.cpio"
                DOMU_COLORS[1]="8-11"
                BITSTREAM="fpga.bit"
                \(outputs)
                """,
            lines: [
                " xen,xen-bootargs \"console=dtuart dtuart=serial0 dom0_mem=2048M dom0_max_vcpus=2 bootscrub=0 vwfi=native "
                    + "sched=null xen_colors=0-3 dom0_colors=4-7 \"",
                "/domU0 memory <0 65536>", "/domU1 colors <0xf00>",
            ]),
        Config(
            name: "lists, and a load command of its own",
            text: """
                MEMORY_START="0x80000000"
                MEMORY_END="0xFF000000"
                LOAD_CMD="load virtio 0:1"
                DEVICE_TREE="board.dtb"
                XEN="xen"
                XEN_CMD="console=dtuart dtuart=serial0 noreboot sync_console"
                NUM_DOMUS=3
                DOMU_KERNEL=( Image Image-2m Image )
                DOMU_RAMDISK=( ramdisk.cpio ramdisk.cpio ramdisk.cpio )
                DOMU_MEM=( 256 256 128 )
                DOMU_VCPUS=( 1 2 1 )
                \(outputs)
                """, load: nil,
            lines: ["/domU0 memory <0 262144>", "/domU1 cpus <2>", "/domU2 memory <0 131072>"]),
        Config(
            name: "domains that Dom0 starts, on an SD card",
            text: """
                MEMORY_START=0x0
                MEMORY_END=0x80000000
                DEVICE_TREE=board.dtb
                XEN=xen
                DOM0_KERNEL=Image
                DOM0_ROOTFS=rootfs.tar.gz
                NUM_DOMUS=2
                DOMU_KERNEL[0]=Image
                DOMU_RAMDISK[0]=ramdisk.cpio
                DOMU_NOBOOT[0]=y
                DOMU_KERNEL[1]=Image
                DOMU_ROOTFS[1]=rootfs.cpio.gz
                DOMU_NOBOOT[1]=y
                GPT=y
                \(outputs)
                """, load: "sd",
            lines: [
                " xen,dom0-bootargs \"console=hvc0 earlycon=xen earlyprintk=xen clk_ignore_unused root=/dev/mmcblk0p2\""
            ]),
        Config(
            name: "variables and sums",
            text: """
                #!/bin/bash
                BASE=0x40000000
                IMAGES="."
                KERNEL="${IMAGES}/Image"
                MEMORY_START=$BASE
                MEMORY_END=$(( BASE + 0x40000000 ))
                DEVICE_TREE="${IMAGES}/board.dtb"
                XEN=${IMAGES}/xen
                DOM0_KERNEL=$KERNEL
                DOM0_CMD="console=hvc0 earlycon=xen"
                DOM0_CMD+=" clk_ignore_unused"
                N=0
                DOMU_KERNEL[$N]=$KERNEL; DOMU_MEM[$N]=128; N=$((N+1))
                DOMU_KERNEL[N]=$KERNEL; DOMU_MEM[N]=64; N=$((N+1))
                NUM_DOMUS=$N
                export UBOOT_SOURCE="boot.source" UBOOT_SCRIPT="boot.scr"
                """,
            lines: [
                " xen,dom0-bootargs \"console=hvc0 earlycon=xen clk_ignore_unused root=/dev/ram0\"",
                "/domU0 memory <0 131072>", "/domU1 memory <0 65536>",
            ]),
        Config(
            name: "Linux alone, which has its root on a card",
            text: """
                MEMORY_START="0x0"
                MEMORY_END="0x80000000"
                LOAD_CMD="load mmc 1:1"
                DEVICE_TREE="board.dtb"
                LINUX="Image"
                LINUX_CMD="earlycon console=ttyPS0,115200 root=/dev/mmcblk1p2 rw rootwait"
                NUM_DOMUS=2
                BITSTREAM="fpga.bit"
                \(outputs)
                """, load: nil,
            lines: [" bootargs \"earlycon console=ttyPS0,115200 root=/dev/mmcblk1p2 rw rootwait\""]),
    ]

    private func build(_ config: Config, isCompatible: Bool) throws -> BuildResult {
        let files = try TestBuild()
        return try files.build(config.text, board: config.board) { options in
            options.loadCommand = config.load
            options.isCompatible = isCompatible
        }
    }

    @Test(arguments: configs, [true, false])
    func givesWhatItMeans(config: Config, isCompatible: Bool) throws {
        let result = try build(config, isCompatible: isCompatible)
        #expect(result.errors == [])
        #expect(result.record?.handOff != nil)
        let script = result.text.split(separator: "\n").map(String.init)
        var rest = script[...]
        for line in config.lines {
            let index = rest.firstIndex { $0 == "fdt set /chosen\(line)" }
            #expect(index != nil, "\(line)\n\(result.text)")
            if let index { rest = rest[(index + 1)...] }
        }
    }

    @Test(arguments: configs)
    func upstreamsTextHasTheSameEffect(config: Config) throws {
        let (ours, theirs) = (try build(config, isCompatible: false), try build(config, isCompatible: true))
        let trees = (try #require(ours.tree), try #require(theirs.tree))
        let differences = DeviceTreeDocument.differences(
            ExampleTests.named(trees.1, theirs.plan), ExampleTests.named(trees.0, ours.plan))
        #expect(differences.map(\.description) == [])
    }

    @Test func carriageReturnsAreNoPartOfExtraCommands() throws {
        let files = try TestBuild()
        try files.write("extra.txt", Array("setenv a b\r\necho $a\r\n".utf8))
        let result = try files.build(try files.base("APPEND_EXTRA_CMDS=extra.txt"))
        #expect(result.errors == [])
        #expect(result.findings.map(\.rule) == ["IB-EXTRA"])
        #expect(result.text.contains("\nsetenv a b\necho $a\nbooti "))
        #expect(result.record?.environment["a"] == "b")
    }

    /// Without Xen, what is of DomUs is ignored.
    @Test func domainsDoNotMatterWithoutXen() throws {
        let files = try TestBuild()
        let result = try files.build(
            try files.base("XEN=\nDOM0_KERNEL=\nNUM_DOMUS=\nLINUX=Image\nDOMU_KERNEL[0]=Image\nDOMU_MEM[0]=64"))
        #expect(result.errors == [])
        #expect(result.findings.map(\.severity) == [.warning])
        #expect(result.record?.handOff != nil)
    }

    @Test func aFolderMayBeNamedByALink() throws {
        let files = try TestBuild()
        let link = files.folder + "-link"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: files.folder)
        defer { try? FileManager.default.removeItem(atPath: link) }
        let (result, _) = try files.good("DOM0_KERNEL=\(link)/Image")
        #expect(result.plan[.dom0Kernel]?.loadName == "Image")
        let other = try files.build(try files.base()) { $0.folder = link }
        let usual = try files.build(try files.base())
        #expect(other.errors == [] && other.text == usual.text)
    }

    @Test func shortWordsAreOfTheCommandLine() throws {
        let files = try TestBuild()
        let result = try files.build(try files.base("LOAD_CMD=sd")) { $0.loadCommand = nil }
        #expect(
            result.findings.filter { $0.severity == .error }.map { "\($0.message): \($0.fix ?? "")" } == [
                "LOAD_CMD: 'sd' is a short word of -t, and no command that loads files: LOAD_CMD=\"load mmc 0:1\""
            ])
        for command in ["tftp", "tftpboot", "load mmc 0:1", "usb start; fatload usb 0:1", "ext4load scsi 0:2"] {
            let result = try files.build(try files.base("LOAD_CMD='\(command)'")) { $0.loadCommand = nil }
            #expect(result.findings == [])
        }
        let misspelt = try files.build(try files.base()) { $0.loadCommand = "fatlaod mmc 0" }
        #expect(
            misspelt.findings.map { "\($0.severity): \($0.message) \($0.fix ?? "")" } == [
                "warning: 'fatlaod' is no command that this U-Boot is known to have did you mean 'fatload'?"
            ])
    }

    /// Files that come from Windows have their line ends taken off, and that is said.
    @Test func carriageReturnsAreNoPartOfValues() throws {
        let config = Self.configs[0]
        let files = try TestBuild()
        let result = try files.build(config.text.replacing("\n", with: "\r\n"))
        #expect(result.errors == [])
        #expect(result.findings.map(\.rule) == ["IB-CONFIG-CRLF"])
        #expect(result.text == (try files.build(config.text)).text)
    }
}
