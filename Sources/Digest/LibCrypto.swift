internal import Glibc

/// OpenSSL's libcrypto, loaded when the first function of it is needed.
///
/// It is not linked, because loading it costs a program that never needs it milliseconds.
@safe struct LibCrypto: @unchecked Sendable {
    private let handle: UnsafeMutableRawPointer

    /// The library; nil where the system has none of version 3.
    static let loaded = LibCrypto()

    private init?() {
        guard let handle = unsafe dlopen("libcrypto.so.3", RTLD_NOW | RTLD_LOCAL) else { return nil }
        unsafe self.handle = handle
    }

    /// A function by its name, as a C function of the given type, which must be the one of OpenSSL's header.
    func function<Function>(_ name: String) -> Function? {
        guard let symbol = unsafe dlsym(handle, name) else { return nil }
        return unsafe unsafeBitCast(symbol, to: Function.self)
    }
}
