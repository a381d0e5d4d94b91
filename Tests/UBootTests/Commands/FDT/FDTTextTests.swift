import Testing

@testable import UBoot

struct FDTTextTests {
    @Test(arguments: [
        ("a\0", true), ("a", false), ("a\0b\0", true), ("a\0\0", false), ("\0", true), ("\0\0", false),
        ("\0a\0", true), ("a\n", true), ("a\u{1}\0", false), ("a\tb\0", true), ("", false), ("a\u{7f}\0", false),
    ])
    func textIsPrintableAndEnds(_ text: String, _ isText: Bool) {
        #expect(FDTText.isText(Array(text.utf8), Release(year: 2023, month: 1)) == isText)
    }

    @Test(arguments: [
        ("a\0", true), ("a", false), ("a\0b\0", true), ("a\0\0", false), ("\0", false), ("\0a\0", false),
        ("a\n\0", false),
        ("a\tb\0", false), ("a b\0", true), ("", false),
    ])
    func newerReleasesTakeNoEmptyStrings(_ text: String, _ isText: Bool) {
        #expect(FDTText.isText(Array(text.utf8), .v2023_07) == isText)
    }

    @Test(
        arguments: [
            ([1, 2, 3, 4], "<0x01020304>"), ([1, 2, 3, 4, 5, 6, 7, 8], "<0x01020304 0x05060708>"), ([1], "[01]"),
            ([1, 0xff], "[01 ff]"), ([0x61, 0], "\"a\""), ([0x61, 0, 0x62, 0], "\"a\", \"b\""), ([0], "\"\""),
            ([0, 0xf4, 0x24, 0], "\"\", \"ô$\""), ([0x61, 0x0a], "\"a\n\""),
        ] as [([UInt8], String)])
    func valuesHaveThreeForms(_ value: [UInt8], _ text: String) {
        #expect(FDTText.value(value, at: 0, limit: .max, Release(year: 2023, month: 1)).latin1 == text)
    }

    @Test func longValuesAreNotShown() {
        let shown = FDTText.value([UInt8](repeating: 1, count: 12), at: 0x4800_013c, limit: 8, .v2023_07)
        #expect(shown == "* 0x000000004800013c [0x0000000c]")
    }
}
