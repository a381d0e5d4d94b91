/// U-Boot's ways of reading a number from text; none of them fails.
///
/// In every radix a leading `0x` switches to hexadecimal and is part of the number, also where no digit follows it.
enum Numbers {
    /// The value and the index behind the number at the start of `text`; wraps at 64 bits.
    ///
    /// Without a radix a leading `0` means octal, otherwise decimal.
    static func parse(_ text: ArraySlice<UInt8>, radix: UInt64?) -> (value: UInt64, end: Int) {
        var radix = radix
        var index = text.startIndex
        if text.first == UInt8(ascii: "0") {
            if text.count > 1, text[index + 1] | 0x20 == UInt8(ascii: "x") {
                radix = 16
                index += 2
            } else {
                radix = radix ?? 8
            }
        }
        var value: UInt64 = 0
        while index < text.endIndex, let digit = digit(text[index]), digit < radix ?? 10 {
            value = value &* (radix ?? 10) &+ digit
            index += 1
        }
        return (value, index)
    }

    /// Hexadecimal, up to the first other character; no sign (`hextoul`).
    static func hex(_ text: ByteString) -> UInt64 { parse(text.bytes[...], radix: 16).value }

    /// Whether the whole text is one hexadecimal number; an empty text is.
    static func isWholeHex(_ text: ByteString) -> Bool { parse(text.bytes[...], radix: 16).end == text.count }

    /// Decimal up to the first other character; no sign (`dectoul`).
    static func decimal(_ text: ByteString) -> UInt64 { parse(text.bytes[...], radix: 10).value }

    /// An optional leading `-`, then a number in the given radix or by its prefix (`simple_strtol`).
    static func signed(_ text: ByteString, radix: UInt64? = nil) -> Int64 {
        let isNegative = text.firstOrNUL == UInt8(ascii: "-")
        let value = Int64(bitPattern: parse(isNegative ? text.bytes[1...] : text.bytes[...], radix: radix).value)
        return isNegative ? 0 &- value : value
    }

    /// Whether a byte is a hexadecimal digit.
    static func isHexDigit(_ byte: UInt8) -> Bool { digit(byte) != nil }

    private static func digit(_ byte: UInt8) -> UInt64? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }
}

/// U-Boot's character classes, which take bytes above 127 for Latin-1.
enum CharacterClass {
    static func isLetter(_ byte: UInt8) -> Bool {
        if byte >= 0xc0 { return byte != 0xd7 && byte != 0xf7 }
        let lower = byte | 0x20
        return byte < 0x80 && lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z")
    }

    static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

    static func isNamePart(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) || byte == UInt8(ascii: "_") }

    static func isPrintable(_ byte: UInt8) -> Bool { byte >= 0xa0 || (byte >= 0x20 && byte < 0x7f) }

    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 9 && byte <= 13) || byte == 0xa0 }
}
