import Testing

@testable import Digest

struct RSAPublicKeyTests {
    /// 61 * 53, the textbook key with exponent 17: 65 becomes 2790.
    private let key = RSAPublicKey(modulus: [0x0c, 0xa1], exponent: 17)

    @Test func powerIsThatOfTheTextbook() throws {
        #expect(try key.recover([0, 65]) == [0x0a, 0xe6])
    }

    @Test func squareIsTheRemainderOfTwiceTheBits() throws {
        #expect(try key.montgomerySquare() == [0x04, 0x83])
    }

    @Test func inverseTimesModulusIsMinusOne() {
        #expect(key.montgomeryInverse &* 3233 == UInt32.max)
        #expect(RSAPublicKey(modulus: [2], exponent: 3).montgomeryInverse == 0)
    }
}
