internal import CCrypto
internal import SharedLibrary

/// Whole numbers of any length, computed by OpenSSL.
@safe struct BigNumbers {
    private let create: BN_new_function
    private let free: BN_free_function
    private let read: BN_bin2bn_function
    private let write: BN_bn2binpad_function
    private let createScratch: BN_CTX_new_function
    private let freeScratch: BN_CTX_free_function
    private let power: BN_mod_exp_function

    init() throws(CryptoError) {
        guard let library = LibCrypto.loaded,
            let create: BN_new_function = unsafe library.function("BN_new"),
            let free: BN_free_function = unsafe library.function("BN_free"),
            let read: BN_bin2bn_function = unsafe library.function("BN_bin2bn"),
            let write: BN_bn2binpad_function = unsafe library.function("BN_bn2binpad"),
            let createScratch: BN_CTX_new_function = unsafe library.function("BN_CTX_new"),
            let freeScratch: BN_CTX_free_function = unsafe library.function("BN_CTX_free"),
            let power: BN_mod_exp_function = unsafe library.function("BN_mod_exp")
        else { throw .libraryMissing }
        unsafe (self.create, self.free, self.read, self.write) = (create, free, read, write)
        unsafe (self.createScratch, self.freeScratch, self.power) = (createScratch, freeScratch, power)
    }

    /// A big-endian number to a power, modulo another; as many bytes as the modulus has.
    func power(_ base: [UInt8], _ exponent: [UInt8], modulo modulus: [UInt8]) throws(CryptoError) -> [UInt8] {
        let scratch = unsafe createScratch()
        let result = unsafe create()
        let numbers = unsafe [base, exponent, modulus].map { (bytes: [UInt8]) -> OpaquePointer? in
            unsafe read(bytes, Int32(clamping: bytes.count), nil)
        }
        defer {
            unsafe freeScratch(scratch)
            unsafe free(result)
            unsafe numbers.forEach { unsafe free($0) }
        }
        guard unsafe power(result, numbers[0], numbers[1], numbers[2], scratch) == 1 else {
            throw .refused("BN_mod_exp")
        }
        var value = [UInt8](repeating: 0, count: modulus.count)
        guard unsafe write(result, &value, Int32(clamping: value.count)) >= 0 else { throw .refused("BN_bn2binpad") }
        return value
    }
}
