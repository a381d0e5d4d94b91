import Testing

@testable import UBoot

struct BootRamdiskTests {
    static let boots: [Exchange] = [
        Exchange(
            "booti 40400000 4a000000:1234 48000000",
            """
            ## Flattened Device Tree blob at 48000000
               Booting using the fdt blob at 0x48000000
            Working FDT set to 48000000
               Loading Ramdisk to bddb0000, end bddb1234 ... OK
               Loading Device Tree to 00000000bddac000, end 00000000bddaffff ... OK
            Working FDT set to bddac000

            Starting kernel ...


            """, nil, tree: 0x6070_9c1d),
        Exchange(
            "setenv initrd_high ffffffffffffffff; booti 40400000 4a000000:1234 48000000",
            """
            ## Flattened Device Tree blob at 48000000
               Booting using the fdt blob at 0x48000000
            Working FDT set to 48000000
               Loading Device Tree to 00000000bddae000, end 00000000bddb1fff ... OK
            Working FDT set to bddae000

            Starting kernel ...


            """, nil, tree: 0xa407_b602),
        Exchange(
            "setenv initrd_high; booti 40400000 4a000000:1234 48000000",
            """
            ## Flattened Device Tree blob at 48000000
               Booting using the fdt blob at 0x48000000
            Working FDT set to 48000000
               Loading Ramdisk to bddb0000, end bddb1234 ... OK
               Loading Device Tree to 00000000bddac000, end 00000000bddaffff ... OK
            Working FDT set to bddac000

            Starting kernel ...


            """, nil, tree: 0x6070_9c1d),
        Exchange(
            "setenv initrd_high 40001000; booti 40400000 4a000000:1234 48000000",
            """
            ## Flattened Device Tree blob at 48000000
               Booting using the fdt blob at 0x48000000
            Working FDT set to 48000000
            ERROR: Failed to allocate 0x1234 bytes below 0x40001000.
            ramdisk - allocation error
            \(UsageText.booti)


            """, 1),
        Exchange(
            "booti 40400000 4a000000:zz 48000000",
            """
            ## Flattened Device Tree blob at 48000000
               Booting using the fdt blob at 0x48000000
            Working FDT set to 48000000
               Loading Ramdisk to c0000000, end c0000000 ... OK
               Loading Device Tree to 00000000bddae000, end 00000000bddb1fff ... OK
            Working FDT set to bddae000

            Starting kernel ...


            """, nil, tree: 0x445e_a84b),
        Exchange(
            "setenv initrd_high ffffffffffffffff; booti 40400000 4a000000:zz 48000000",
            """
            ## Flattened Device Tree blob at 48000000
               Booting using the fdt blob at 0x48000000
            Working FDT set to 48000000
               Loading Device Tree to 00000000bddae000, end 00000000bddb1fff ... OK
            Working FDT set to bddae000

            Starting kernel ...


            """, nil, tree: 0x445e_a84b),
        Exchange(
            "booti 40400000 4a000000 48000000", "Wrong Ramdisk Image Format\nRamdisk image is corrupt or invalid\n", 1),
        Exchange(
            "booti 40400000 4b000000 48000000",
            """
            ## Loading init Ramdisk from Legacy Image at 4b000000 ...
               Image Name:   test
               Created:      1970-01-01   0:00:00 UTC
               Image Type:   AArch64 Linux RAMDisk Image (uncompressed)
               Data Size:    4660 Bytes = 4.6 KiB
               Load Address: 00000000
               Entry Point:  00000000
               Verifying Checksum ... OK
            ## Flattened Device Tree blob at 48000000
               Booting using the fdt blob at 0x48000000
            Working FDT set to 48000000
               Loading Ramdisk to bddb0000, end bddb1234 ... OK
               Loading Device Tree to 00000000bddac000, end 00000000bddaffff ... OK
            Working FDT set to bddac000

            Starting kernel ...


            """, nil, tree: 0x6070_9c1d),
        Exchange(
            "booti 40400000 4b000000:10 48000000",
            """
            ## Loading init Ramdisk from Legacy Image at 4b000000 ...
               Image Name:   test
               Created:      1970-01-01   0:00:00 UTC
               Image Type:   AArch64 Linux RAMDisk Image (uncompressed)
               Data Size:    4660 Bytes = 4.6 KiB
               Load Address: 00000000
               Entry Point:  00000000
               Verifying Checksum ... OK
            ## Flattened Device Tree blob at 48000000
               Booting using the fdt blob at 0x48000000
            Working FDT set to 48000000
               Loading Ramdisk to bddb0000, end bddb1234 ... OK
               Loading Device Tree to 00000000bddac000, end 00000000bddaffff ... OK
            Working FDT set to bddac000

            Starting kernel ...


            """, nil, tree: 0x6070_9c1d),
        Exchange(
            "booti 40400000 4c000000 48000000",
            """
            ## Loading init Ramdisk from Legacy Image at 4c000000 ...
               Image Name:   test
               Created:      1970-01-01   0:00:00 UTC
               Image Type:   ARM Linux RAMDisk Image (uncompressed)
               Data Size:    4660 Bytes = 4.6 KiB
               Load Address: 00000000
               Entry Point:  00000000
               Verifying Checksum ... OK
            ## Flattened Device Tree blob at 48000000
               Booting using the fdt blob at 0x48000000
            Working FDT set to 48000000
               Loading Ramdisk to bddb0000, end bddb1234 ... OK
               Loading Device Tree to 00000000bddac000, end 00000000bddaffff ... OK
            Working FDT set to bddac000

            Starting kernel ...


            """, nil, tree: 0x6070_9c1d),
        Exchange(
            "mw.b 4b000050 ff; booti 40400000 4b000000 48000000",
            """
            ## Loading init Ramdisk from Legacy Image at 4b000000 ...
               Image Name:   test
               Created:      1970-01-01   0:00:00 UTC
               Image Type:   AArch64 Linux RAMDisk Image (uncompressed)
               Data Size:    4660 Bytes = 4.6 KiB
               Load Address: 00000000
               Entry Point:  00000000
               Verifying Checksum ... Bad Data CRC
            Ramdisk image is corrupt or invalid

            """, 1),
        Exchange(
            "mw.b 4b000010 ff; booti 40400000 4b000000 48000000",
            """
            ## Loading init Ramdisk from Legacy Image at 4b000000 ...
            Bad Header Checksum
            Ramdisk image is corrupt or invalid

            """, 1),
        Exchange(
            "mw.b 4b000050 ff; setenv verify n; booti 40400000 4b000000 48000000",
            """
            ## Loading init Ramdisk from Legacy Image at 4b000000 ...
               Image Name:   test
               Created:      1970-01-01   0:00:00 UTC
               Image Type:   AArch64 Linux RAMDisk Image (uncompressed)
               Data Size:    4660 Bytes = 4.6 KiB
               Load Address: 00000000
               Entry Point:  00000000
            ## Flattened Device Tree blob at 48000000
               Booting using the fdt blob at 0x48000000
            Working FDT set to 48000000
               Loading Ramdisk to bddb0000, end bddb1234 ... OK
               Loading Device Tree to 00000000bddac000, end 00000000bddaffff ... OK
            Working FDT set to bddac000

            Starting kernel ...


            """, nil, tree: 0x6070_9c1d),
        Exchange(
            "booti 40400000 40400100:10 48000000",
            "ERROR: RD image overlaps OS image (OS=0x40400000..0x40406000)\n", 1),
        Exchange(
            "setenv bootm_size 8000000; booti 40400000 4a000000:1234 48000000",
            """
            ## Flattened Device Tree blob at 48000000
               Booting using the fdt blob at 0x48000000
            Working FDT set to 48000000
               Loading Ramdisk to 47ffe000, end 47fff234 ... OK
               Loading Device Tree to 0000000047ffa000, end 0000000047ffdfff ... OK
            Working FDT set to 47ffa000

            Starting kernel ...


            """, nil, tree: 0x87f1_aea8),
        Exchange(
            "setenv bootm_low 50000000; booti 40400000 4a000000:1234 48000000",
            """
            ## Flattened Device Tree blob at 48000000
               Booting using the fdt blob at 0x48000000
            Working FDT set to 48000000
               Loading Ramdisk to bddb0000, end bddb1234 ... OK
               Loading Device Tree to 00000000bddac000, end 00000000bddaffff ... OK
            Working FDT set to bddac000

            Starting kernel ...


            """, nil, tree: 0x6070_9c1d),
    ]

    @Test(arguments: boots)
    func ramdisksAreFoundAndPlaced(_ exchange: Exchange) throws {
        try exchange.check(with: BootImageCommandTests.presets)
    }
}
