/// The value words of `fdt set`, read into the buffer that U-Boot uses for them.
///
/// The buffer keeps what was in it: a `?` leaves the cell that is there.
enum FDTValue {
    /// The bytes that U-Boot's buffer has.
    static let capacity = 1024

    /// The value of the words from the fifth on; nil after printing what could not be read.
    static func parse(_ call: CommandCall, _ machine: inout Machine) throws -> [UInt8]? {
        let words = Array(call.words.dropFirst(4))
        var value: [UInt8]?
        switch words[0].firstOrNUL {
        case UInt8(ascii: "<"): value = try cells(words, &machine)
        case UInt8(ascii: "["): value = try bytes(words, &machine)
        default: value = words.flatMap { $0.bytes + [0] }
        }
        guard let value else { return nil }
        if machine.scratch.count < value.count {
            machine.scratch += [UInt8](repeating: 0, count: value.count - machine.scratch.count)
        }
        machine.scratch.replaceSubrange(0..<value.count, with: value)
        if machine.scratch.count > capacity { machine.scratch.removeSubrange(capacity...) }
        return value
    }

    // MARK: Reading

    /// Where the reading stands: a word and an index in it; behind the last word is address 0 of memory.
    private struct Cursor {
        let words: [ByteString]
        var word = 0
        var index = 1

        var byte: UInt8 { words[word][orNUL: index] }
        var isAtEnd: Bool { word >= words.count }
        var rest: ArraySlice<UInt8> { words[word].bytes[min(index, words[word].count)...] }

        mutating func nextWord() {
            word += 1
            index = 0
        }

        mutating func skipBlanks() { while !isAtEnd, byte == UInt8(ascii: " ") { index += 1 } }
    }

    private static func cells(_ words: [ByteString], _ machine: inout Machine) throws -> [UInt8]? {
        var cursor = Cursor(words: words)
        var value: [UInt8] = []
        while !cursor.isAtEnd, cursor.byte != UInt8(ascii: ">") {
            if cursor.byte == 0 {
                cursor.nextWord()
                continue
            }
            let text = cursor.rest
            if text.first == UInt8(ascii: "?") {
                cursor.index += 1
                let old = machine.scratch.dropFirst(value.count).prefix(4)
                value += old + [UInt8](repeating: 0, count: 4 - old.count)
            } else {
                let (number, end) = Numbers.parse(text, radix: nil)
                let cell = UInt32(truncatingIfNeeded: number)
                let bytes = (0..<4).map { UInt8(truncatingIfNeeded: cell >> (24 - 8 * UInt32($0))) }
                keep(bytes, at: value.count, &machine)
                value += bytes
                guard end > text.startIndex else {
                    machine.printFormatted("Sorry, I could not convert \"\(ByteString(text))\"\n")
                    return nil
                }
                cursor.index = end
            }
            cursor.skipBlanks()
        }
        return try isClosed(cursor, by: UInt8(ascii: ">"), &machine) ? value : nil
    }

    private static func bytes(_ words: [ByteString], _ machine: inout Machine) throws -> [UInt8]? {
        var cursor = Cursor(words: words)
        var value: [UInt8] = []
        while !cursor.isAtEnd, cursor.byte != UInt8(ascii: "]") {
            cursor.skipBlanks()
            if cursor.byte == 0 {
                cursor.nextWord()
                continue
            }
            let text = cursor.rest
            guard Numbers.isHexDigit(cursor.byte) else { break }
            let (number, end) = Numbers.parse(text, radix: 16)
            let byte = UInt8(truncatingIfNeeded: number)
            keep([byte], at: value.count, &machine)
            value.append(byte)
            cursor.index = end
        }
        return try isClosed(cursor, by: UInt8(ascii: "]"), &machine) ? value : nil
    }

    private static func isClosed(_ cursor: Cursor, by end: UInt8, _ machine: inout Machine) throws -> Bool {
        let byte =
            cursor.isAtEnd ? UInt8(truncatingIfNeeded: try machine.memory.number(at: 0, byteCount: 1)) : cursor.byte
        if byte == end { return true }
        machine.print("Unexpected character '\(ByteString([byte]))'\n")
        return false
    }

    private static func keep(_ bytes: [UInt8], at offset: Int, _ machine: inout Machine) {
        guard offset + bytes.count <= machine.scratch.count else { return }
        machine.scratch.replaceSubrange(offset..<(offset + bytes.count), with: bytes)
    }
}

extension Machine {
    /// What a value that is longer than U-Boot's buffer does: the address of the working tree lies behind the buffer.
    mutating func overwriteWorkingTree(with bytes: ArraySlice<UInt8>) {
        var address = workingTree?.value ?? 0
        for (index, byte) in bytes.prefix(8).enumerated() {
            let shift = UInt64(index) * 8
            address = address & ~(0xff << shift) | UInt64(byte) << shift
        }
        workingTree = address == 0 ? nil : Address(address)
    }
}
