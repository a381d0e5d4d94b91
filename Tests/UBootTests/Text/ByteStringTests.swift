import Foundation
import Testing

@testable import UBoot

struct ByteStringTests {
    @Test func bytesAreLatin1InText() throws {
        let all = ByteString((0...255).map { UInt8($0) })
        #expect(ByteString(latin1: all.latin1) == all)
        #expect(ByteString(latin1: "\u{100}") == nil)
        let data = try JSONEncoder().encode([all])
        #expect(try JSONDecoder().decode([ByteString].self, from: data) == [all])
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([ByteString].self, from: Data("[\"\u{20ac}\"]".utf8))
        }
    }

    @Test(arguments: [([0x61], "a"), ([0xc3, 0xa4], "ä"), ([0xe4], "ä"), ([], "")] as [([UInt8], String)])
    func peopleSeeUTF8OrLatin1(_ bytes: [UInt8], _ text: String) {
        #expect(ByteString(bytes).display == text)
    }

    @Test func interpolationKeepsBytes() {
        let raw = ByteString([0xff])
        #expect(
            "<\(raw)\("ä")\(12)\(hex: 0xab, width: 4)\(hex: -1, upper: true)>" as ByteString
                == ByteString([0x3c, 0xff, 0xc3, 0xa4] + Array("1200abFFFFFFFFFFFFFFFF>".utf8)))
    }

    @Test func orderIsByBytes() {
        #expect((["b", "ab", "a", "B", ""] as [ByteString]).sorted() == ["", "B", "a", "ab", "b"])
        #expect(ByteString([0x7f]) < ByteString([0x80]))
    }

    @Test func bytesBehindTheEndAreNUL() {
        let text: ByteString = "ab"
        #expect(text[orNUL: 1] == 0x62 && text[orNUL: 2] == 0 && text.firstOrNUL == 0x61)
        #expect(ByteString([]).firstOrNUL == 0)
        #expect(text.hasPrefix("a") && text.hasPrefix("") && !text.hasPrefix("abc"))
    }

    @Test(
        arguments: [(0, 0, "0"), (255, 0, "ff"), (255, 8, "000000ff"), (.max, 4, "ffffffffffffffff")]
            as [(UInt64, Int, String)])
    func digitsArePadded(_ value: UInt64, _ width: Int, _ text: String) {
        #expect(hexadecimal(value, width: width) == text)
    }
}
