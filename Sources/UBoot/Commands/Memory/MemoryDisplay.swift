/// What `md` showed last, and the form of its lines.
struct MemoryDisplay: Sendable {
    /// Where an empty line at the prompt goes on.
    var address: Address = 0
    /// Bytes per value: 1, 2, 4 or 8.
    var byteCount = 4
    /// Values to show.
    var count: UInt64 = 0x40

    /// One line of at most 16 bytes: the address, the values, the text.
    func line(_ bytes: [UInt8], at address: Address) -> ByteString {
        var line: ByteString = "\(hex: address.value, width: 8):"
        for start in stride(from: 0, to: 16, by: byteCount) {
            guard start < bytes.count else {
                line = line + ByteString([UInt8](repeating: 0x20, count: byteCount * 2 + 1))
                continue
            }
            let value = bytes[start..<min(start + byteCount, bytes.count)].reversed()
            line = line + " " + ByteString(value.flatMap { hexadecimal(UInt64($0), width: 2).utf8 })
        }
        let text = bytes.map { $0 >= 0x20 && $0 < 0x7f ? $0 : UInt8(ascii: ".") }
        return line + "  " + ByteString(text) + "\n"
    }
}
