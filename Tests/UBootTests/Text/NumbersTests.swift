import Testing

@testable import UBoot

struct NumbersTests {
    @Test(
        arguments: [
            ("10", 0x10), ("0x10", 0x10), ("0X1f", 0x1f), ("xyz", 0), ("-1", 0), ("0n10", 0), ("12abcz", 0x12abc),
            ("1fffff_0", 0x1fffff), ("fffffffffffffffff", .max), ("10000000000000000", 0), ("", 0), ("0x", 0),
            ("x1", 0),
            (" 1", 0), ("0x0x1", 0),
        ] as [(ByteString, UInt64)])
    func hexadecimalStopsAtTheFirstOther(_ text: ByteString, _ value: UInt64) {
        #expect(Numbers.hex(text) == value)
    }

    @Test(
        arguments: [
            ("10", 10), ("010", 8), ("08", 0), ("0x10", 16), ("-5", -5), ("-0x10", -16), ("--5", 0), ("+5", 0),
            ("a", 0),
            ("9223372036854775808", .min), ("-9223372036854775808", .min),
            ("99999999999999999999", 7_766_279_631_452_241_919),
        ] as [(ByteString, Int64)])
    func signedNumbersTellTheirRadix(_ text: ByteString, _ value: Int64) {
        #expect(Numbers.signed(text) == value)
    }

    @Test(arguments: [("10", 10), ("08", 8), ("0x10", 16), ("1.5", 1), ("x", 0)] as [(ByteString, UInt64)])
    func decimalIsDecimal(_ text: ByteString, _ value: UInt64) {
        #expect(Numbers.decimal(text) == value)
    }

    @Test(
        arguments: [("", true), ("12", true), ("0x12", true), ("0x", true), ("12g", false), ("beef.bin", false)]
            as [(ByteString, Bool)])
    func wholeNumbersAreRecognised(_ text: ByteString, _ isWhole: Bool) {
        #expect(Numbers.isWholeHex(text) == isWhole)
    }

    @Test func classesAreThoseOfLatin1() {
        let letters = (0...255).filter { CharacterClass.isLetter(UInt8($0)) }
        #expect(letters.count == 52 + 0x40 - 2)
        #expect((0...255).filter { CharacterClass.isSpace(UInt8($0)) } == [9, 10, 11, 12, 13, 32, 160])
        #expect((0...255).filter { CharacterClass.isPrintable(UInt8($0)) }.count == 95 + 96)
        #expect(CharacterClass.isNamePart(UInt8(ascii: "_")) && !CharacterClass.isLetter(UInt8(ascii: "_")))
    }
}
