/// The forms in which `env export` and `env import` keep an environment in memory.
enum EnvironmentText {
    /// Entries as text, one per line, ended by a NUL.
    static func text(_ entries: [(name: ByteString, value: ByteString)]) -> [UInt8] {
        encode(entries, separator: UInt8(ascii: "\n"))
    }

    /// Entries with a NUL behind each and one more at the end.
    static func binary(_ entries: [(name: ByteString, value: ByteString)]) -> [UInt8] {
        encode(entries, separator: 0)
    }

    /// A separator that occurs in a value or name is escaped by a backslash, and so is a backslash itself.
    private static func encode(_ entries: [(name: ByteString, value: ByteString)], separator: UInt8) -> [UInt8] {
        var bytes: [UInt8] = []
        for entry in entries {
            bytes += entry.name.bytes
            bytes.append(UInt8(ascii: "="))
            for byte in entry.value.bytes {
                if byte == separator || byte == UInt8(ascii: "\\") { bytes.append(UInt8(ascii: "\\")) }
                bytes.append(byte)
            }
            bytes.append(separator)
        }
        bytes.append(0)
        return bytes
    }

    /// One change that an import asks for; a nil value deletes.
    struct Change: Equatable {
        var name: ByteString
        var value: ByteString?
    }

    /// What an imported block says, in its order; the first entry counts also where it begins with a NUL.
    ///
    /// - Parameters:
    ///   - bytes: the block, which ends at its end or at a NUL where the next entry would begin.
    ///   - separator: a line feed or a NUL.
    ///   - dropsCR: whether a CR before a line feed is dropped.
    /// - Returns: the changes; a nil for an entry without a name, which makes the import fail.
    static func parse(_ bytes: [UInt8], separator: UInt8, dropsCR: Bool) -> [Change?] {
        let (data, size) = dropsCR ? withoutCarriageReturns(bytes) : (bytes, bytes.count)
        func byte(_ index: Int) -> UInt8 { index < data.count ? data[index] : 0 }
        var changes: [Change?] = []
        var index = 0
        repeat {
            while byte(index) == UInt8(ascii: " ") || byte(index) == UInt8(ascii: "\t") { index += 1 }
            if byte(index) == UInt8(ascii: "#") {
                while byte(index) != 0, byte(index) != separator { index += 1 }
                index += 1
                continue
            }
            let start = index
            while byte(index) != UInt8(ascii: "="), byte(index) != 0, byte(index) != separator { index += 1 }
            let name = ByteString(data[min(start, data.count)..<min(index, data.count)])
            let isAssignment = byte(index) == UInt8(ascii: "=")
            guard isAssignment, byte(index + 1) != 0, byte(index + 1) != separator else {
                index += isAssignment ? 2 : 1
                changes.append(Change(name: name, value: nil))
                continue
            }
            let (value, end) = value(data, from: index + 1, separator: separator)
            index = end + 1
            guard !name.isEmpty else { return changes + [nil] }
            changes.append(Change(name: name, value: value))
        } while index < size && byte(index) != 0
        return changes
    }

    /// A value up to the separator or a NUL; a backslash keeps the character behind it.
    private static func value(_ data: [UInt8], from start: Int, separator: UInt8) -> (ByteString, Int) {
        var value: [UInt8] = []
        var index = start
        while index < data.count, data[index] != separator, data[index] != 0 {
            if data[index] == UInt8(ascii: "\\"), index + 1 < data.count, data[index + 1] != 0 { index += 1 }
            value.append(data[index])
            index += 1
        }
        return (ByteString(value), index)
    }

    /// The bytes as U-Boot moves them together in place, up to the first NUL; what is behind that stays where it was.
    ///
    /// No entry begins behind `size`, but the last one may go on there.
    private static func withoutCarriageReturns(_ bytes: [UInt8]) -> (bytes: [UInt8], size: Int) {
        var result = bytes
        var dropped = 0
        for (index, byte) in bytes.enumerated() {
            if byte == 0 { break }
            let isBeforeLineFeed = index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "\n")
            if byte == UInt8(ascii: "\r"), isBeforeLineFeed { dropped += 1 } else { result[index - dropped] = byte }
        }
        return (result, bytes.count - dropped)
    }
}
