import Testing

@testable import Digest

struct CRC32Tests {
    private let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 7) }

    @Test(
        arguments: [
            ("", 0x0000_0000),
            ("a", 0xe8b7_be43),
            ("123456789", 0xcbf4_3926),
            ("The quick brown fox jumps over the lazy dog", 0x414f_a339),
        ] as [(String, UInt32)])
    func knownTextsHaveTheirPublishedChecksums(text: String, expected: UInt32) {
        #expect(crc32(Array(text.utf8)) == expected)
    }

    @Test(arguments: [0, 1, 63, 500, 999, 1000])
    func continuingEqualsOnePass(cut: Int) {
        let head = crc32(Array(bytes.prefix(cut)))
        #expect(crc32(Array(bytes.dropFirst(cut)), continuing: head) == crc32(bytes))
    }
}
