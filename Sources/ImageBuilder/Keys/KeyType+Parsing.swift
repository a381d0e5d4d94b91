extension KeyType {
    /// The value of a text that is not empty.
    func value(_ text: [UInt8]) throws(KeyValueError) -> KeyValue {
        switch self {
        case .number: .number(try Self.number(text).value)
        case .megabytes: .kibibytes(try Self.kibibytes(text))
        case .count(let range): .number(try Self.count(text, in: range))
        case .flag: .flag(try Self.flag(text))
        case .presence: .flag(try Self.presence(text))
        case .bytes: .bytes(text)
        case .line, .file, .output: .text(try Self.line(text))
        case .choice(let words): .text(try Self.choice(text, words))
        case .colours(let most): try Self.colours(text, most: most)
        case .regions: .regions(try Self.regions(text))
        case .words: .words(Self.words(text))
        case .paths: .words(try Self.paths(text))
        case .pool: try Self.pool(text)
        case .sharedMemory: try Self.sharedMemory(text)
        case .capabilities: .number(try Self.capabilities(text))
        case .eventChannels: .channels(try Self.channels(text))
        case .cpuList: .text(try Self.cpuList(text))
        }
    }

    private static func number(_ text: some Collection<UInt8>) throws(KeyValueError) -> (value: UInt64, hasUnit: Bool) {
        do {
            return try NumberText.parse(text)
        } catch {
            throw KeyValueError(error.expectation, text)
        }
    }

    private static func kibibytes(_ text: [UInt8]) throws(KeyValueError) -> UInt64 {
        let (value, hasUnit) = try number(text)
        if hasUnit { return value >> 10 }
        guard value < 1 << 53 else { throw KeyValueError("expected megabytes below 2^53", text) }
        return value << 10
    }

    private static func count(_ text: [UInt8], in range: ClosedRange<UInt64>) throws(KeyValueError) -> UInt64 {
        let value = try number(text).value
        guard range.contains(value) else {
            throw KeyValueError("expected a number from \(range.lowerBound) to \(range.upperBound)", text)
        }
        return value
    }

    private static func flag(_ text: [UInt8]) throws(KeyValueError) -> Bool {
        guard text.count == 1, let byte = text.first, "01".utf8.contains(byte) else {
            throw KeyValueError("expected 0 or 1", text)
        }
        return byte == UInt8(ascii: "1")
    }

    private static func presence(_ text: [UInt8]) throws(KeyValueError) -> Bool {
        switch String(decoding: text, as: UTF8.self).lowercased() {
        case "1", "y", "yes", "true", "on": true
        case "0", "n", "no", "false", "off": false
        default: throw KeyValueError("expected 1 (or yes, true, on) or 0 (or no, false, off)", text)
        }
    }

    private static func line(_ text: [UInt8]) throws(KeyValueError) -> String {
        guard let line = String(validating: text, as: UTF8.self) else {
            throw KeyValueError("expected text in UTF-8", text)
        }
        guard text.allSatisfy({ $0 >= 0x20 && $0 != 0x7f }) else {
            throw KeyValueError("expected one line without control characters", text)
        }
        return line
    }

    private static func choice(_ text: [UInt8], _ words: [String]) throws(KeyValueError) -> String {
        let word = String(decoding: text, as: UTF8.self)
        guard words.contains(word) else {
            throw KeyValueError("expected one of \(words.joined(separator: ", "))", text)
        }
        return word
    }

    static func words(_ text: some Collection<UInt8>) -> [String] {
        text.split { $0 == 32 || $0 == 9 || $0 == 10 }.map { String(decoding: $0, as: UTF8.self) }
    }

    private static func paths(_ text: [UInt8]) throws(KeyValueError) -> [String] {
        let paths = words(text)
        for path in paths {
            guard path.hasPrefix("/"), path.count > 1, path.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }),
                !path.contains(where: { "\"'$\\;&|".contains($0) })
            else { throw KeyValueError("expected paths of nodes such as /axi/serial@ff000000", path.utf8) }
        }
        return paths
    }

    private static func ranges(
        _ text: [UInt8], most: UInt64, _ expected: String
    ) throws(KeyValueError) -> [ClosedRange<UInt64>] {
        var ranges: [ClosedRange<UInt64>] = []
        for part in text.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
            let ends = part.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
            guard let first = ends.first, let last = ends.last, ends.count <= 2,
                let low = try? NumberText.parse(first).value, let high = try? NumberText.parse(last).value,
                low <= high, high <= most
            else { throw KeyValueError(expected, text) }
            ranges.append(low...high)
        }
        return ranges
    }

    private static func colours(_ text: [UInt8], most: UInt64) throws(KeyValueError) -> KeyValue {
        let expected = "expected colours 'first-last' from 0 to \(most), the first not above the last"
        let ranges = try ranges(text, most: most, expected)
        var mask: UInt64 = 0
        for range in ranges { for colour in range where colour < 64 { mask |= 1 << colour } }
        return .colours(text: String(decoding: text, as: UTF8.self), mask: mask)
    }

    private static func cpuList(_ text: [UInt8]) throws(KeyValueError) -> String {
        _ = try ranges(text, most: 4095, "expected CPUs such as '1,3-4'")
        return String(decoding: text, as: UTF8.self)
    }

    private static func regions(_ text: [UInt8]) throws(KeyValueError) -> [ConfigRegion] {
        let words = words(text)
        guard !words.isEmpty, words.count.isMultiple(of: 2) else {
            throw KeyValueError("expected pairs of address and size, found \(words.count) numbers:", text)
        }
        var regions: [ConfigRegion] = []
        for index in stride(from: 0, to: words.count, by: 2) {
            let start = try number(words[index].utf8).value
            let size = try number(words[index + 1].utf8).value
            try checkPages(start, size, words[index], words[index + 1])
            regions.append(ConfigRegion(start: start, size: size))
        }
        return regions
    }

    private static func checkPages(
        _ start: UInt64, _ size: UInt64, _ startText: String, _ sizeText: String
    ) throws(KeyValueError) {
        guard start & 0xfff == 0 else {
            throw KeyValueError("expected an address of whole pages of 4 KiB", startText.utf8)
        }
        guard size > 0, size & 0xfff == 0 else {
            throw KeyValueError("expected a size of whole pages of 4 KiB", sizeText.utf8)
        }
        guard !start.addingReportingOverflow(size).overflow else {
            throw KeyValueError("expected a region below 2^64", sizeText.utf8)
        }
    }

    private static func pool(_ text: [UInt8]) throws(KeyValueError) -> KeyValue {
        // A blank behind a comma belongs to the list.
        var cpus: [String] = []
        var scheduler: String?
        let parts = text.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            let words = words(part)
            let isLast = index == parts.count - 1
            guard let name = words.first, words.count == 1 || isLast && words.count == 2 else {
                throw KeyValueError("expected CPUs with commas between, and perhaps a scheduler", text)
            }
            cpus.append(name)
            if words.count == 2 { scheduler = words[1] }
        }
        for word in cpus + [scheduler].compactMap(\.self) {
            let isName = word.utf8.allSatisfy { ConfigByte.isNamePart($0) || "@-.,+".utf8.contains($0) }
            guard isName else { throw KeyValueError("expected the name of a node or scheduler", word.utf8) }
        }
        return .pool(cpus: cpus, scheduler: scheduler)
    }

    private static func sharedMemory(_ text: [UInt8]) throws(KeyValueError) -> KeyValue {
        let words = words(text)
        guard words.count == 3 || words.count == 4 else {
            throw KeyValueError("expected 'ID [HOST] GUEST SIZE'", text)
        }
        let id = words[0]
        let isName = id.utf8.allSatisfy { ConfigByte.isNamePart($0) || "-.+".utf8.contains($0) }
        guard isName, id.utf8.count <= 15 else {
            throw KeyValueError("expected an ID of at most 15 letters and digits", id.utf8)
        }
        let guest = try number(words[words.count - 2].utf8).value
        let size = try number(words[words.count - 1].utf8).value
        try checkPages(guest, size, words[words.count - 2], words[words.count - 1])
        guard words.count == 4 else { return .sharedMemory(id: id, host: nil, guest: guest, size: size) }
        let host = try number(words[1].utf8).value
        try checkPages(host, size, words[1], words[3])
        return .sharedMemory(id: id, host: (words[1], host), guest: guest, size: size)
    }

    private static let capabilityBits: [String: UInt64] = [
        "control": 1, "hardware": 2, "xenstore": 4, "dom0": 7, "domain0": 7, "none": 0,
    ]

    private static func capabilities(_ text: [UInt8]) throws(KeyValueError) -> UInt64 {
        var bits: UInt64 = 0
        for part in text.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false) {
            guard let word = words(part).first, words(part).count == 1 else {
                throw KeyValueError("expected names or numbers with '|' between", text)
            }
            if let value = capabilityBits[word.lowercased()] {
                bits |= value
            } else if let value = try? NumberText.parse(word.utf8).value, value <= 7 {
                bits |= value
            } else {
                throw KeyValueError("expected control, hardware, xenstore, dom0, none or a number up to 7", word.utf8)
            }
        }
        return bits
    }

    private static func channels(_ text: [UInt8]) throws(KeyValueError) -> [EventChannel] {
        var channels: [EventChannel] = []
        for part in text.split(separator: UInt8(ascii: ";")) {
            let words = words(part)
            guard !words.isEmpty else { continue }
            guard words.count == 3 else { throw KeyValueError("expected 'port domU port; …'", part) }
            let port = try number(words[0].utf8).value
            let peer = try number(words[1].utf8).value
            let peerPort = try number(words[2].utf8).value
            guard peer < 1024, port <= 0xffff, peerPort <= 0xffff else {
                throw KeyValueError("expected ports up to 65535 and a DomU up to 1023", part)
            }
            channels.append(EventChannel(port: port, peer: Int(peer), peerPort: peerPort))
        }
        guard !channels.isEmpty else { throw KeyValueError("expected 'port domU port; …'", text) }
        return channels
    }
}
