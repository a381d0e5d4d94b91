/// How U-Boot shows the value of a property.
enum FDTText {
    /// Whether the bytes are taken for strings: printable, ended by a NUL or line feed, no two NULs in a row.
    ///
    /// Newer releases have the device tree compiler's rule: a NUL at the end, no string empty, no other white space than blanks.
    static func isText(_ value: [UInt8], _ release: Release) -> Bool {
        if release >= .v2023_07 {
            return value.last == 0
                && strings(value).allSatisfy { !$0.isEmpty && $0.allSatisfy(CharacterClass.isPrintable) }
        }
        guard let last = value.last, last == 0 || last == UInt8(ascii: "\n") else { return false }
        for (index, byte) in value.enumerated() {
            if byte == 0 {
                if index == value.count - 1 { return true }
                if value[index + 1] == 0 { return false }
            } else if !CharacterClass.isPrintable(byte), !CharacterClass.isSpace(byte) {
                return false
            }
        }
        return true
    }

    /// The strings of a text, without their NULs.
    static func strings(_ value: [UInt8]) -> [ArraySlice<UInt8>] {
        let content = value.last == 0 ? value.dropLast() : value[...]
        return content.split(separator: 0, omittingEmptySubsequences: false)
    }

    /// The value as `fdt print` shows it.
    ///
    /// - Parameters:
    ///   - value: the bytes, at least one.
    ///   - address: where they are.
    ///   - limit: the most bytes that are shown of what is not text.
    ///   - release: whose rule for text holds.
    ///   - wordSize: the bytes of an address.
    /// - Returns: the text without a line end.
    static func value(
        _ value: [UInt8], at address: Address, limit: UInt64, _ release: Release, wordSize: Int = 8
    ) -> ByteString {
        if isText(value, release) {
            return "\"" + ByteString(strings(value).joined(separator: Array("\", \"".utf8))) + "\""
        }
        if UInt64(value.count) > limit {
            return "* 0x\(hex: address.value, width: wordSize * 2) [0x\(hex: value.count, width: 8)]"
        }
        if value.count % 4 == 0 {
            let cells = cells(value).map { "0x" + hexadecimal(UInt64($0), width: 8) }
            return "<\(cells.joined(separator: " "))>"
        }
        return "[\(value.map { hexadecimal(UInt64($0), width: 2) }.joined(separator: " "))]"
    }

    /// The big-endian cells of a value.
    static func cells(_ value: [UInt8]) -> [UInt32] {
        stride(from: 0, to: value.count - value.count % 4, by: 4).map { start in
            value[start..<(start + 4)].reduce(0) { $0 << 8 | UInt32($1) }
        }
    }
}
