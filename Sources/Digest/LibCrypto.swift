internal import SharedLibrary

/// OpenSSL's libcrypto.
enum LibCrypto {
    /// The library; nil where the system has none of version 3.
    static let loaded = SharedLibrary("libcrypto.so.3")
}
