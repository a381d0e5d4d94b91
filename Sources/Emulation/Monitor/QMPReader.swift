internal import FoundationEssentials

/// What QEMU says on its monitor.
public enum QMPMessage: Sendable, Equatable {
    /// The first message, with QEMU's version such as `7.2.22`.
    case greeting(version: String)
    /// The result of the command with this number.
    case result(Int64, JSONValue)
    /// The command with this number failed.
    case failure(Int64, description: String)
    /// Something happened.
    case event(QMPEvent)
}

/// Something that QEMU tells of its own accord.
public struct QMPEvent: Sendable, Equatable {
    /// Such as `SHUTDOWN`.
    public var name: String
    /// What belongs to it.
    public var data: JSONValue
}

/// Why the monitor cannot be understood.
public enum QMPError: Error, Sendable, Equatable {
    /// A line that is longer than any message.
    case lineTooLong(limit: Int)
    /// A line that is no message; its beginning.
    case malformed(String)
    /// A command was refused.
    case refused(command: String, description: String)
    /// The monitor ended before the answer.
    case closed(command: String)
}

extension QMPError: CustomStringConvertible {
    /// The sentence.
    public var description: String {
        switch self {
        case .lineTooLong(let limit): "QEMU's monitor sent a line of more than \(limit) bytes"
        case .malformed(let text): "QEMU's monitor sent what is no message: \(text)"
        case .refused(let command, let description): "QEMU refused '\(command)': \(description)"
        case .closed(let command): "QEMU ended before it answered '\(command)'"
        }
    }
}

/// Turns the bytes of a monitor into messages; any bytes may come.
public struct QMPReader: Sendable {
    /// The longest line.
    public static let lineLimit = 1 << 20

    private var rest: [UInt8] = []

    /// A reader at the start of the stream.
    public init() {}

    /// The messages that are complete with these bytes; after an error the reader must not be used any more.
    public mutating func read(_ bytes: [UInt8]) throws(QMPError) -> [QMPMessage] {
        rest += bytes
        var messages: [QMPMessage] = []
        var start = rest.startIndex
        while let end = rest[start...].firstIndex(of: UInt8(ascii: "\n")) {
            let line = rest[start..<end]
            start = end + 1
            guard line.count <= Self.lineLimit else { throw .lineTooLong(limit: Self.lineLimit) }
            if line.contains(where: { $0 != 0x20 && $0 != 0x0d && $0 != 0x09 }) {
                messages.append(try Self.message(line))
            }
        }
        rest.removeSubrange(..<start)
        guard rest.count <= Self.lineLimit else { throw .lineTooLong(limit: Self.lineLimit) }
        return messages
    }

    private static func message(_ line: ArraySlice<UInt8>) throws(QMPError) -> QMPMessage {
        let malformed = QMPError.malformed(String(decoding: line.prefix(80), as: UTF8.self))
        guard let value = try? JSONDecoder().decode(JSONValue.self, from: Data(line)) else { throw malformed }
        if let name = value["event"]?.text {
            return .event(QMPEvent(name: name, data: value["data"] ?? .null))
        }
        if let version = value["QMP"]?["version"]?["qemu"] {
            let parts = ["major", "minor", "micro"].compactMap { version[$0]?.integer }.map { "\($0)" }
            return .greeting(version: parts.joined(separator: "."))
        }
        let number = value["id"]?.integer ?? 0
        if let result = value["return"] { return .result(number, result) }
        guard let error = value["error"] else { throw malformed }
        return .failure(number, description: error["desc"]?.text ?? "no reason given")
    }
}
