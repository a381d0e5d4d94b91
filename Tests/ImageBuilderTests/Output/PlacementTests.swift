import DeviceTree
import Testing
import UBoot

@testable import ImageBuilder

/// Where files lie: out of what the tree, the board and the config keep for themselves.
struct PlacementTests {
    /// The addresses of the files, in the order of the plan.
    private func addresses(_ result: BuildResult) -> [UInt64] { result.plan.files.map(\.address) }

    private func tree(reserving regions: [(UInt32, UInt32)]) -> DeviceTreeDocument {
        var tree = TestBuild.board
        let cells = [DeviceTreeProperty("#address-cells", cells: [2]), DeviceTreeProperty("#size-cells", cells: [2])]
        let children = regions.map { start, size in
            DeviceTreeNode("r@\(start)", [DeviceTreeProperty("reg", cells: [0, start, 0, size])])
        }
        tree.root.children.append(DeviceTreeNode("reserved-memory", cells, children: children))
        return tree
    }

    @Test func reservedMemoryIsLeftFree() throws {
        let files = try TestBuild()
        try files.write(
            "reserved.dtb",
            TestBuild.padded(tree(reserving: [(0x4040_0000, 0x1000), (0x40a0_0000, 0x30_0000)]), to: 4096))
        let lines = "DOM0_RAMDISK=ramdisk.cpio\nDEVICE_TREE=reserved.dtb"
        let (result, _) = try files.good(lines)
        // The kernel needs 4 MiB from behind the first region, which would reach into the second.
        #expect(addresses(result) == [0x4060_0000, 0x40e0_0000, 0x4100_0000, 0x4120_0000])
        let upstream = try files.build(try files.base(lines)) { $0.usesUpstreamPlacement = true }
        #expect(addresses(upstream) == [0x4040_0000, 0x4080_0000, 0x40a0_0000, 0x40c0_0000])
    }

    @Test(
        arguments: [
            (0x4000_0000, 0x4020_0000, 0x4040_0000, 0x4080_0000), (0x4010_0000, 0x4030_0000, 0x4050_0000, 0x4080_0000),
            (0, 0xc0_0000, 0xe0_0000, 0x120_0000), (0xb0_0000, 0xd0_0000, 0xf0_0000, 0x120_0000),
        ] as [(UInt64, UInt64, UInt64, UInt64)])
    func upstreamsAddressesAreItsOwn(start: UInt64, script: UInt64, first: UInt64, second: UInt64) throws {
        let files = try TestBuild()
        let config = try files.base("MEMORY_START=0x\(hexadecimal(start))\nDOM0_RAMDISK=ramdisk.cpio")
        let result = try files.build(config) { $0.usesUpstreamPlacement = true }
        #expect(result.errors == [])
        #expect(result.plan.scriptAddress == script)
        #expect(Array(addresses(result).prefix(2)) == [first, second])
        #expect(result.record?.handOff != nil)
    }

    @Test func reservationsOfTheTreeAreLeftFree() throws {
        let files = try TestBuild()
        var tree = TestBuild.board
        tree.reservations = [.init(address: 0x4020_0000, size: 0x1000)]
        try files.write("reserved.dtb", TestBuild.padded(tree, to: 4096))
        let (result, _) = try files.good("DEVICE_TREE=reserved.dtb")
        #expect(result.plan.scriptAddress == 0x4040_0000)
    }

    @Test func theBoardsOwnAreaIsLeftFree() throws {
        let files = try TestBuild()
        func build(_ start: UInt64) throws -> BuildResult {
            try files.build(
                try files.base(
                    "DOM0_RAMDISK=ramdisk.cpio\nMEMORY_START=0x\(hexadecimal(start))\nMEMORY_END=0xc0000000"),
                board: "qemu-arm64-virt")
        }
        // U-Boot lies from 0xbddb2000 on.
        let good = try build(0xbd00_0000)
        #expect(good.errors == [])
        #expect(good.plan.files.allSatisfy { $0.end <= 0xbddb_2000 })
        let full = try build(0xbd40_0000)
        #expect(
            full.errors == [
                "2: XEN 'xen' no longer fits into RAM: of its 0x140000 bytes 0x140000 are too many for what is free from "
                    + "0xbde00000 on"
            ])
    }

    @Test func aFileThatFitsNoLongerIsNamed() throws {
        let files = try TestBuild()
        let result = try files.build(try files.base("MEMORY_END=0x40700000"))
        #expect(
            result.errors == [
                "4: DOM0_KERNEL 'Image' no longer fits into RAM: of its 0x400000 bytes 0x100000 are too many for what is "
                    + "free from 0x40400000 on"
            ])
    }

    @Test func filesGoOnInTheNextBank() throws {
        let files = try TestBuild()
        let result = try files.build(try files.base("DOM0_RAMDISK=ramdisk.cpio")) { options in
            options.ram = [
                ConfigRegion(start: 0x4000_0000, size: 0x80_0000), ConfigRegion(start: 0x6000_0000, size: 0x1000_0000),
            ]
        }
        #expect(result.errors == [])
        #expect(addresses(result) == [0x4040_0000, 0x6000_0000, 0x6020_0000, 0x6040_0000])
        #expect(result.record?.handOff != nil)
    }

    @Test func staticHeapAndSharedMemoryAreLeftFree() throws {
        let files = try TestBuild()
        let (result, _) = try files.good(
            Footgun.oneDomain
                + "XEN_STATIC_HEAP='0x40400000 4M'\nDOMU_SHARED_MEM[0]='x 0x40c00000 0x20000000 2M'")
        #expect(addresses(result).first == 0x4080_0000)
        #expect(!result.plan.files.contains { $0.address < 0x40e0_0000 && $0.end > 0x40c0_0000 })
    }

    @Test func aZImageSaysHowLargeItIs() throws {
        let files = try TestBuild()
        var head = [UInt8](repeating: 0, count: 48)
        head.replaceSubrange(36..<40, with: [0x18, 0x28, 0x6f, 0x01])
        head.replaceSubrange(44..<48, with: [0, 0, 0x50, 0])
        try files.write("short", head, count: 1 << 20)
        let (result, _) = try files.good("DOM0_KERNEL=short\nDOM0_RAMDISK=ramdisk.cpio")
        #expect(result.plan[.dom0Kernel]?.imageSize == 5 << 20)
        #expect(result.plan[.dom0Ramdisk]?.address == 0x40a0_0000)
    }
}
