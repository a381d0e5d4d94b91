import UBoot

/// Strings for `fdt set` such that U-Boot's old shell and `fdt` take them as they are.
enum ScriptString {
    /// The bytes that one value of `fdt set` may have, its NUL included: U-Boot has a buffer of 1024.
    static let limit = 1024

    /// Why a string cannot be written.
    enum Problem: Error, Equatable {
        case nul
        case tooLong(count: Int)

        var text: String {
            switch self {
            case .nul: "a NUL byte cannot be part of a string"
            case .tooLong(let count):
                "expected at most \(ScriptString.limit - 1) bytes, which is what U-Boot's 'fdt set' has room for, "
                    + "found \(count)"
            }
        }
    }

    /// One word of a script that gives the string.
    ///
    /// Plain text stands in double quotes. Other text stands in single quotes, where only the backslash is special; a
    /// single quote stands outside of them behind a backslash. What begins as cells or bytes do, and control characters,
    /// are written as bytes.
    static func word(_ string: [UInt8]) throws(Problem) -> [UInt8] {
        guard !string.contains(0) else { throw .nul }
        guard string.count < limit else { throw .tooLong(count: string.count) }
        let startsValue = string.first == UInt8(ascii: "<") || string.first == UInt8(ascii: "[")
        if startsValue || string.contains(where: { $0 < 0x20 || $0 == 0x7f }) { return bytes(string) }
        guard string.contains(where: { "\"$\\'".utf8.contains($0) }) else {
            return [UInt8(ascii: "\"")] + string + [UInt8(ascii: "\"")]
        }
        var word: [UInt8] = [UInt8(ascii: "'")]
        for byte in string {
            switch byte {
            case UInt8(ascii: "\\"): word += [byte, byte]
            case UInt8(ascii: "'"): word += Array("'\\''".utf8)
            default: word.append(byte)
            }
        }
        return word + [UInt8(ascii: "'")]
    }

    private static func bytes(_ string: [UInt8]) -> [UInt8] {
        let digits = (string + [0]).map { hexadecimal(UInt64($0), width: 2) }
        return Array("\"[\(digits.joined(separator: " "))]\"".utf8)
    }

    /// As upstream writes it: between double quotes, whatever is in it.
    static func upstreamWord(_ string: [UInt8]) -> [UInt8] {
        [UInt8(ascii: "\"")] + string + [UInt8(ascii: "\"")]
    }
}
