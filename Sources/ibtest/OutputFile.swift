import Glibc

/// A descriptor that text goes to.
final class OutputFile {
    static var standardOutput: OutputFile { OutputFile(descriptor: 1) }
    static var standardError: OutputFile { OutputFile(descriptor: 2) }

    let descriptor: Int32
    /// Whether something could not be written, and not because the reader has gone.
    private(set) var hasFailed = false
    private var isClosed = false

    init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// Whether a person sits behind it.
    var isTerminal: Bool { isatty(descriptor) == 1 }

    /// The width of the terminal; 100 for anything else.
    var width: Int {
        var size = winsize()
        guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col >= 40 else { return 100 }
        return min(Int(size.ws_col), 120)
    }

    /// Writes text in UTF-8.
    func write(_ text: String) { write(Array(text.utf8)) }

    /// Writes bytes; a reader that has gone is no error.
    func write(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty, !isClosed {
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else {
                isClosed = true
                hasFailed = errno != EPIPE
                return
            }
            rest = rest.dropFirst(count)
        }
    }
}
