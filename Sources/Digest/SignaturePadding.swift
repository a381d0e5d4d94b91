/// How a digest is wrapped before RSA signs it (RFC 8017 §9).
public enum SignaturePadding {
    /// The block that EMSA-PKCS1-v1_5 makes of a digest; empty if `byteCount` is too small.
    public static func pkcs1(_ digest: [UInt8], _ algorithm: DigestAlgorithm, byteCount: Int) -> [UInt8] {
        let tail = [0] + prefix(algorithm) + digest
        let fill = byteCount - 2 - tail.count
        guard fill >= 8 else { return [] }
        return [0, 1] + [UInt8](repeating: 0xff, count: fill) + tail
    }

    /// Whether a block is what EMSA-PSS makes of a digest, with a salt of any length.
    public static func isPSS(
        _ block: [UInt8], _ digest: [UInt8], _ algorithm: DigestAlgorithm
    ) throws(CryptoError) -> Bool {
        let hashCount = algorithm.byteCount
        guard block.count >= hashCount + 2, block.last == 0xbc, let first = block.first, first & 0x80 == 0 else {
            return false
        }
        let masked = block.prefix(block.count - hashCount - 1)
        let hash = Array(block[masked.count..<(masked.count + hashCount)])
        let mask = try self.mask(hash, byteCount: masked.count, algorithm)
        var data = zip(masked, mask).map { $0 ^ $1 }
        data[0] &= 0x7f
        guard let separator = data.firstIndex(where: { $0 != 0 }), data[separator] == 1 else { return false }
        let salt = data[(separator + 1)...]
        let message = [UInt8](repeating: 0, count: 8) + digest + salt
        return try MessageDigest.of(message, algorithm) == hash
    }

    /// The mask generation function MGF1.
    private static func mask(
        _ seed: [UInt8], byteCount: Int, _ algorithm: DigestAlgorithm
    ) throws(CryptoError) -> [UInt8] {
        var mask: [UInt8] = []
        var counter: UInt32 = 0
        while mask.count < byteCount {
            let number = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: counter >> $0) }
            mask += try MessageDigest.of(seed + number, algorithm)
            counter += 1
        }
        return Array(mask.prefix(byteCount))
    }

    /// What stands before a digest: the DER form of its algorithm.
    private static func prefix(_ algorithm: DigestAlgorithm) -> [UInt8] {
        let byteCount = UInt8(algorithm.byteCount)
        let identifier: [UInt8] =
            switch algorithm {
            case .md5: [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x02, 0x05]
            case .sha1: [0x2b, 0x0e, 0x03, 0x02, 0x1a]
            case .sha256: [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01]
            case .sha384: [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x02]
            case .sha512: [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x03]
            }
        let length = UInt8(identifier.count)
        return [0x30, length + byteCount + 8, 0x30, length + 4, 0x06, length] + identifier + [0x05, 0, 0x04, byteCount]
    }
}
