import BootImages
import Testing

@testable import UBoot

struct ExtractCommandTests {
    private static let multi: [UInt8] =
        [0, 0, 0, 5, 0, 0, 0, 3, 0, 0, 0, 0] + Array("first\0\0\0two\0".utf8)

    static let presets: [TestBoard.Preset] = [
        (TestFIT.files, 0x5000_0000),
        (TestImage.legacy(.multi, multi), 0x5100_0000),
        (TestImage.legacy(.kernel, multi), 0x5200_0000),
    ]

    static let rows: [Exchange] = [
        Exchange(
            "imxtract 50000000 file 60000000; md.b 60000000 a; printenv filesize",
            """
            ## Copying 'file' subimage from FIT image at 50000000 ...
            crc32+    Loading part 15 ... OK
            60000000: 73 6f 6d 65 20 62 79 74 65 73                    some bytes
            filesize=a

            """),
        Exchange(
            "imxtract 50000000 nope 60000000",
            """
            ## Copying 'nope' subimage from FIT image at 50000000 ...
            Can't find 'nope' FIT subimage

            """, 1),
        Exchange("imxtract 50000000", "No FIT subimage unit name\n", 1),
        Exchange(
            "imxtract 50000000 packed",
            """
            ## Copying 'packed' subimage from FIT image at 50000000 ...
            Must specify load address for imxtract command with compressed image

            """, 1),
        Exchange("imxtract 60000000 0", "Invalid image type for imxtract\n", 1),
        Exchange(
            "imxtract 51000000 1 60000000; md.b 60000000 3; printenv fileaddr filesize",
            """
            ## Copying part 1 from legacy image at 51000000 ...
               Verifying Checksum ... OK
               Loading part 1 ... OK
            60000000: 74 77 6f                                         two
            fileaddr=51000054
            filesize=3

            """),
        Exchange(
            "imxtract 51000000 2",
            """
            ## Copying part 2 from legacy image at 51000000 ...
               Verifying Checksum ... OK
            Bad Image Part

            """, 1),
        Exchange(
            "mw.b 51000060 0; imxtract 51000000 1",
            """
            ## Copying part 1 from legacy image at 51000000 ...
               Verifying Checksum ... OK

            """),
        Exchange(
            "mw.b 5100004c 0; imxtract 51000000 1",
            """
            ## Copying part 1 from legacy image at 51000000 ...
               Verifying Checksum ... Bad Data CRC

            """, 1),
        Exchange(
            "imxtract 52000000 0",
            """
            ## Copying part 0 from legacy image at 52000000 ...
            Wrong Image Type for imxtract command

            """, 1),
    ]

    @Test(arguments: rows)
    func answersAsTheRealOne(_ row: Exchange) throws {
        try row.check(with: Self.presets)
    }
}
