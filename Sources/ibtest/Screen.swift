import Synchronization

/// Standard output as a console: knows what stands on the line that has no end yet.
final class Screen: Sendable {
    private let rest = Mutex<[UInt8]>([])
    private let descriptor: Int32

    init(_ file: OutputFile) {
        descriptor = file.descriptor
    }

    /// Shows bytes at once.
    func write(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else { return }
        OutputFile(descriptor: descriptor).write(bytes)
        rest.withLock { rest in
            if let end = bytes.lastIndex(of: UInt8(ascii: "\n")) {
                rest = Array(bytes[(end + 1)...])
            } else {
                rest += bytes
            }
        }
    }

    /// Ends a line that has no end yet.
    func endLine() {
        if !rest.withLock({ $0.isEmpty }) { write([UInt8(ascii: "\n")]) }
    }

    /// Goes back to the beginning of a line that has no end yet and gives what stands there, to be shown again.
    ///
    /// A line editor must know what stands in front of its prompt. What could confuse it is left as it is, on a line of
    /// its own.
    func takeRest() -> [UInt8] {
        let text = rest.withLock { $0 }
        guard !text.isEmpty else { return [] }
        guard text.count < 200, text.allSatisfy({ (0x20..<0x7f).contains($0) }) else {
            endLine()
            return []
        }
        write([UInt8(ascii: "\r")])
        rest.withLock { $0 = [] }
        return text
    }

    /// Says that a prompt and perhaps more stands on the line.
    func startMiddle() {
        rest.withLock { $0 = [UInt8(ascii: " ")] }
    }
}
