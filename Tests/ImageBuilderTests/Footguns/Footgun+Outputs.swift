import Foundation
import Testing
import UBoot

@testable import ImageBuilder

/// Outputs and exit status: 1 to 14.
extension Footgun {
    static let outputs: [Footgun] = [
        refused(1, "UBOOT_SOURCE=", "UBOOT_SOURCE is not set"),
        refused(2, "UBOOT_SCRIPT=nodir/boot.scr", "the folder of the output 'nodir/boot.scr' does not exist"),
        Footgun(2, "-o into a folder that is not there") { files in
            let result = try files.build(try files.base()) { $0.base = "sub/x" }
            #expect(result.errors.contains { $0.contains("the folder of the output 'sub/x.source' does not exist") })
        },
        refused(3, "XEN_CMD=x\nDOM0_MEM=512", "DOM0_MEM and XEN_CMD exclude each other"),
        Footgun(3, "the exit status is that of an error") { files in
            try files.write("config", Array(files.base("XEN_CMD=x\nDOM0_MEM=512").utf8))
            #expect(try files.program(["generate", "-c", "config", "-d", ".", "-t", "tftp"]).status == 2)
        },
        Footgun(4, "a failing run after a good one leaves the outputs", oldOutputsSurvive),
        refused(5, "UBOOT_SOURCE=Image", "is an input, and would be overwritten"),
        refused(5, "FDTEDIT=board.dtb", "is an input, and would be overwritten"),
        Footgun(5, "every output that is an input", noOutputIsAnInput),
        refused(6, "UBOOT_SOURCE=extra.txt\nAPPEND_EXTRA_CMDS=extra.txt", "is an input, and would be overwritten"),
        refused(7, "FIT=x.fit\nFIT_ENC_KEY_DIR=keys/nokey", "the key cannot be read: No such file or directory"),
        refused(7, "FIT=x.fit\nFIT_ENC_KEY_DIR='keys/'", "expected a hint without blanks"),
        refused(7, "FIT=x.fit\nFIT_ENC_KEY_DIR='keys/a\";b'", "expected a hint without blanks"),
        refused(7, "FIT=x.fit\nFIT_ENC_KEY_DIR=nokey", "expected the key as DIR/HINT, found no '/'"),
        Footgun(7, "a key without sense") { files in
            try FileManager.default.createDirectory(atPath: files.folder + "/keys", withIntermediateDirectories: true)
            for name in ["keys/bad.key", "keys/bad.crt"] { try files.write(name, Array("no key\n".utf8)) }
            let result = try files.build(try files.base("FIT=x.fit\nFIT_ENC_KEY_DIR=keys/bad"))
            #expect(result.errors.contains { $0.contains("mkimage: failed") }, "\(result.errors)")
            #expect(result.outputs.outputs.isEmpty)
        },
        Footgun(8, "a control tree that is not there") { files in
            try files.makeKey()
            let result = try files.build(
                try files.base("FIT=x.fit\nFIT_ENC_KEY_DIR=keys/dev\nFIT_ENC_UB_DTB=missing.dtb"))
            #expect(result.errors.contains { $0.contains("missing.dtb") && $0.contains("No such file") })
            #expect(result.outputs.outputs.isEmpty)
        },
        refused(
            8, "FIT=x.fit\nMEMORY_START=0x140000000\nMEMORY_END=0x180000000", "a FIT has no addresses above 4 GiB"),
        Footgun(8, "a FIT in a folder, whose source finds its files", aFITInAFolder),
        refused(
            8, "DOM0_KERNEL=\nFIT=x.fit\nNUM_DOMUS=1\nDOMU_KERNEL[0]=Image\nDOMU_NOBOOT[0]=1",
            "no DomU is started at boot"),
        refused(9, "FIT_ENC_KEY_DIR=keys/dev", "a key signs a FIT, and no FIT is asked for"),
        refused(10, "MEMORY_END=0x40DFF000", "not enough memory: DEVICE_TREE 'board.dtb' ends at 0x40a01000"),
        refused(10, "FIT=x.fit\nMEMORY_END=0x40C00000", "not enough memory"),
        Footgun(11, "a FIT with 1 GiB of RAM at 0x40000000") { files in
            let (result, _) = try files.good("FIT=boot.fit")
            #expect(result.output("boot.fit") != nil)
        },
        refused(12, "DEVICE_TREE=", "DEVICE_TREE is not set"),
        Footgun(13, "a config that is not there") { files in
            let (status, output, errors) = try files.program(["generate", "-c", "missing", "-d", ".", "-t", "tftp"])
            #expect(status == 2 && output.isEmpty)
            #expect(errors == "ibtest: missing: No such file or directory\n")
        },
        Footgun(14, "partial trees have one name and leave nothing behind", partialTreesAreTheSame),
    ]

    @Sendable private static func oldOutputsSurvive(_ files: TestBuild) throws {
        try files.write("config", Array(files.base().utf8))
        let words = ["generate", "-c", "config", "-d", ".", "-t", "tftp"]
        #expect(try files.program(words).status == 0)
        let old = try files.text("boot.source")
        #expect(old.contains("booti"))
        for lines in ["MEMORY_END=0x40800000", "DOM0_KERNEL=missing", "XEN_CMD=x\nDOM0_MEM=1", "XEN"] {
            try files.write("config", Array(files.base(lines).utf8))
            #expect(try files.program(words).status != 0, "\(lines)")
            #expect(try files.text("boot.source") == old)
        }
    }

    @Sendable private static func noOutputIsAnInput(_ files: TestBuild) throws {
        let keys = ["UBOOT_SOURCE", "UBOOT_SCRIPT", "FDTEDIT", "FIT"]
        let inputs = ["board.dtb", "xen", "Image", "./Image", "ramdisk.cpio", "overlay.dtbo", "fpga.bit", "extra.txt"]
        try FileManager.default.createSymbolicLink(atPath: files.folder + "/link", withDestinationPath: "Image")
        for key in keys {
            for name in inputs + ["link"] {
                let lines =
                    "DOM0_RAMDISK=ramdisk.cpio\nNUM_DT_OVERLAY=1\nDT_OVERLAY[0]=overlay.dtbo\nBITSTREAM=fpga.bit\n"
                    + "APPEND_EXTRA_CMDS=extra.txt\n\(key)=\(name)"
                let result = try files.build(try files.base(lines), runs: false)
                #expect(result.errors.contains { $0.contains("is an input") }, "\(key)=\(name): \(result.errors)")
                #expect(result.outputs.outputs.isEmpty)
            }
        }
    }

    @Sendable private static func aFITInAFolder(_ files: TestBuild) throws {
        try FileManager.default.createDirectory(atPath: files.folder + "/sub", withIntermediateDirectories: true)
        let (result, _) = try files.good("FIT=sub/b.fit")
        try result.outputs.write()
        // Who wants another FIT of the source gets the same bytes.
        let made = try ChildProcess.run(
            ["mkimage", "-q", "-f", "sub/b.its", "other.fit"],
            environment: ["PATH=/usr/bin:/bin", "SOURCE_DATE_EPOCH=0"], folder: files.folder)
        #expect(made.status == 0, "\(String(decoding: made.errors, as: UTF8.self))")
        #expect(
            try RegularFile.read(files.folder + "/other.fit", limit: 1 << 26)
                == RegularFile.read(files.folder + "/sub/b.fit", limit: 1 << 26))
    }

    @Sendable private static func partialTreesAreTheSame(_ files: TestBuild) throws {
        let lines = oneDomain + "PASSTHROUGH_DTS_REPO=dts\nDOMU_PASSTHROUGH_PATHS[0]=/axi/serial@ff000000\n"
        try files.write("config", Array(files.base(lines).utf8))
        let before = try FileManager.default.contentsOfDirectory(atPath: files.folder)
        func once() throws -> Set<String> {
            let (status, _, errors) = try files.program(["generate", "-c", "config", "-d", ".", "-t", "tftp"])
            #expect(status == 0, "\(errors)")
            return Set(try FileManager.default.contentsOfDirectory(atPath: files.folder)).subtracting(before)
        }
        let made = try once()
        #expect(made == ["boot.source", "boot.scr", "partial-dts-domU0.dtb"])
        let first = try files.text("boot.source")
        #expect(try once() == made)
        #expect(try files.text("boot.source") == first)
    }
}
