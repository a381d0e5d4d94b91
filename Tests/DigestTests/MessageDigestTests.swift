import Testing

@testable import Digest

struct MessageDigestTests {
    private func hex(_ bytes: [UInt8]) -> String {
        bytes.map { String(UInt16($0) + 0x100, radix: 16).dropFirst() }.joined()
    }

    /// The first bytes of the digests of `abc` (RFC 1321, FIPS 180-4).
    @Test(
        arguments: [
            (.md5, "900150983cd24fb0d6963f7d28e17f72"), (.sha1, "a9993e364706816aba3e25717850c26c9cd0d89d"),
            (.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (.sha384, "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded163"),
            (.sha512, "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea2"),
        ] as [(DigestAlgorithm, String)])
    func abcHasItsPublishedDigest(algorithm: DigestAlgorithm, expected: String) throws {
        let digest = try MessageDigest.of(Array("abc".utf8), algorithm)
        #expect(digest.count == algorithm.byteCount)
        #expect(hex(digest).hasPrefix(expected))
    }

    @Test func partsGiveTheDigestOfTheWhole() throws {
        let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0) }
        let digest = try MessageDigest(.sha256)
        for start in stride(from: 0, to: 1000, by: 300) {
            let part = Array(bytes[start..<min(start + 300, 1000)])
            try unsafe digest.update(part.span.bytes)
        }
        #expect(try digest.finish() == MessageDigest.of(bytes, .sha256))
    }
}
