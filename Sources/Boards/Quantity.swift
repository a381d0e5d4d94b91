internal import YAML

/// A number of a board file: decimal or `0x` hexadecimal, perhaps with one of the suffixes K, M and G (1024 each).
struct Quantity: Decodable, Equatable {
    let value: UInt64

    init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let value = Self.read(text) else {
            throw decoder.sourcePlace.error("expected a number such as 0x40000000, 4096 or 64M, got '\(text)'")
        }
        self.value = value
    }

    /// Nil if the text is no such number, or too large for 64 bits.
    static func read(_ text: String) -> UInt64? {
        var digits = text[...]
        var shift = 0
        for (suffix, bits) in [("K", 10), ("M", 20), ("G", 30)] where digits.uppercased().hasSuffix(suffix) {
            digits.removeLast()
            shift = bits
            break
        }
        let isHex = digits.hasPrefix("0x") || digits.hasPrefix("0X")
        if isHex { digits.removeFirst(2) }
        // A sign is a digit for `UInt64.init`, but for no address.
        guard digits.first?.isHexDigit == true, let number = UInt64(digits, radix: isHex ? 16 : 10) else { return nil }
        let (product, overflow) = number.multipliedReportingOverflow(by: 1 << shift)
        return overflow ? nil : product
    }
}

/// Bytes as pairs of hexadecimal digits, with spaces wherever they please.
struct HexBytes: Decodable, Equatable {
    let bytes: [UInt8]

    init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        let digits = text.filter { !$0.isWhitespace }.compactMap(\.hexDigitValue)
        guard digits.count == text.count(where: { !$0.isWhitespace }), digits.count % 2 == 0 else {
            throw decoder.sourcePlace.error("expected pairs of hexadecimal digits such as '0a 00 00 14'")
        }
        bytes = stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
    }
}
