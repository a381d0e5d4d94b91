import DeviceTree
import Testing
import UBoot

@testable import ImageBuilder

/// Values that upstream takes unchecked: 29 to 52.
extension Footgun {
    static let values: [Footgun] = [
        refused(
            29, "LOAD_CMD='load mmc 0'\nDOM0_ROOTFS=rootfs.tar.gz",
            "expected a load command that ends in DEVICE:PARTITION"),
        refusedDomain(30, "DOMU_MEM[0]=1.5", "expected a whole number"),
        Footgun(30, "a size with a unit") { files in
            let (_, tree) = try files.good(oneDomain + "DOMU_MEM[0]=512M")
            #expect(tree["/chosen/domU0"]?.property("memory")?.u64 == 524_288)
        },
        refusedDomain(31, "DOMU_MEM[0]=-5", "expected a number without a sign"),
        refusedDomain(32, "DOMU_MEM[0]=010", "expected a number without zeros in front"),
        refusedDomain(33, "DOMU_VCPUS[0]=four", "expected a number"),
        refusedDomain(33, "DOMU_VCPUS[0]=0", "expected a number from 1"),
        Footgun(34, "an address with a unit") { files in
            let (result, _) = try files.good("MEMORY_START=1G")
            #expect(result.plan.scriptAddress == 0x4020_0000)
        },
        refused(35, "MEMORY_START=40000000", "expected whole pages of 4 KiB, found the decimal 40000000"),
        Footgun(36, "a start that is not given is said") { files in
            let result = try files.build(try files.base("MEMORY_START="))
            #expect(result.findings.contains { $0.rule == "IB-MEMORY-START" && $0.severity == .warning })
        },
        refused(37, "NUM_DOMUS=two", "expected a number"),
        refused(37, "NUM_DOMUS=\nDOMU_KERNEL[0]=Image", "'DOMU_KERNEL[0]' needs NUM_DOMUS, which is not set"),
        refusedDomain(38, "DOMU_STATIC_MEM[0]='0x50000000 256Q'", "expected a number"),
        Footgun(38, "static memory with a unit") { files in
            let (_, tree) = try files.good(oneDomain + "DOMU_STATIC_MEM[0]='0x50000000 256M'")
            #expect(tree["/chosen/domU0"]?.property("xen,static-mem")?.cells == [0, 0x5000_0000, 0, 256 << 20])
            #expect(tree["/chosen/domU0"]?.property("memory")?.u64 == 256 << 10)
        },
        refusedDomain(39, "DOMU_DIRECT_MAP[0]=yes", "expected 0 or 1"),
        refusedDomain(39, "DOMU_ENHANCED[0]=yes", "expected a number"),
        Footgun(40, "NOBOOT=0 is not NOBOOT") { files in
            let (_, tree) = try files.good(oneDomain + "DOMU_NOBOOT[0]=0")
            #expect(tree["/chosen/domU0"] != nil)
        },
        refusedDomain(40, "DOMU_NOBOOT[0]=never", "expected 1 (or yes, true, on) or 0 (or no, false, off)"),
        refusedDomain(41, "DOMU_COLORS[0]=14-6", "expected colours"),
        Footgun(41, "colours with commas") { files in
            let (_, tree) = try files.good(oneDomain + "DOMU_COLORS[0]=0-1,4-5")
            #expect(tree["/chosen/domU0"]?.property("colors")?.u32 == 0b11_0011)
        },
        refused(42, "BOOT_CMD=boo", "expected one of booti, bootm, bootefi, bootz, none"),
        refused(42, "BOOT_CMD='booti bootefi'", "expected one of booti, bootm, bootefi, bootz, none"),
        arrives(43, "dyndbg=\"file x +p\""), arrives(44, "a $v \\ 'b'; c & d"), arrives(45, "<1 2>"),
        arrives(45, "[x]"),
        Footgun(46, "mistakes of a config have their place") { files in
            for (text, message) in [
                ("XEN=xen\nKEY = v\n", "config:2:1: error: "), ("A=1\nXEN=\"xen\nLINUX=x\n", "config:2:5: error: "),
                ("XEN=xen\nDOMU_KERNAL[0]=x\n", "config:2:1: warning: 'DOMU_KERNAL' is no key"),
                ("XEN=xen\r\nLINUX=x\r\n", "config:1:8: warning: lines end with a carriage return"),
            ] {
                try files.write("config", Array(text.utf8))
                let (status, _, errors) = try files.program(["generate", "-c", "config", "-d", "."])
                #expect(status == 2)
                #expect(errors.contains(message), "\(errors)")
            }
        },
        Footgun(47, "the environment is no part of a config", theEnvironmentIsNotRead),
        refused(48, "DOM0_KERNEL=metadata.txt", "expected a kernel, found text"),
        refused(48, "DOM0_KERNEL=kernel.xz", "Xen does not unpack a xz file"),
        refused(48, "DOM0_KERNEL=kernel.zst", "Xen does not unpack a zstd file"),
        refused(48, "DEVICE_TREE=metadata.txt", "expected a flattened device tree, found text"),
        refused(49, "NUM_DT_OVERLAY=1\nDT_OVERLAY[0]=pt.dtb", "expected an overlay with fragments"),
        refused(50, "DOM0_KERNEL=../up/Image", "lies outside of the folder"),
        Footgun(50, "a prefix has single slashes") { files in
            for (prefix, name) in [
                ("/boot//xen/", "/boot/xen/Image"), ("boot", "boot/Image"), ("/", "/Image"), ("boot/", "boot/Image"),
            ] {
                let result = try files.build(try files.base()) { $0.prefix = prefix }
                #expect(result.errors == [])
                #expect(result.text.contains("tftpb 0x40400000 \(name)\n"))
                #expect(result.record?.handOff != nil)
            }
            let result = try files.build(try files.base()) { $0.prefix = "a b" }
            #expect(result.errors.contains { $0.contains("-p: expected a path without blanks") })
        },
        refusedDomain(51, "DOMU_PASSTHROUGH_PATHS[0]=/axi/none", "has no node /axi/none"),
        refusedDomain(51, "FDTEDIT=ref.dtb\nDOMU_PASSTHROUGH_PATHS[0]=/axi/none", "has no node /axi/none"),
        Footgun(52, "extra commands do not run into the boot command") { files in
            try files.write("extra.txt", Array("echo hi".utf8))
            #expect(try files.good("APPEND_EXTRA_CMDS=extra.txt").result.text.contains("\necho hi\nbooti "))
        },
    ]

    /// A command line that comes to the DomU as it is.
    private static func arrives(_ number: Int, _ text: String) -> Footgun {
        Footgun(number, text) { files in
            let quoted = "'" + text.replacing("'", with: "'\\''") + "'"
            let (_, tree) = try files.good(oneDomain + "DOMU_CMD[0]=\(quoted)")
            #expect(tree["/chosen/domU0"]?.children.first?.property("bootargs")?.string == text)
        }
    }

    @Sendable private static func theEnvironmentIsNotRead(_ files: TestBuild) throws {
        try files.write("config", Array(files.base().utf8))
        let words = ["generate", "-c", "config", "-d", ".", "-t", "tftp"]
        let environment = ["DOM0_MEM=333", "FIT=x.fit", "LOAD_CMD=usb"]
        #expect(try files.program(words, environment: environment).status == 0)
        #expect(try files.text("boot.source").contains("dom0_mem=1500M"))
        // Who wants one of them says so.
        #expect(try files.program(words + ["--env", "DOM0_MEM"], environment: environment).status == 0)
        #expect(try files.text("boot.source").contains("dom0_mem=333M"))
        #expect(try files.program(words + ["--env", "DOM0_CMD"], environment: environment).status == 2)
    }
}
