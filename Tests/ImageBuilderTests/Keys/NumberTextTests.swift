import Testing

@testable import ImageBuilder

struct NumberTextTests {
    @Test(
        arguments: [
            ("0", 0), ("000", 0), ("512", 512), ("0x40000000", 0x4000_0000), ("0XfF", 255), ("1K", 1024),
            ("2m", 2 << 20),
            ("1G", 1 << 30), ("64KiB", 65536), ("1MB", 1 << 20), ("0x10K", 16384), ("0xffffffffffffffff", UInt64.max),
        ] as [(String, UInt64)])
    func readsAllForms(text: String, value: UInt64) throws {
        #expect(try NumberText.parse(text.utf8).value == value)
    }

    @Test(
        arguments: [
            ("", .empty), ("x", .malformed), ("0x", .malformed), ("K", .malformed), ("12a", .malformed),
            ("010", .leadingZero), ("-5", .negative), ("1.5", .fraction), ("1.5G", .fraction), ("1 2", .malformed),
            ("18446744073709551616", .tooLarge), ("0x10000000000000000", .tooLarge), ("17179869184G", .tooLarge),
            ("+1", .malformed), ("1KK", .malformed),
        ] as [(String, NumberText.Problem)])
    func refusesWhatUpstreamTookWrongly(text: String, problem: NumberText.Problem) {
        #expect(throws: problem) { try NumberText.parse(text.utf8) }
    }
}
