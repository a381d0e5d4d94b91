import Testing
import UBoot
import Verifier

/// Two scripts of published guides for the Raspberry Pi 4, in other words but with their addresses and faults.
struct GuideTests {
    private static func script(cells: Int, ramdiskLoad: String) -> String {
        let zero = cells == 2 ? "0x0 " : ""
        return ##"""
            # Files from the server
            tftpb 0xE00000 xen
            tftpb 0x1000000 Image-dom0
            \##(ramdiskLoad)
            tftpb 0x8400000 bcm2711-rpi-4-b.dtb

            # The tree, with some room
            fdt addr 0x8400000
            fdt resize 1024

            fdt set /chosen \#address-cells <\##(cells)>
            fdt set /chosen \#size-cells <\##(cells)>
            fdt set /chosen xen,xen-bootargs "console=dtuart dtuart=serial0 dom0_mem=1G dom0_max_vcpus=1"

            fdt mknod /chosen dom0
            fdt set /chosen/dom0 compatible "xen,linux-zimage" "xen,multiboot-module"
            fdt set /chosen/dom0 reg <\##(zero)0x1000000 \##(zero)0x108AA00>
            fdt set /chosen xen,dom0-bootargs "console=hvc0 earlycon=xen root=/dev/ram0"

            fdt mknod /chosen dom0-ramdisk
            fdt set /chosen/dom0-ramdisk compatible "xen,linux-initrd" "xen,multiboot-module"
            fdt set /chosen/dom0-ramdisk reg <\##(zero)0x2200000 \##(zero)0x6013E86>

            setenv fdt_high 0xffffffffffffffff
            booti 0xE00000 - 0x8400000
            """##
    }

    private func boot(kernel: Int = 0x108_aa00, ramdisk: Int = 0x601_3e86) throws -> TestBoot {
        TestBoot(
            files: [
                "Image-dom0": .kernel(kernel), "rootfs.cpio.gz": .ramdisk(ramdisk),
                "bcm2711-rpi-4-b.dtb": try .tree(cells: false),
            ],
            board: TestBoot.pi, scriptAddress: 0xC0_0000)
    }

    @Test(arguments: [1, 2])
    func ramdiskWhoseLoadIsCommentedOutIsFound(cells: Int) throws {
        let findings = try boot().findings(Self.script(cells: cells, ramdiskLoad: "#tftpb 0x2200000 rootfs.cpio.gz"))
        #expect(TestBoot.summary(findings) == ["22 XEN-ADDR-UNLOADED error", "22 DOM0-RAMDISK-UNLOADED error"])
        let finding = try #require(findings.last)
        #expect(
            finding.message
                == "dom0's ramdisk /chosen/dom0-ramdisk is at 0x2200000, but it is never loaded: nothing is there")
        #expect(
            finding.notes == [
                .init("the load is commented out here", at: ScriptPlace(source: "boot.scr", line: 4, column: 1))
            ])
        #expect(finding.fix == "tftpb 0x2200000 rootfs.cpio.gz")
        #expect(finding.range == AddressRange(start: 0x220_0000, size: 0x601_3e86))
    }

    @Test(arguments: [1, 2])
    func nothingIsWrongWithTheFilesOfThatTime(cells: Int) throws {
        #expect(try boot().findings(Self.script(cells: cells, ramdiskLoad: "tftpb 0x2200000 rootfs.cpio.gz")).isEmpty)
    }

    @Test func sizesWrittenByHandAreHeldAgainstTheFiles() throws {
        let findings = try boot(kernel: 0x110_0000, ramdisk: 0x600_0000)
            .findings(Self.script(cells: 2, ramdiskLoad: "tftpb 0x2200000 rootfs.cpio.gz"))
        #expect(TestBoot.summary(findings) == ["17 XEN-SIZE-SHORT error", "22 XEN-SIZE-LONG warning"])
        #expect(
            findings.map(\.fix) == [
                "fdt set /chosen/dom0 reg <0x0 0x1000000 0x0 0x1100000>",
                "fdt set /chosen/dom0-ramdisk reg <0x0 0x2200000 0x0 0x6000000>",
            ])
    }
}
