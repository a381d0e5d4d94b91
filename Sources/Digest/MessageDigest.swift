internal import CCrypto
internal import SharedLibrary

/// A digest that OpenSSL computes.
public enum DigestAlgorithm: String, Sendable, CaseIterable {
    /// 16 bytes.
    case md5
    /// 20 bytes.
    case sha1
    /// 32 bytes.
    case sha256
    /// 48 bytes.
    case sha384
    /// 64 bytes.
    case sha512

    /// The length of the result.
    public var byteCount: Int {
        switch self {
        case .md5: 16
        case .sha1: 20
        case .sha256: 32
        case .sha384: 48
        case .sha512: 64
        }
    }
}

/// Why a digest or a signature cannot be computed.
public enum CryptoError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The system has no libcrypto of OpenSSL 3.
    case libraryMissing
    /// OpenSSL refused a call, for lack of memory or because of its own settings.
    case refused(String)

    /// What is missing, or which function failed.
    public var description: String {
        switch self {
        case .libraryMissing: "OpenSSL's libcrypto.so.3 cannot be loaded"
        case .refused(let function): "OpenSSL's \(function) failed"
        }
    }
}

/// Collects bytes and gives their digest.
@safe public final class MessageDigest {
    /// What is computed.
    public let algorithm: DigestAlgorithm
    private let functions: Functions
    private let context: OpaquePointer

    /// Begins a digest.
    public init(_ algorithm: DigestAlgorithm) throws(CryptoError) {
        guard let functions = Functions.loaded else { throw .libraryMissing }
        guard let context = unsafe functions.create() else { throw .refused("EVP_MD_CTX_new") }
        unsafe self.context = context
        self.functions = functions
        self.algorithm = algorithm
        guard unsafe functions.begin(context, functions.find(algorithm.rawValue), nil) == 1 else {
            throw .refused("EVP_DigestInit_ex")
        }
    }

    deinit { unsafe functions.free(context) }

    /// Adds bytes.
    public func update(_ bytes: RawSpan) throws(CryptoError) {
        let isDone = unsafe bytes.withUnsafeBytes { unsafe functions.update(context, $0.baseAddress, $0.count) }
        guard isDone == 1 else { throw .refused("EVP_DigestUpdate") }
    }

    /// The digest of everything added; to be called once.
    public func finish() throws(CryptoError) -> [UInt8] {
        var value = [UInt8](repeating: 0, count: algorithm.byteCount)
        guard unsafe functions.finish(context, &value, nil) == 1 else { throw .refused("EVP_DigestFinal_ex") }
        return value
    }

    /// The digest of some bytes.
    public static func of(_ bytes: RawSpan, _ algorithm: DigestAlgorithm) throws(CryptoError) -> [UInt8] {
        let digest = try MessageDigest(algorithm)
        try digest.update(bytes)
        return try digest.finish()
    }

    /// The digest of an array.
    public static func of(_ bytes: [UInt8], _ algorithm: DigestAlgorithm) throws(CryptoError) -> [UInt8] {
        try unsafe of(bytes.span.bytes, algorithm)
    }

    @safe private struct Functions {
        let create: EVP_MD_CTX_new_function
        let free: EVP_MD_CTX_free_function
        let find: EVP_get_digestbyname_function
        let begin: EVP_DigestInit_ex_function
        let update: EVP_DigestUpdate_function
        let finish: EVP_DigestFinal_ex_function

        static let loaded = Functions()

        private init?() {
            guard let library = LibCrypto.loaded,
                let create: EVP_MD_CTX_new_function = unsafe library.function("EVP_MD_CTX_new"),
                let free: EVP_MD_CTX_free_function = unsafe library.function("EVP_MD_CTX_free"),
                let find: EVP_get_digestbyname_function = unsafe library.function("EVP_get_digestbyname"),
                let begin: EVP_DigestInit_ex_function = unsafe library.function("EVP_DigestInit_ex"),
                let update: EVP_DigestUpdate_function = unsafe library.function("EVP_DigestUpdate"),
                let finish: EVP_DigestFinal_ex_function = unsafe library.function("EVP_DigestFinal_ex")
            else { return nil }
            unsafe (self.create, self.free, self.find) = (create, free, find)
            unsafe (self.begin, self.update, self.finish) = (begin, update, finish)
        }
    }
}
