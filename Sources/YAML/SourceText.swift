/// The bytes of a file without their byte order mark; finds places in them.
struct SourceText {
    let bytes: ArraySlice<UInt8>

    /// Nil for a UTF-16 or UTF-32 byte order mark.
    init?(_ bytes: [UInt8]) {
        let wide: [[UInt8]] = [[0xff, 0xfe], [0xfe, 0xff], [0, 0, 0xfe, 0xff]]
        if wide.contains(where: bytes.starts(with:)) { return nil }
        self.bytes = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? bytes[3...] : bytes[...]
    }

    func byte(at offset: Int) -> UInt8? {
        let index = bytes.startIndex + offset
        return bytes.indices.contains(index) ? bytes[index] : nil
    }

    /// The mark of a byte offset; bytes before it are taken as UTF-8.
    func mark(at offset: Int) -> SourceMark {
        var mark = SourceMark.start
        var previous: UInt8 = 0
        for byte in bytes.prefix(offset) {
            if byte == 0x0a && previous == 0x0d {
                // The line ended with the CR.
            } else if byte == 0x0a || byte == 0x0d {
                mark = SourceMark(line: mark.line + 1, column: 1)
            } else if byte & 0xc0 != 0x80 {
                mark.column += 1
            }
            previous = byte
        }
        return mark
    }

    /// The mark behind the last byte.
    var end: SourceMark { mark(at: bytes.count) }

    /// The scalar at a mark, nil at the end of a line or of the text.
    func scalar(at mark: SourceMark) -> Unicode.Scalar? {
        let lines = bytes.split(separator: 0x0a, maxSplits: mark.line, omittingEmptySubsequences: false)
        guard lines.indices.contains(mark.line - 1) else { return nil }
        let line = String(decoding: lines[mark.line - 1].prefix { $0 != 0x0d }, as: UTF8.self)
        return line.unicodeScalars.dropFirst(mark.column - 1).first
    }
}
