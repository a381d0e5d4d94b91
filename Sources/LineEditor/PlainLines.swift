internal import Glibc

/// Reads lines from standard input as they come, without editing.
public struct PlainLines {
    private static let lineLimit = 1 << 20
    private var buffer: [UInt8] = []
    private var start = 0
    private var isAtEnd = false

    /// Begins with an empty buffer.
    public init() {}

    /// The next line, which at the end of the input needs no line feed.
    ///
    /// It is `interrupted` where `isInterrupted` says so while it is waited for; then what was typed of it is dropped. A
    /// line of more than a mebibyte comes in parts.
    public mutating func read(unless isInterrupted: (() -> Bool)? = nil) -> LineEditor.Input {
        var searched = start
        while true {
            if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                defer { start = end + 1 }
                return .line(Array(buffer[start..<end]))
            }
            if isAtEnd || buffer.count - start >= Self.lineLimit {
                guard start < buffer.count else { return .end }
                defer {
                    buffer = []
                    start = 0
                }
                return .line(Array(buffer[start...]))
            }
            buffer.removeSubrange(..<start)
            start = 0
            searched = buffer.count
            if let isInterrupted, !Self.waitForInput(unless: isInterrupted) {
                buffer = []
                return .interrupted
            }
            var chunk = [UInt8](repeating: 0, count: 1 << 16)
            let count = unsafe chunk.withUnsafeMutableBytes { unsafe Glibc.read(0, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            if count <= 0 { isAtEnd = true } else { buffer += chunk[..<count] }
        }
    }
    /// False where it was interrupted instead; looks often, as a signal may come before the waiting begins.
    private static func waitForInput(unless isInterrupted: () -> Bool) -> Bool {
        while true {
            if isInterrupted() { return false }
            var request = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
            if unsafe poll(&request, 1, 200) > 0 { return true }
        }
    }
}
