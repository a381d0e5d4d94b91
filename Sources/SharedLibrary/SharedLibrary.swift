internal import Glibc

/// A C library that is loaded when the first function of it is needed.
///
/// Such libraries are not linked, because loading them costs a program that never needs them milliseconds.
@safe public struct SharedLibrary: @unchecked Sendable {
    private let handle: UnsafeMutableRawPointer

    /// Loads a library by the name of its file, such as `libcrypto.so.3`; nil where the system has none.
    public init?(_ file: String) {
        guard let handle = unsafe dlopen(file, RTLD_NOW | RTLD_LOCAL) else { return nil }
        unsafe self.handle = handle
    }

    /// A function by its name, as a C function of the given type, which must be the one of the library's header.
    public func function<Function>(_ name: String) -> Function? {
        guard let symbol = unsafe dlsym(handle, name) else { return nil }
        return unsafe unsafeBitCast(symbol, to: Function.self)
    }
}
