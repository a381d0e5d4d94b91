internal import CCrypto

/// The public half of an RSA key.
public struct RSAPublicKey: Sendable, Equatable {
    /// The modulus, big-endian, with as many bytes as a signature has.
    public var modulus: [UInt8]
    /// The public exponent.
    public var exponent: UInt64

    /// Makes a key of its two numbers.
    public init(modulus: [UInt8], exponent: UInt64) {
        self.modulus = modulus
        self.exponent = exponent
    }

    /// What was signed, still padded: `signature` to the power of the exponent, as many bytes as the modulus has.
    ///
    /// Throws `refused` where the modulus is even or too small.
    public func recover(_ signature: [UInt8]) throws(CryptoError) -> [UInt8] {
        let numbers = try BigNumbers()
        let exponent = (0..<8).map { UInt8(truncatingIfNeeded: self.exponent >> (56 - 8 * UInt64($0))) }
        return try numbers.power(signature, exponent, modulo: modulus)
    }

    /// 2 to the power of twice the modulus's bits, modulo the modulus: what firmware keeps to multiply faster.
    public func montgomerySquare() throws(CryptoError) -> [UInt8] {
        let numbers = try BigNumbers()
        let power = [1] + [UInt8](repeating: 0, count: 2 * modulus.count)
        return try numbers.power(power, [1], modulo: modulus)
    }

    /// The negative inverse of the modulus modulo 2³², the other number that firmware keeps; 0 for an even modulus.
    public var montgomeryInverse: UInt32 {
        let low = modulus.suffix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        guard low & 1 == 1 else { return 0 }
        // Each step of Newton's method doubles the number of right bits.
        var inverse = low
        for _ in 0..<5 { inverse = inverse &* (2 &- low &* inverse) }
        return 0 &- inverse
    }
}
