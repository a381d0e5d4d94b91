internal import Glibc

/// A call of the operating system that failed.
public struct SystemError: Error, Sendable, Equatable {
    /// What was to be done, such as `start qemu-system-aarch64`.
    public var action: String
    /// The value of `errno`.
    public var code: Int32

    /// Takes what was to be done and a value of `errno`.
    public init(_ action: String, _ code: Int32) {
        self.action = action
        self.code = code
    }

    /// Whether it failed because a file is not there.
    public var isMissing: Bool { code == ENOENT }
}

extension SystemError: CustomStringConvertible {
    /// `cannot ACTION: what the system says`.
    public var description: String {
        let text = unsafe strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)"
        return "cannot \(action): \(text)"
    }
}
