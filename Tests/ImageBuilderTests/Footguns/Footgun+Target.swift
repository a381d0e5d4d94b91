import BootImages
import DeviceTree
import Testing
import UBoot

@testable import ImageBuilder

/// Wrong results on the target: 15 to 27.
extension Footgun {
    static let target: [Footgun] = [
        Footgun(15, "phandles of CPUs stay as they are") { files in
            let (result, tree) = try files.good("NUM_CPUPOOLS=1\nCPUPOOL[0]=cpu@1")
            #expect(tree["/cpus/cpu@1"]?.property("phandle")?.u32 == 0x11)
            #expect(tree["/chosen/cpupool_0"]?.property("cpupool-cpus")?.cells == [0x11])
            #expect(!result.text.contains("fdt set /cpus/cpu@1"))
        },
        Footgun(16, "bootefi gets the tree") { files in
            let (result, tree) = try files.good("BOOT_CMD=bootefi\nXEN=Image-2m")
            #expect(result.text.contains("\nbootefi 0x40800000 0x40C00000\n"))
            #expect(tree["/chosen/dom0"] != nil)
        },
        Footgun(17, "the size of a bitstream is hexadecimal, as U-Boot reads it") { files in
            let (result, _) = try files.good("BITSTREAM=fpga.bit")
            #expect(result.text.contains("fpga load 0 0x40C00000 0x2625a0\n"))
        },
        Footgun(18, "there is room for all edits") { files in
            var lines = "NUM_DOMUS=40\nMEMORY_END=0x100000000\n"
            for index in 0..<40 {
                lines += "DOMU_KERNEL[\(index)]=Image-2m\nDOMU_RAMDISK[\(index)]=ramdisk.cpio\n"
            }
            let (result, tree) = try files.good(lines)
            #expect(tree["/chosen/domU39"]?.children.count == 2)
            #expect(result.record?.commands.allSatisfy { $0.status == 0 || $0.status == nil } ?? false)
        },
        Footgun(19, "the image for bootm says arm64") { files in
            let bytes = try #require(try files.good("BOOT_CMD=bootm").result.output("xen.ub"))
            #expect(bytes[29] == LegacyImageArchitecture.arm64.rawValue)
        },
        Footgun(20, "a kernel gets the memory that it runs in") { files in
            try files.write("big", TestBuild.image(runs: 9 << 20), count: 3 << 20)
            let (result, _) = try files.good("DOM0_KERNEL=big\nDOM0_RAMDISK=ramdisk.cpio")
            #expect(result.plan[.dom0Ramdisk]?.address == 0x40e0_0000)
        },
        Footgun(21, "the script applies the overlays that FDTEDIT has") { files in
            let (result, tree) = try files.good("FDTEDIT=ref.dtb\nNUM_DT_OVERLAY=1\nDT_OVERLAY[0]=overlay.dtbo")
            let edited = try DeviceTreeDocument(blob: try #require(result.output("ref.dtb")))
            #expect(edited["/axi/extra@0"] != nil)
            #expect(tree["/axi/extra@0"] != nil)
            #expect(result.text.contains("fdt apply "))
        },
        Footgun(22, "properties of FDTEDIT have their names") { files in
            let (result, tree) = try files.good("FDTEDIT=ref.dtb")
            let edited = try DeviceTreeDocument(blob: try #require(result.output("ref.dtb")))
            #expect(edited["/chosen"]?.property("#address-cells")?.u32 == 2)
            #expect(edited["/chosen"]?.properties.contains { $0.name.first == UInt8(ascii: "\\") } == false)
            #expect(edited["/chosen/dom0"] == tree["/chosen/dom0"])
        },
        Footgun(23, "each DomU has its own kind of console") { files in
            let (_, tree) = try files.good(twoDomains + "DOMU_VUART_PL011[1]=1")
            #expect(tree["/chosen/domU0"]?.property("vpl011")?.value == [])
            #expect(tree["/chosen/domU1"]?.property("vpl011")?.string == "pl011")
        },
        refusedDomain(24, "DOMU_COLORS[0]=0-40", "expected colours"),
        Footgun(25, "a DomU that is not started has no pool in its node") { files in
            let (result, _) = try files.good(
                twoDomains + "DOMU_NOBOOT[1]=1\nDOMU_CPUPOOL[1]=0\nNUM_CPUPOOLS=1\nCPUPOOL[0]=cpu@2")
            #expect(!result.text.contains("domain-cpupool"))
        },
        Footgun(26, "above 4 GiB the ramdisk's addresses have two cells") { files in
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
            #expect(result.text.contains("linux,initrd-start <0x8 0x800000>"))
            #expect(result.tree?["/chosen"]?.property("linux,initrd-start")?.u64 == 0x8_0080_0000)
            #expect(result.tree?["/chosen"]?.property("linux,initrd-end")?.u64 == 0x8_0080_0600)
        },
        Footgun(27, "files are not loaded where static memory is") { files in
            let (result, _) = try files.good(oneDomain + "DOMU_STATIC_MEM[0]='0x40800000 16M'")
            for file in result.plan.files {
                #expect(file.end <= 0x4080_0000 || file.address >= 0x4180_0000, "\(file.loadName)")
            }
        },
        refusedDomain(27, "DOMU_STATIC_MEM[0]='0x7ff00000 2M'", "runs over the end"),
        refusedDomain(27, "DOMU_STATIC_MEM[0]='0x50000000'", "expected pairs"),
        refusedDomain(
            27, "DOMU_STATIC_MEM[0]='0x50000000 512'", "expected a size of whole pages of 4 KiB, found '512'"),
    ]
}
