/// How scripts name something in an image: `ADDRESS`, `ADDRESS:IMAGE` or `ADDRESS#CONFIGURATION`.
struct ImageWord {
    /// The word up to the mark, empty where the mark comes first; nil without a word.
    let addressText: ByteString?
    /// What follows `:`; nil without one.
    let image: ByteString?
    /// What follows `#`; nil without one.
    let configuration: ByteString?

    /// Reads a word; `#` wins over `:` wherever it stands.
    init(_ word: ByteString?, takesConfiguration: Bool = true) {
        let bytes = word?.bytes ?? []
        if takesConfiguration, let mark = bytes.firstIndex(of: UInt8(ascii: "#")) {
            addressText = ByteString(bytes[..<mark])
            configuration = ByteString(bytes[(mark + 1)...])
            image = nil
        } else if let mark = bytes.firstIndex(of: UInt8(ascii: ":")) {
            addressText = ByteString(bytes[..<mark])
            configuration = nil
            image = ByteString(bytes[(mark + 1)...])
        } else {
            addressText = word
            configuration = nil
            image = nil
        }
    }

    /// The address; `standard` without a word, and `unmarked` where only the mark is given.
    ///
    /// Both are the address of the last load if nothing else is said.
    func address(_ machine: Machine, default standard: Address? = nil, unmarked: Address? = nil) -> Address {
        guard let addressText else { return standard ?? machine.loadAddress }
        let isMarked = image != nil || configuration != nil
        guard !isMarked || !addressText.isEmpty else { return unmarked ?? machine.loadAddress }
        return Address(machine.hex(addressText))
    }
}
