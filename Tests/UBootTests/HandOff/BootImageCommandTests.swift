import BootImages
import DeviceTree
import Testing

@testable import UBoot

struct BootImageCommandTests {
    static let presets: [TestBoard.Preset] = [
        (TestImage.kernel(), 0x4040_0000), (TestImage.kernel(textOffset: 0x80000, flags: 2), 0x4120_0000),
        (TestImage.kernel(imageSize: 0), 0x4220_0000), (TestImage.kernel(), 0x4323_4000),
        ([0x1f, 0x8b, 8, 0] + [UInt8](repeating: 0, count: 100), 0x4400_0000),
        (TestTree.board, 0x4800_0000), (TestServer.counting(0x1234), 0x4a00_0000),
        (TestImage.legacy(.ramdisk, TestServer.counting(0x1234)), 0x4b00_0000),
        (TestImage.legacy(.ramdisk, TestServer.counting(0x1234), architecture: .arm), 0x4c00_0000),
        (TestTree.board, 0x4040_2000),
    ]

    static let boots: [Exchange] = [
        Exchange(
            "booti 40400000 - 48000000",
            """
            ## Flattened Device Tree blob at 48000000
               Booting using the fdt blob at 0x48000000
            Working FDT set to 48000000
               Loading Device Tree to 00000000bddae000, end 00000000bddb1fff ... OK
            Working FDT set to bddae000

            Starting kernel ...


            """, nil, tree: 0x25e0_7d84),
        Exchange(
            "setenv bootargs console=ttyAMA0; booti 40400000 - 48000000",
            """
            ## Flattened Device Tree blob at 48000000
               Booting using the fdt blob at 0x48000000
            Working FDT set to 48000000
               Loading Device Tree to 00000000bddae000, end 00000000bddb1fff ... OK
            Working FDT set to bddae000

            Starting kernel ...


            """, nil, tree: 0x74e0_8e78),
        Exchange(
            "setenv fdt_high ffffffffffffffff; booti 40400000 - 48000000",
            """
            ## Flattened Device Tree blob at 48000000
               Booting using the fdt blob at 0x48000000
            Working FDT set to 48000000
               Using Device Tree in place at 0000000048000000, end 0000000048003fff
            Working FDT set to 48000000

            Starting kernel ...


            """, nil, tree: 0x25e0_7d84),
        Exchange(
            "setenv fdt_high; booti 40400000 - 48000000",
            """
            ## Flattened Device Tree blob at 48000000
               Booting using the fdt blob at 0x48000000
            Working FDT set to 48000000
               Loading Device Tree to 00000000bddae000, end 00000000bddb1fff ... OK
            Working FDT set to bddae000

            Starting kernel ...


            """, nil, tree: 0x25e0_7d84),
        Exchange(
            "setenv fdt_high 50000000; booti 40400000 - 48000000",
            """
            ## Flattened Device Tree blob at 48000000
               Booting using the fdt blob at 0x48000000
            Working FDT set to 48000000
               Loading Device Tree to 000000004fffc000, end 000000004fffffff ... OK
            Working FDT set to 4fffc000

            Starting kernel ...


            """, nil, tree: 0x25e0_7d84),
        Exchange(
            "setenv fdt_high 0; booti 40400000 - 48000000",
            """
            ## Flattened Device Tree blob at 48000000
               Booting using the fdt blob at 0x48000000
            Working FDT set to 48000000
               Loading Device Tree to 00000000bddae000, end 00000000bddb1fff ... OK
            Working FDT set to bddae000

            Starting kernel ...


            """, nil, tree: 0x25e0_7d84),
        Exchange(
            "setenv fdt_high 40001000; booti 40400000 - 48000000",
            """
            ## Flattened Device Tree blob at 48000000
               Booting using the fdt blob at 0x48000000
            Working FDT set to 48000000
            ERROR: Failed to allocate 0x4000 bytes below 0x40001000.
            Failed using fdt_high value for Device TreeFDT creation failed!
            resetting ...

            """, nil),
        Exchange(
            "booti 40400000 - 40402000",
            """
            ## Flattened Device Tree blob at 40402000
               Booting using the fdt blob at 0x40402000
            ERROR: FDT image overlaps OS image (OS=0x40400000..0x40406000)

            """, 1),
        Exchange(
            "booti 40400000 - 4d000000",
            """
            ERROR: Did not find a cmdline Flattened Device Tree
            Could not find a valid device tree

            """, 1),
        Exchange(
            "booti 40400000",
            """
            Working FDT set to 0
            FDT and ATAGS support not compiled in

            resetting ...

            """, nil),
        Exchange(
            "booti 40400000 -",
            """
            Working FDT set to 0
            FDT and ATAGS support not compiled in

            resetting ...

            """, nil),
        Exchange(
            "booti 41200000 - 48000000",
            """
            Moving Image from 0x41200000 to 0x40080000, end=40086000
            ## Flattened Device Tree blob at 48000000
               Booting using the fdt blob at 0x48000000
            Working FDT set to 48000000
               Loading Device Tree to 00000000bddae000, end 00000000bddb1fff ... OK
            Working FDT set to bddae000

            Starting kernel ...


            """, nil, tree: 0x25e0_7d84),
        Exchange(
            "booti 42200000 - 48000000",
            """
            Image lacks image_size field, assuming 16MiB
            Moving Image from 0x42200000 to 0x42280000, end=43280000
            ## Flattened Device Tree blob at 48000000
               Booting using the fdt blob at 0x48000000
            Working FDT set to 48000000
               Loading Device Tree to 00000000bddae000, end 00000000bddb1fff ... OK
            Working FDT set to bddae000

            Starting kernel ...


            """, nil, tree: 0x25e0_7d84),
        Exchange(
            "booti 43234000 - 48000000",
            """
            Moving Image from 0x43234000 to 0x43400000, end=43406000
            ## Flattened Device Tree blob at 48000000
               Booting using the fdt blob at 0x48000000
            Working FDT set to 48000000
               Loading Device Tree to 00000000bddae000, end 00000000bddb1fff ... OK
            Working FDT set to bddae000

            Starting kernel ...


            """, nil, tree: 0x25e0_7d84),
        Exchange("booti 44000000 - 48000000", "kernel_comp_addr_r or kernel_comp_size is not provided!\n", 1),
        Exchange("booti 48000000 - 48000000", "Bad Linux ARM64 Image magic!\n", 1),
        Exchange(
            "setenv loadaddr 40400000; booti",
            """
            Working FDT set to 0
            FDT and ATAGS support not compiled in

            resetting ...

            """, nil),
        Exchange("booti 4d000000 - 48000000", "Bad Linux ARM64 Image magic!\n", 1),
        Exchange(
            """
            setenv bootm_mapsize 10000000; setenv fdt_high; setenv initrd_high; booti 40400000 4a000000:1234 48000000
            """,
            """
            ## Flattened Device Tree blob at 48000000
               Booting using the fdt blob at 0x48000000
            Working FDT set to 48000000
               Loading Ramdisk to 4fffe000, end 4ffff234 ... OK
               Loading Device Tree to 000000004fffa000, end 000000004fffdfff ... OK
            Working FDT set to 4fffa000

            Starting kernel ...


            """, nil, tree: 0xdb35_f3c4),
    ]

    @Test(arguments: boots)
    func kernelsAreStartedOrRefused(_ exchange: Exchange) throws { try exchange.check(with: Self.presets) }

    @Test(
        arguments: [
            ("booti 48000000 - 48000000", .badMagic), ("booti 44000000 - 48000000", .compressedWithoutRoom),
            ("booti 40400000 4a000000 48000000", .badRamdisk), ("booti 40400000 40400100:10 48000000", .ramdiskOverlap),
            ("booti 40400000 - 4d000000", .badTree), ("booti 40400000 - 40402000", .treeOverlap),
            ("booti 40400000", .noTree), ("setenv fdt_high 40001000; booti 40400000 - 48000000", .noSpace),
        ] as [(String, RefusedBoot.Reason)])
    func refusalsAreRecorded(_ line: String, _ reason: RefusedBoot.Reason) throws {
        var machine = try TestBoard.machine(with: Self.presets)
        machine.type(line: line)
        #expect(machine.recorder.refusedBoots.map(\.reason) == [reason])
        #expect(machine.recorder.handOff == nil)
    }

    @Test func movesAreRecorded() throws {
        var machine = try TestBoard.machine(with: Self.presets)
        machine.type(line: "booti 43234000 - 48000000")
        let move = try #require(machine.recorder.kernelMoves.first)
        #expect(move.from == 0x4323_4000)
        #expect(move.to == AddressRange(start: 0x4340_0000, size: 0x6000))
        #expect(try machine.memory.read(AddressRange(start: 0x4340_0000, size: 4096)) == TestImage.kernel())
    }
}
