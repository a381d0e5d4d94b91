internal import NearestName

extension YAMLError: CustomStringConvertible {
    /// `FILE:LINE:COLUMN: PATH: what is wrong`, on one line; the path is left out when empty.
    public var description: String {
        let path = place.path.isEmpty ? "" : "\(oneLine(place.path)): "
        return "\(place.file):\(place.mark.line):\(place.mark.column): \(path)\(reason)"
    }
}

extension YAMLError.Reason: CustomStringConvertible {
    /// What is wrong, without the place.
    public var description: String {
        switch self {
        case .syntax(let syntax): "\(syntax)"
        case .empty: "the file holds no document"
        case .severalDocuments: "a second document begins here, expected one"
        case .tooDeep(let limit): "nested deeper than \(limit) levels"
        case .tooManyNodes(let limit): "more than \(limit) values, aliases counted at each use"
        case .unknownAnchor(let name): "alias \(quoted("*" + name)) has no anchor before it"
        case .tag(let tag): "tags are not supported, got \(quoted(tag))"
        case .keyNotScalar: "a key must be a text, not a sequence or mapping"
        case .mergeKey: "merge keys ('<<') are not supported"
        case .duplicateKey(let key, let first): "duplicate key \(quoted(key)), first at \(first.line):\(first.column)"
        case .unknownKey(let key, let known): "unknown key \(quoted(key))" + hint(key, among: known, called: "keys")
        case .missingKey(let key): "missing key \(quoted(key))"
        case .tooFewItems(let have): "expected more than \(have) item\(have == 1 ? "" : "s")"
        case .wrongType(let expected, let found): "expected \(expected), got \(found)"
        case .unknownValue(let value, let allowed):
            "unknown value \(quoted(value))" + hint(value, among: allowed, called: "values")
        case .invalid(let message): message
        }
    }

    private func hint(_ name: String, among known: [String], called noun: String) -> String {
        if let near = nearestName(to: name, among: known) { return ", did you mean \(quoted(near))?" }
        return known.isEmpty ? "" : ", known \(noun): " + known.map(oneLine).joined(separator: ", ")
    }
}

extension YAMLError.Expectation: CustomStringConvertible {
    /// With its article.
    public var description: String {
        switch self {
        case .text: "a text"
        case .bool: "true or false"
        case .number: "a number"
        case .value: "a value"
        case .sequence: "a sequence"
        case .mapping: "a mapping"
        case .integer(let type): "an integer that fits \(type)"
        }
    }
}

extension YAMLError.Found: CustomStringConvertible {
    /// With its article, a text in quotes.
    public var description: String {
        switch self {
        case .nothing: "nothing"
        case .sequence: "a sequence"
        case .mapping: "a mapping"
        case .text(let text, plain: true): quoted(text)
        case .text(let text, plain: false): "the quoted text \(quoted(text))"
        }
    }
}

extension YAMLError.Syntax: CustomStringConvertible {
    /// What is wrong, without the place.
    public var description: String {
        switch self {
        case .invalidUTF8(let byte): "byte 0x\(hex(byte)) is not valid UTF-8 here"
        case .wideEncoding: "expected UTF-8, got UTF-16 or UTF-32"
        case .controlCharacter(let code): "control character 0x\(hex(code)) is not allowed"
        case .tab: "a tab is not allowed here, indent with spaces"
        case .unexpectedCharacter(let scalar): "no value begins with \(quoted(String(scalar))), quote it"
        case .unclosed(let part, let opened):
            "the \(part) that begins at \(opened.line):\(opened.column) is not closed"
        case .unexpectedColon: "a ':' is not allowed here, check the indentation or quote the value"
        case .unexpectedDash: "a '- ' is not allowed here, check the indentation"
        case .missingColon: "expected ':' after the key"
        case .missingValue: "expected a value"
        case .afterDocument: "expected the end of the document, check the indentation"
        case .missingAnchorName: "expected a name after '&' or '*'"
        case .indentation(let part, let opened):
            "this does not fit the \(part) that begins at \(opened.line):\(opened.column), check indentation and quotes"
        case .escape: "unknown or incomplete escape after '\\'"
        case .other(let problem): problem
        }
    }

    private func hex(_ value: some BinaryInteger) -> String {
        let digits = String(value, radix: 16)
        return digits.count < 2 ? "0" + digits : digits
    }
}

extension YAMLError.Syntax.Part: CustomStringConvertible {
    /// Without an article.
    public var description: String {
        switch self {
        case .sequence: "sequence"
        case .mapping: "mapping"
        case .quotedText: "quoted text"
        }
    }
}

/// The text in single quotes, on one line, at most 60 characters of it.
private func quoted(_ text: String) -> String { "'\(oneLine(text))'" }

/// The text with control characters escaped, cut after 60 characters.
private func oneLine(_ text: String) -> String {
    var line = ""
    for character in text.prefix(60) {
        for scalar in character.unicodeScalars {
            let isControl = scalar.properties.generalCategory == .control
            line += isControl ? scalar.escaped(asASCII: true) : String(scalar)
        }
    }
    return text.dropFirst(60).isEmpty ? line : line + "…"
}
