internal import UBoot

/// The texts that the shell ran, to look at what the author wrote.
struct ScriptTexts: Sendable {
    /// A line that would load something, by its text.
    struct LoadLine {
        var place: ScriptPlace
        var isComment: Bool
        var text: String
    }

    /// Scripts by the name that places in them have.
    let scripts: [(source: String, text: ByteString)]
    private let environment: [ByteString: ByteString]
    private static let lineFeed = UInt8(ascii: "\n")

    init(_ record: BootRecord) {
        var seen: Set<String> = []
        scripts = record.sources.filter { seen.insert($0.source).inserted }.map { ($0.source, $0.text) }
        environment = record.environment
    }

    /// What is behind a place in its line; nil if the text is not known.
    func rest(from place: ScriptPlace) -> ArraySlice<UInt8>? {
        guard let text = text(of: place.source) else { return nil }
        var line = 1
        var start = text.bytes.startIndex
        while line < place.line, let feed = text.bytes[start...].firstIndex(of: Self.lineFeed) {
            start = feed + 1
            line += 1
        }
        guard line == place.line, place.column > 0 else { return nil }
        return text.bytes[start...].prefix { $0 != Self.lineFeed }.dropFirst(place.column - 1)
    }

    /// The first line of a script that ends in CR LF, and how many do; nil if none does.
    static func carriageReturns(in text: ByteString) -> (line: Int, count: Int)? {
        var first: Int?
        var count = 0
        var line = 1
        var last: UInt8 = 0
        for byte in text.bytes {
            if byte == lineFeed {
                if last == UInt8(ascii: "\r") {
                    first = first ?? line
                    count += 1
                }
                line += 1
            }
            last = byte
        }
        return first.map { ($0, count) }
    }

    /// The lines of scripts, commented out or not, that load to an address.
    func loadLines(to address: Address) -> [LoadLine] {
        scripts.flatMap { script in
            let lines = script.text.bytes.split(separator: Self.lineFeed, omittingEmptySubsequences: false)
            return lines.enumerated().compactMap { index, line -> LoadLine? in
                let start = line.prefix { $0 == 0x20 || $0 == 0x09 }.count
                let isComment = line.dropFirst(start).first == UInt8(ascii: "#")
                let body = line.drop { $0 == 0x20 || $0 == 0x09 || $0 == UInt8(ascii: "#") }
                let words = body.split { $0 == 0x20 || $0 == 0x09 || $0 == 0x0d }
                guard let name = words.first, Self.isLoad(name),
                    words.dropFirst().contains(where: { TypedNumber.hex($0) == address.value })
                else { return nil }
                let place = ScriptPlace(source: script.source, line: index + 1, column: start + 1)
                let text = Wording.plain(ByteString(words.joined(separator: [0x20])))
                return LoadLine(place: place, isComment: isComment, text: text)
            }
        }
    }

    /// Whether a word is the name of a command that loads files, in full or shortened as usual.
    private static func isLoad(_ word: ArraySlice<UInt8>) -> Bool {
        let name = String(decoding: word, as: UTF8.self)
        return name.hasPrefix("tftp") || ["load", "fatload", "ext2load", "ext4load", "nfs", "dhcp"].contains(name)
    }

    private func text(of source: String) -> ByteString? {
        if let script = scripts.first(where: { $0.source == source }) { return script.text }
        guard source.hasPrefix("variable ") else { return nil }
        return environment[ByteString(utf8: String(source.dropFirst("variable ".count)))]
    }
}
