import Testing
import UBoot
import Verifier

/// A script as ImageBuilder writes it for dom0 and two domains, RAM from 0.
struct GeneratedScriptTests {
    private static func module(_ path: String, _ kind: String, _ address: String, _ size: String) -> String {
        """
        fdt mknod \(path) module\(address)
        fdt set \(path)/module\(address) compatible  "multiboot,\(kind)" "multiboot,module"
        fdt set \(path)/module\(address) reg <0x0 \(address) 0x0 \(size) >
        """
    }

    private static func domain(_ name: String, memory: Int) -> String {
        ##"""
        fdt mknod /chosen \##(name)
        fdt set /chosen/\##(name) compatible "xen,domain"
        fdt set /chosen/\##(name) \#address-cells <0x2>
        fdt set /chosen/\##(name) \#size-cells <0x2>
        fdt set /chosen/\##(name) memory <0 \##(memory)>
        fdt set /chosen/\##(name) cpus <1>
        fdt set /chosen/\##(name) vpl011
        fdt set /chosen/\##(name) xen,enhanced "enabled"
        """##
    }

    private static let script = [
        ##"""
        tftpb 0xE00000 Image
        tftpb 0x1200000 ramdisk.cpio
        tftpb 0x1400000 Image-2m
        tftpb 0x1600000 ramdisk.cpio.gz
        tftpb 0x1800000 pt.dtb
        tftpb 0x1A00000 Image-2m1
        tftpb 0x1E00000 xen
        tftpb 0x2000000 board.dtb
        fdt addr 0x2000000
        fdt resize 1024
        fdt set /chosen \#address-cells <0x2>
        fdt set /chosen \#size-cells <0x2>
        fdt set /chosen xen,xen-bootargs "console=dtuart dtuart=serial0 dom0_mem=1024M   "
        fdt mknod /chosen dom0
        fdt set /chosen/dom0 compatible  "xen,linux-zimage" "xen,multiboot-module" "multiboot,module"
        fdt set /chosen/dom0 reg <0x0 0xE00000 0x0 0x300000 >
        fdt mknod /chosen dom0-ramdisk
        fdt set /chosen/dom0-ramdisk compatible  "xen,linux-initrd" "xen,multiboot-module" "multiboot,module"
        fdt set /chosen/dom0-ramdisk reg <0x0 0x1200000 0x0 0x600 >
        """##,
        domain("domU0", memory: 524288),
        module("/chosen/domU0", "kernel", "0x1400000", "0x200000"),
        "fdt set /chosen/domU0/module0x1400000 bootargs \"console=ttyAMA0\"",
        module("/chosen/domU0", "ramdisk", "0x1600000", "0x258"),
        module("/chosen/domU0", "device-tree", "0x1800000", "0x400"),
        domain("domU1", memory: 131072),
        module("/chosen/domU1", "kernel", "0x1A00000", "0x200001"),
        "setenv fdt_high 0xffffffffffffffff\nbooti 0x1E00000 - 0x2000000",
    ].joined(separator: "\n")

    private func boot() throws -> TestBoot {
        TestBoot(
            files: [
                "ramdisk.cpio": .ramdisk(0x600), "Image-2m": .kernel(0x20_0000), "ramdisk.cpio.gz": .ramdisk(0x258),
                "pt.dtb": .ramdisk(0x400), "Image-2m1": .kernel(0x20_0001),
            ],
            board: TestBoot.pi, scriptAddress: 0xC0_0000)
    }

    @Test func hasNoFindingAtAll() throws {
        let record = try boot().record(Self.script)
        #expect(record.ending == .handOff)
        #expect(verify(record) == [])
    }

    @Test func sameRecordGivesTheSameFindings() throws {
        let script = Self.script.replacing("tftpb", with: "tftpbx").replacing("xen,domain", with: "xen,domian")
        let record = try boot().record(script)
        #expect(verify(record) == verify(record))
        #expect(verify(record).count > 1)
    }
}
