internal import CCrypto
internal import SharedLibrary

/// The public half of an ECDSA key.
public struct ECDSAPublicKey: Sendable, Equatable {
    /// A curve, by the name that OpenSSL and device trees have for it.
    public enum Curve: String, Sendable, CaseIterable {
        case prime256v1, secp384r1

        /// Bytes of a coordinate, and of either half of a signature.
        public var byteCount: Int {
            switch self {
            case .prime256v1: 32
            case .secp384r1: 48
            }
        }

        fileprivate var number: Int32 {
            switch self {
            case .prime256v1: NID_X9_62_prime256v1
            case .secp384r1: NID_secp384r1
            }
        }
    }

    /// The curve.
    public var curve: Curve
    /// The coordinates of the point, big-endian.
    public var x: [UInt8]
    /// The other coordinate.
    public var y: [UInt8]

    /// Makes a key of its parts.
    public init(curve: Curve, x: [UInt8], y: [UInt8]) {
        (self.curve, self.x, self.y) = (curve, x, y)
    }

    /// Whether a signature, its two numbers one behind the other, fits a digest; not where the point is off the curve.
    public func verifies(_ signature: [UInt8], of digest: [UInt8]) throws(CryptoError) -> Bool {
        guard signature.count == 2 * curve.byteCount else { return false }
        let functions = try Functions()
        let key = unsafe functions.createKey(curve.number)
        let (x, y) = unsafe (functions.number(self.x), functions.number(self.y))
        let pair = unsafe functions.createPair()
        defer {
            unsafe functions.freePair(pair)
            unsafe functions.freeNumber(x)
            unsafe functions.freeNumber(y)
            unsafe functions.freeKey(key)
        }
        // The pair owns its numbers.
        let r = unsafe functions.number(Array(signature.prefix(curve.byteCount)))
        let s = unsafe functions.number(Array(signature.dropFirst(curve.byteCount)))
        guard unsafe functions.fill(pair, r, s) == 1 else {
            unsafe functions.freeNumber(r)
            unsafe functions.freeNumber(s)
            throw .refused("ECDSA_SIG_set0")
        }
        guard unsafe functions.place(key, x, y) == 1 else { return false }
        return unsafe functions.verify(digest, Int32(clamping: digest.count), pair, key) == 1
    }

    @safe private struct Functions {
        let createKey: EC_KEY_new_by_curve_name_function
        let freeKey: EC_KEY_free_function
        let place: EC_KEY_set_public_key_affine_coordinates_function
        let createPair: ECDSA_SIG_new_function
        let freePair: ECDSA_SIG_free_function
        let fill: ECDSA_SIG_set0_function
        let verify: ECDSA_do_verify_function
        let read: BN_bin2bn_function
        let freeNumber: BN_free_function

        init() throws(CryptoError) {
            guard let library = LibCrypto.loaded,
                let createKey: EC_KEY_new_by_curve_name_function = unsafe library.function("EC_KEY_new_by_curve_name"),
                let freeKey: EC_KEY_free_function = unsafe library.function("EC_KEY_free"),
                let place: EC_KEY_set_public_key_affine_coordinates_function = unsafe library.function(
                    "EC_KEY_set_public_key_affine_coordinates"),
                let createPair: ECDSA_SIG_new_function = unsafe library.function("ECDSA_SIG_new"),
                let freePair: ECDSA_SIG_free_function = unsafe library.function("ECDSA_SIG_free"),
                let fill: ECDSA_SIG_set0_function = unsafe library.function("ECDSA_SIG_set0"),
                let verify: ECDSA_do_verify_function = unsafe library.function("ECDSA_do_verify"),
                let read: BN_bin2bn_function = unsafe library.function("BN_bin2bn"),
                let freeNumber: BN_free_function = unsafe library.function("BN_free")
            else { throw .libraryMissing }
            unsafe (self.createKey, self.freeKey, self.place) = (createKey, freeKey, place)
            unsafe (self.createPair, self.freePair, self.fill) = (createPair, freePair, fill)
            unsafe (self.verify, self.read, self.freeNumber) = (verify, read, freeNumber)
        }

        func number(_ bytes: [UInt8]) -> OpaquePointer? {
            unsafe read(bytes, Int32(clamping: bytes.count), nil)
        }
    }
}
