import BootImages
import Testing

@testable import UBoot

struct ImageCommandsTests {
    static let presets: [TestBoard.Preset] = [
        (TestImage.legacy(.kernel, TestServer.counting(1000)), 0x5b00_0000),
        (TestImage.legacy(.ramdisk, TestServer.counting(0x1234)), 0x5c00_0000),
        (TestImage.legacy(.script, [0, 0, 0, 5, 0, 0, 0, 0] + Array("echo\n".utf8)), 0x5d00_0000),
        (TestImage.legacy(.ramdisk, TestServer.counting(0x1234), architecture: .arm), 0x5e00_0000),
    ]

    static let images: [Exchange] = [
        Exchange(
            "iminfo 5b000000",
            """

            ## Checking Image at 5b000000 ...
               Legacy image found
               Image Name:   test
               Created:      1970-01-01   0:00:00 UTC
               Image Type:   AArch64 Linux Kernel Image (uncompressed)
               Data Size:    1000 Bytes = 1000 Bytes
               Load Address: 00000000
               Entry Point:  00000000
               Verifying Checksum ... OK

            """),
        Exchange(
            "iminfo 5c000000 5d000000",
            """

            ## Checking Image at 5c000000 ...
               Legacy image found
               Image Name:   test
               Created:      1970-01-01   0:00:00 UTC
               Image Type:   AArch64 Linux RAMDisk Image (uncompressed)
               Data Size:    4660 Bytes = 4.6 KiB
               Load Address: 00000000
               Entry Point:  00000000
               Verifying Checksum ... OK

            ## Checking Image at 5d000000 ...
               Legacy image found
               Image Name:   test
               Created:      1970-01-01   0:00:00 UTC
               Image Type:   AArch64 Linux Script (uncompressed)
               Data Size:    13 Bytes = 13 Bytes
               Load Address: 00000000
               Entry Point:  00000000
               Contents:
                  Image 0: 5 Bytes = 5 Bytes
               Verifying Checksum ... OK

            """),
        Exchange(
            "iminfo 5e000000",
            """

            ## Checking Image at 5e000000 ...
               Legacy image found
               Image Name:   test
               Created:      1970-01-01   0:00:00 UTC
               Image Type:   ARM Linux RAMDisk Image (uncompressed)
               Data Size:    4660 Bytes = 4.6 KiB
               Load Address: 00000000
               Entry Point:  00000000
               Verifying Checksum ... OK

            """),
        Exchange("iminfo 60000000", "\n## Checking Image at 60000000 ...\nUnknown image format!\n", 1),
        Exchange(
            "setenv loadaddr 5b000000; iminfo",
            """

            ## Checking Image at 5b000000 ...
               Legacy image found
               Image Name:   test
               Created:      1970-01-01   0:00:00 UTC
               Image Type:   AArch64 Linux Kernel Image (uncompressed)
               Data Size:    1000 Bytes = 1000 Bytes
               Load Address: 00000000
               Entry Point:  00000000
               Verifying Checksum ... OK

            """),
        Exchange(
            "iminfo 60000000 5b000000",
            """

            ## Checking Image at 60000000 ...
            Unknown image format!

            ## Checking Image at 5b000000 ...
               Legacy image found
               Image Name:   test
               Created:      1970-01-01   0:00:00 UTC
               Image Type:   AArch64 Linux Kernel Image (uncompressed)
               Data Size:    1000 Bytes = 1000 Bytes
               Load Address: 00000000
               Entry Point:  00000000
               Verifying Checksum ... OK

            """, 1),
        Exchange(
            "mw.b 5b000050 ff; iminfo 5b000000",
            """

            ## Checking Image at 5b000000 ...
               Legacy image found
               Image Name:   test
               Created:      1970-01-01   0:00:00 UTC
               Image Type:   AArch64 Linux Kernel Image (uncompressed)
               Data Size:    1000 Bytes = 1000 Bytes
               Load Address: 00000000
               Entry Point:  00000000
               Verifying Checksum ...    Bad Data CRC

            """, 1),
        Exchange(
            "mw.b 5b000010 ff; iminfo 5b000000",
            """

            ## Checking Image at 5b000000 ...
               Legacy image found
               Bad Header Checksum

            """, 1),
    ]

    @Test(arguments: images)
    func imagesAreExplained(_ exchange: Exchange) throws { try exchange.check(with: Self.presets) }
}
