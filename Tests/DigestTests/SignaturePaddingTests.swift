import Testing

@testable import Digest

struct SignaturePaddingTests {
    @Test func pkcs1EndsInAlgorithmAndDigest() {
        let digest = [UInt8](repeating: 7, count: 32)
        let block = SignaturePadding.pkcs1(digest, .sha256, byteCount: 256)
        #expect(block.count == 256)
        #expect(block.prefix(3) == [0, 1, 0xff])
        let prefix: [UInt8] = [
            0, 0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00,
            0x04, 0x20,
        ]
        #expect(Array(block.suffix(52)) == prefix + digest)
    }

    @Test func pkcs1NeedsRoomForItsFill() {
        #expect(SignaturePadding.pkcs1([UInt8](repeating: 0, count: 64), .sha512, byteCount: 64).isEmpty)
    }

    @Test(arguments: [0, 1, 33, 34, 256])
    func otherBlocksAreNoPSS(byteCount: Int) throws {
        let block = [UInt8](repeating: 0xbc, count: byteCount)
        #expect(try !SignaturePadding.isPSS(block, [UInt8](repeating: 0, count: 32), .sha256))
    }
}
