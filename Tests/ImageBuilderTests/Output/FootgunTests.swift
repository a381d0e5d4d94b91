import BootImages
import DeviceTree
import Testing
import UBoot

@testable import ImageBuilder

/// What upstream's script takes in silence and gets wrong: here each is an error, or right.
struct FootgunTests {
    struct Refusal: Sendable, CustomTestStringConvertible {
        var number: Int
        var lines: String
        var message: String
        var testDescription: String { "\(number): \(lines)" }

        init(_ number: Int, _ lines: String, _ message: String) {
            self.number = number
            self.lines = lines
            self.message = message
        }
    }

    static let refusals: [Refusal] = [
        Refusal(1, "UBOOT_SOURCE=", "UBOOT_SOURCE is not set"),
        Refusal(2, "UBOOT_SCRIPT=nodir/boot.scr", "the folder of the output 'nodir/boot.scr' does not exist"),
        Refusal(3, "XEN_CMD=x\nDOM0_MEM=512", "DOM0_MEM and XEN_CMD exclude each other"),
        Refusal(5, "UBOOT_SOURCE=Image", "is an input, and would be overwritten"),
        Refusal(5, "FDTEDIT=board.dtb", "is an input, and would be overwritten"),
        Refusal(6, "UBOOT_SOURCE=extra.txt\nAPPEND_EXTRA_CMDS=extra.txt", "is an input, and would be overwritten"),
        Refusal(7, "FIT=x.fit\nFIT_ENC_KEY_DIR=keys/nokey", "the key cannot be read: No such file or directory"),
        Refusal(7, "FIT=x.fit\nFIT_ENC_KEY_DIR=nokey", "expected the key as DIR/HINT, found no '/'"),
        Refusal(9, "FIT_ENC_KEY_DIR=keys/dev", "a key signs a FIT, and no FIT is asked for"),
        Refusal(10, "MEMORY_END=0x40DFF000", "not enough memory: DEVICE_TREE 'board.dtb' ends at 0x40a01000"),
        Refusal(12, "DEVICE_TREE=", "DEVICE_TREE is not set"),
        Refusal(24, "NUM_DOMUS=1\nDOMU_KERNEL[0]=Image\nDOMU_COLORS[0]=0-40", "expected colours"),
        Refusal(27, "NUM_DOMUS=1\nDOMU_KERNEL[0]=Image\nDOMU_STATIC_MEM[0]='0x7ff00000 2M'", "runs over the end"),
        Refusal(27, "NUM_DOMUS=1\nDOMU_KERNEL[0]=Image\nDOMU_STATIC_MEM[0]='0x50000000'", "expected pairs"),
        Refusal(
            29, "LOAD_CMD='load mmc 0'\nDOM0_ROOTFS=rootfs.tar.gz",
            "expected a load command that ends in DEVICE:PARTITION"),
        Refusal(30, "NUM_DOMUS=1\nDOMU_KERNEL[0]=Image\nDOMU_MEM[0]=1.5", "expected a whole number"),
        Refusal(31, "NUM_DOMUS=1\nDOMU_KERNEL[0]=Image\nDOMU_MEM[0]=-5", "expected a number without a sign"),
        Refusal(32, "NUM_DOMUS=1\nDOMU_KERNEL[0]=Image\nDOMU_MEM[0]=010", "expected a number without zeros in front"),
        Refusal(33, "NUM_DOMUS=1\nDOMU_KERNEL[0]=Image\nDOMU_VCPUS[0]=four", "expected a number"),
        Refusal(33, "NUM_DOMUS=1\nDOMU_KERNEL[0]=Image\nDOMU_VCPUS[0]=0", "expected a number from 1"),
        Refusal(35, "MEMORY_START=40000000", "expected whole pages of 4 KiB, found the decimal 40000000"),
        Refusal(37, "NUM_DOMUS=two", "expected a number"),
        Refusal(37, "NUM_DOMUS=\nDOMU_KERNEL[0]=Image", "'DOMU_KERNEL[0]' needs NUM_DOMUS, which is not set"),
        Refusal(38, "NUM_DOMUS=1\nDOMU_KERNEL[0]=Image\nDOMU_STATIC_MEM[0]='0x50000000 256Q'", "expected a number"),
        Refusal(39, "NUM_DOMUS=1\nDOMU_KERNEL[0]=Image\nDOMU_DIRECT_MAP[0]=yes", "expected 0 or 1"),
        Refusal(39, "NUM_DOMUS=1\nDOMU_KERNEL[0]=Image\nDOMU_ENHANCED[0]=yes", "expected a number"),
        Refusal(41, "NUM_DOMUS=1\nDOMU_KERNEL[0]=Image\nDOMU_COLORS[0]=14-6", "expected colours"),
        Refusal(42, "BOOT_CMD=boo", "expected one of booti, bootm, bootefi, bootz, none"),
        Refusal(48, "DOM0_KERNEL=metadata.txt", "expected a kernel, found text"),
        Refusal(48, "DOM0_KERNEL=kernel.xz", "Xen does not unpack a xz file"),
        Refusal(49, "NUM_DT_OVERLAY=1\nDT_OVERLAY[0]=pt.dtb", "expected an overlay with fragments"),
        Refusal(50, "DOM0_KERNEL=../up/Image", "lies outside of the folder"),
        Refusal(51, "NUM_DOMUS=1\nDOMU_KERNEL[0]=Image\nDOMU_PASSTHROUGH_PATHS[0]=/axi/none", "has no node /axi/none"),
    ]

    @Test(arguments: refusals)
    func isAnError(refusal: Refusal) throws {
        let files = try TestBuild()
        try files.write("metadata.txt", Array("text\n".utf8))
        try files.write("kernel.xz", [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0, 0, 1])
        let result = try files.build(try files.base(refusal.lines)) { options in
            if refusal.number == 29 { options.loadCommand = nil }
        }
        #expect(result.errors.contains { $0.contains(refusal.message) }, "\(result.errors)")
        #expect(result.outputs.outputs.isEmpty)
    }

    private func tree(_ lines: String, in files: TestBuild? = nil) throws -> (BuildResult, DeviceTreeDocument) {
        let files = try files ?? TestBuild()
        let result = try files.build(try files.base(lines))
        #expect(result.errors == [])
        return (result, try #require(result.tree))
    }

    /// 4: an output that exists stays as it is while nothing is written.
    @Test func oldOutputsSurviveAFailure() throws {
        let files = try TestBuild()
        try files.write("boot.source", [1])
        try files.write("boot.scr", [2])
        var outputs = OutputSet()
        outputs.outputs = [
            BuildOutput(path: files.folder + "/boot.source", bytes: [3]),
            BuildOutput(path: files.folder + "/boot.scr", bytes: [4]),
            BuildOutput(path: files.folder + "/nodir/x", bytes: [5]),
        ]
        #expect(throws: OutputError.self) { try outputs.write() }
        #expect(try RegularFile.read(files.folder + "/boot.source", limit: 9) == [1])
        #expect(try RegularFile.read(files.folder + "/boot.scr", limit: 9) == [2])
        outputs.outputs.removeLast()
        try outputs.write()
        #expect(try RegularFile.read(files.folder + "/boot.scr", limit: 9) == [4])
    }

    /// 11: a FIT with 1 GiB of RAM at 0x40000000 is no problem.
    @Test func aFITFitsInOneGibibyte() throws {
        let files = try TestBuild()
        let result = try files.build(try files.base("FIT=boot.fit"))
        #expect(result.errors == [])
        #expect(result.output("boot.fit") != nil)
        #expect(result.record?.handOff != nil)
    }

    /// 16: bootefi gets the tree.
    @Test func bootefiGetsTheTree() throws {
        let (result, tree) = try tree("BOOT_CMD=bootefi\nXEN=Image-2m")
        #expect(String(decoding: result.script.text, as: UTF8.self).contains("\nbootefi 0x40800000 0x40A00000\n"))
        #expect(tree["/chosen/dom0"] != nil)
    }

    /// 17: the size of a bitstream is hexadecimal, as U-Boot reads it.
    @Test func theBitstreamHasItsSize() throws {
        let (result, _) = try tree("BITSTREAM=fpga.bit")
        #expect(String(decoding: result.script.text, as: UTF8.self).contains("fpga load 0 0x40C00000 0x2625a0\n"))
    }

    /// 18: there is room for all edits.
    @Test func fortyDomainsFitIntoTheTree() throws {
        var lines = "NUM_DOMUS=40\nMEMORY_END=0x100000000\n"
        for index in 0..<40 {
            lines += "DOMU_KERNEL[\(index)]=Image-2m\nDOMU_RAMDISK[\(index)]=ramdisk.cpio\n"
        }
        let (result, tree) = try tree(lines)
        #expect(tree["/chosen/domU39"]?.children.count == 2)
        #expect(result.record?.commands.allSatisfy { $0.status == 0 || $0.status == nil } ?? false)
    }

    /// 19: the image for bootm says arm64.
    @Test func theWrappedKernelIsOfArm64() throws {
        let (result, _) = try tree("BOOT_CMD=bootm")
        let bytes = try #require(result.output("xen.ub"))
        #expect(bytes[29] == LegacyImageArchitecture.arm64.rawValue)
        #expect(result.record?.handOff != nil)
    }

    /// 20: a kernel gets the memory that it runs in.
    @Test func theRunningKernelHasRoom() throws {
        let files = try TestBuild()
        try files.write("big", TestBuild.image(runs: 9 << 20), count: 3 << 20)
        let result = try files.build(try files.base("DOM0_KERNEL=big\nDOM0_RAMDISK=ramdisk.cpio"))
        #expect(result.plan[.dom0Ramdisk]?.address == 0x40e0_0000)
    }

    /// 21 and 22: FDTEDIT has the overlays and right names, and the script applies the overlays, too.
    @Test func theEditedTreeIsTheScripts() throws {
        let (result, _) = try tree("FDTEDIT=ref.dtb\nNUM_DT_OVERLAY=1\nDT_OVERLAY[0]=overlay.dtbo")
        let edited = try DeviceTreeDocument(blob: try #require(result.output("ref.dtb")))
        #expect(edited["/axi/extra@0"] != nil)
        #expect(edited["/chosen"]?.property("#address-cells")?.u32 == 2)
        #expect(String(decoding: result.script.text, as: UTF8.self).contains("fdt apply "))
    }

    private static let twoDomains = "NUM_DOMUS=2\nDOMU_KERNEL[0]=Image-2m\nDOMU_KERNEL[1]=Image-2m\n"

    /// 23: each DomU has its own kind of console.
    @Test func eachDomainHasItsConsole() throws {
        let (_, tree) = try tree(Self.twoDomains + "DOMU_VUART_PL011[1]=1")
        #expect(tree["/chosen/domU0"]?.property("vpl011")?.value == [])
        #expect(tree["/chosen/domU1"]?.property("vpl011")?.string == "pl011")
    }

    /// 25: a DomU that is not started has no node, and no pool in it.
    @Test func aDomainThatIsNotStartedHasNoPool() throws {
        let (result, _) = try tree(
            Self.twoDomains + "DOMU_NOBOOT[1]=1\nDOMU_CPUPOOL[1]=0\nNUM_CPUPOOLS=1\nCPUPOOL[0]=cpu@2")
        #expect(!String(decoding: result.script.text, as: UTF8.self).contains("domain-cpupool"))
    }

    /// 26: above 4 GiB the ramdisk's addresses have two cells.
    @Test func aHighRamdiskKeepsItsAddress() throws {
        let files = try TestBuild()
        let text = """
            MEMORY_START=0x800000000
            MEMORY_END=0x840000000
            DEVICE_TREE=board.dtb
            LINUX=Image
            LINUX_RAMDISK=ramdisk.cpio
            UBOOT_SOURCE=boot.source
            """
        let result = try files.build(text)
        #expect(result.errors == [])
        let script = String(decoding: result.script.text, as: UTF8.self)
        #expect(script.contains("linux,initrd-start <0x8 0x800000>"))
    }

    /// 27: files are not loaded where static memory is.
    @Test func filesKeepOutOfStaticMemory() throws {
        let (result, _) = try tree(
            "NUM_DOMUS=1\nDOMU_KERNEL[0]=Image-2m\nDOMU_STATIC_MEM[0]='0x40800000 16M'")
        for file in result.plan.files {
            #expect(file.end <= 0x4080_0000 || file.address >= 0x4180_0000, "\(file.loadName)")
        }
    }

    /// 34: units count.
    @Test func unitsCount() throws {
        let (result, tree) = try tree("MEMORY_START=1G\nNUM_DOMUS=1\nDOMU_KERNEL[0]=Image-2m\nDOMU_MEM[0]=512M")
        #expect(result.plan.scriptAddress == 0x4020_0000)
        #expect(tree["/chosen/domU0"]?.property("memory")?.u64 == 524_288)
    }

    /// 36: a start that is not given is said.
    @Test func aMissingStartIsSaid() throws {
        let files = try TestBuild()
        let result = try files.build(try files.base("MEMORY_START="))
        #expect(result.findings.contains { $0.rule == "IB-MEMORY-START" })
    }

    /// 40: NOBOOT=0 is not NOBOOT.
    @Test func zeroIsNotNoBoot() throws {
        let (_, tree) = try tree("NUM_DOMUS=1\nDOMU_KERNEL[0]=Image-2m\nDOMU_NOBOOT[0]=0")
        #expect(tree["/chosen/domU0"] != nil)
    }

    /// 43, 44 and 45: strings arrive as they are.
    @Test(arguments: ["dyndbg=\"file x +p\"", "a $v \\ 'b'; c & d", "<1 2>", "[x]"])
    func stringsArrive(text: String) throws {
        let quoted = "'" + text.replacing("'", with: "'\\''") + "'"
        let (_, tree) = try tree("NUM_DOMUS=1\nDOMU_KERNEL[0]=Image-2m\nDOMU_CMD[0]=\(quoted)")
        let module = tree["/chosen/domU0"]?.children.first
        #expect(module?.property("bootargs")?.string == text)
    }

    /// 47: the environment is no part of a config.
    @Test func theEnvironmentIsNotRead() throws {
        let variables = try ConfigParser.parse(Array("A=1".utf8), name: "c", given: ["PWD": [47]])
        #expect(variables.byName.keys.sorted() == ["A"])
    }

    /// 52: extra commands do not run into the boot command.
    @Test func extraCommandsEnd() throws {
        let files = try TestBuild()
        try files.write("extra.txt", Array("echo hi".utf8))
        let (result, _) = try tree("APPEND_EXTRA_CMDS=extra.txt", in: files)
        #expect(String(decoding: result.script.text, as: UTF8.self).contains("\necho hi\nbooti "))
    }

    @Test func allNumbersAreCounted() {
        let others = [4, 11, 16, 17, 18, 19, 20, 21, 22, 23, 25, 26, 27, 34, 36, 40, 43, 44, 45, 47, 52]
        let elsewhere = [15, 46]
        let covered = Set(Self.refusals.map(\.number) + others + elsewhere)
        print("footguns of upstream's script that are errors or right: \(covered.count)")
        let missing = Set(1...27).union(29...52).subtracting(covered).sorted()
        #expect(missing == [8, 13, 14])
    }
}
