/// A line that someone wrote.
public struct LogLine: Sendable, Equatable {
    /// Who.
    public var source: SerialSource
    /// Its number in the file of that writer's log, which has a head of one line.
    public var number: Int
    /// Without its end.
    public var bytes: [UInt8]
    /// Where its first byte stands in the raw log, near enough to find it.
    public var offset: Int
    /// Seconds since the machine was let go.
    public var seconds: Double
    /// The kernel's own time in seconds, where the line begins with one.
    public var guestSeconds: Double?

    /// The text, without control characters.
    public var text: String {
        String(
            String(decoding: bytes, as: UTF8.self).unicodeScalars.map { scalar in
                scalar == "\t" ? " " : scalar.value < 0x20 || scalar.value == 0x7f ? "\u{fffd}" : Character(scalar)
            })
    }
}

/// Makes lines of the pieces that a writer wrote.
struct LineAssembler {
    /// A longer line is cut.
    static let lengthLimit = 1 << 16

    let source: SerialSource
    private(set) var count = RunLogs.headLines
    private var bytes: [UInt8] = []
    private var offset = 0

    init(source: SerialSource) {
        self.source = source
    }

    /// What stands on the line that has no end yet.
    var rest: [UInt8] { bytes }

    mutating func add(_ piece: [UInt8], offset: Int, seconds: Double) -> [LogLine] {
        var lines: [LogLine] = []
        for byte in piece {
            if bytes.isEmpty { self.offset = offset }
            if byte == 0x0a || bytes.count == Self.lengthLimit { lines.append(take(seconds)) }
            if byte != 0x0a { bytes.append(byte) }
        }
        return lines
    }

    /// The line that has no end, at the end of the text.
    mutating func finish(seconds: Double) -> LogLine? { bytes.isEmpty ? nil : take(seconds) }

    private mutating func take(_ seconds: Double) -> LogLine {
        count += 1
        while bytes.last == 0x0d { bytes.removeLast() }
        defer { bytes = [] }
        return LogLine(
            source: source, number: count, bytes: bytes, offset: offset, seconds: seconds,
            guestSeconds: Self.kernelTime(bytes))
    }

    /// The time of `[    1.234567] text`.
    static func kernelTime(_ line: [UInt8]) -> Double? {
        guard line.first == UInt8(ascii: "["), let end = line.prefix(24).firstIndex(of: UInt8(ascii: "]")) else {
            return nil
        }
        let digits = line[1..<end].drop { $0 == 0x20 }
        guard digits.count >= 3, digits.allSatisfy({ $0 == 0x2e || (0x30...0x39).contains($0) }) else { return nil }
        return Double(String(decoding: digits, as: UTF8.self))
    }
}
