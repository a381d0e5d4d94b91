/// Numbers as they are typed in scripts.
enum TypedNumber {
    /// The value of a whole word in hexadecimal, with or without `0x`; nil if it is anything else.
    static func hex(_ text: some Collection<UInt8>) -> UInt64? {
        let digits = hasPrefix(text) ? Array(text.dropFirst(2)) : Array(text)
        return parse(digits, radix: 16)
    }

    /// The value of a whole word as a cell of `fdt set`: the radix by its prefix; nil if it is no number.
    static func cell(_ text: some Collection<UInt8>) -> UInt64? {
        if hasPrefix(text) { return text.count == 2 ? 0 : parse(Array(text.dropFirst(2)), radix: 16) }
        return parse(Array(text), radix: text.first == UInt8(ascii: "0") ? 8 : 10)
    }

    private static func hasPrefix(_ text: some Collection<UInt8>) -> Bool {
        text.starts(with: "0x".utf8) || text.starts(with: "0X".utf8)
    }

    /// A number of up to 16 significant digits in plain ASCII.
    private static func parse(_ digits: [UInt8], radix: Int) -> UInt64? {
        guard let first = digits.first, first != UInt8(ascii: "+"), first != UInt8(ascii: "-") else { return nil }
        return UInt64(String(decoding: digits, as: UTF8.self), radix: radix)
    }
}
