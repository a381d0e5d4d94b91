/// An IPv4 address as U-Boot reads it: what is no address is 0.0.0.0.
struct IPv4: Equatable {
    /// The four numbers, the first one highest.
    let value: UInt32

    /// Reads four decimal numbers with dots between them.
    init(_ text: ByteString) {
        var rest = text.bytes[...]
        var value: UInt32 = 0
        for part in 0..<4 {
            let (number, end) = Numbers.parse(rest, radix: 10)
            guard number <= 255 else {
                self.value = 0
                return
            }
            value = value << 8 | UInt32(number)
            rest = rest[end...]
            if part < 3 {
                guard rest.first == UInt8(ascii: ".") else {
                    self.value = 0
                    return
                }
                rest = rest.dropFirst()
            }
        }
        self.value = value
    }

    var isZero: Bool { value == 0 }

    var text: ByteString {
        "\(value >> 24).\(value >> 16 & 0xff).\(value >> 8 & 0xff).\(value & 0xff)"
    }
}
