import BootImages
import Testing

struct HumanSizeTests {
    /// Sizes that fit a legacy header are held against U-Boot in `LegacyImageHeader+ReportTests.swift`.
    @Test(
        arguments: [
            (0, "0 Bytes"),
            (1023, "1023 Bytes"),
            (1024, "1 KiB"),
            (3000, "2.9 KiB"),
            (1_048_524, "1023.9 KiB"),
            (1_048_525, "1 MiB"),
            (1_073_741_823, "1 GiB"),
            (4 << 30, "4 GiB"),
            (3 << 39, "1.5 TiB"),
            (1 << 50, "1 PiB"),
            (1 << 60 - 1, "1 EiB"),
            (5 << 59, "2.5 EiB"),
            (.max, "16 EiB"),
        ] as [(UInt64, String)])
    func isRoundedToOneDecimal(byteCount: UInt64, expected: String) {
        #expect(humanSize(byteCount) == expected)
    }
}
