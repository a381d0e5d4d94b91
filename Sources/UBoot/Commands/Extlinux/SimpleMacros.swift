/// Variables in a text without the shell: `${name}` and `$(name)` outside of single quotes.
enum SimpleMacros {
    private enum State {
        case text
        case dollar
        case name(open: UInt8)
        case quoted
    }

    /// The text with values for names; one backslash before each character and single quotes go.
    static func expand(_ text: ByteString, _ environment: Environment) -> ByteString {
        var output: [UInt8] = []
        var name: [UInt8] = []
        var state = State.text
        var previous: UInt8 = 0
        var bytes = text.bytes[...]
        while var byte = bytes.popFirst() {
            if byte == UInt8(ascii: "\\"), previous != UInt8(ascii: "\\") {
                guard let next = bytes.popFirst() else { break }
                previous = byte
                byte = next
            }
            let isPlain = previous != UInt8(ascii: "\\")
            switch state {
            case .text where byte == UInt8(ascii: "'") && isPlain: state = .quoted
            case .text where byte == UInt8(ascii: "$") && isPlain: state = .dollar
            case .text: output.append(byte)
            case .dollar where byte == UInt8(ascii: "{") || byte == UInt8(ascii: "("):
                name = []
                state = .name(open: byte)
            case .dollar:
                output += [UInt8(ascii: "$"), byte]
                state = .text
            case .name(let open) where byte == (open == UInt8(ascii: "{") ? UInt8(ascii: "}") : UInt8(ascii: ")")):
                output += environment[ByteString(name)]?.bytes ?? []
                state = .text
            case .name: name.append(byte)
            case .quoted where byte == UInt8(ascii: "'") && isPlain: state = .text
            case .quoted: output.append(byte)
            }
            previous = byte
        }
        return ByteString(output)
    }
}
