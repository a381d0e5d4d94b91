import Glibc

/// Why the system that runs ibtest refused something: an `errno`.
public struct ErrorNumber: Error, Sendable, Hashable {
    /// A value of `errno`, such as `ENOENT`.
    public let code: Int32

    /// Takes a value of `errno`.
    public init(_ code: Int32) { self.code = code }

    /// What `errno` says now; ask for it right behind the call that failed.
    static var current: ErrorNumber { ErrorNumber(errno) }
}

extension ErrorNumber: CustomStringConvertible {
    /// The system's words for it, such as `No such file or directory`.
    public var description: String {
        guard let text = unsafe strerror(code) else { return "error \(code)" }
        return unsafe String(cString: text)
    }
}
