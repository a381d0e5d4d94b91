internal import UBoot
internal import YAML

/// The commands of a board: `all`, a sequence of names and lines of `help`, or the text that `help` prints.
struct CommandList: Decodable {
    struct Entry {
        var name: String
        /// The line in the list of commands, where the board file gives it.
        var summary: String?
        var place: SourcePlace
    }

    var entries: [Entry]

    init(from decoder: any Decoder) throws {
        let content = try YAMLNode(from: decoder).content
        if case .scalar("all", plain: true) = content {
            let place = decoder.sourcePlace
            entries = Machine.knownCommands.sorted().map { Entry(name: $0, place: place) }
            return
        }
        guard case .scalar(let text, plain: false) = content else {
            entries = try [Marked<String>](from: decoder).map {
                Self.entry(line: $0.value[...], place: $0.place) ?? Entry(name: $0.value, place: $0.place)
            }
            return
        }
        let place = decoder.sourcePlace
        entries = try text.split(whereSeparator: \.isNewline).filter { !$0.allSatisfy(\.isWhitespace) }.map {
            guard let entry = Self.entry(line: $0, place: place) else {
                throw place.error("expected lines 'NAME - SUMMARY' as 'help' prints them, got '\($0)'")
            }
            return entry
        }
    }

    /// `NAME      - SUMMARY`; long names have no space before the dash.
    private static func entry(line: Substring, place: SourcePlace) -> Entry? {
        guard let dash = line.firstRange(of: "- ") else { return nil }
        let name = line[..<dash.lowerBound].prefix { $0 != " " }
        guard !name.isEmpty, line[name.endIndex..<dash.lowerBound].allSatisfy({ $0 == " " }) else { return nil }
        return Entry(name: String(name), summary: String(line[dash.upperBound...]), place: place)
    }
}
