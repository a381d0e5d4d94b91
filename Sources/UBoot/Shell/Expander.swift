/// Puts values in the place of references.
///
/// It keeps no variables, so that commands can change them in place; `${name:=value}` assigns one.
struct Expander {
    /// What `$?` gives.
    let status: Int
    /// The names that had no value and no default.
    private(set) var unset: [ByteString] = []
    /// Whether an assignment to the read-only variable was tried.
    private(set) var hitReadOnly = false

    init(status: Int) {
        self.status = status
    }

    /// The word with its values; line feeds become blanks if there was a reference.
    ///
    /// With `literal`, values are marked so that they are not read again.
    mutating func expand(
        _ word: Word, _ environment: Environment, _ variables: inout ShellVariables, literal: Bool = false
    ) -> [UInt8] {
        guard word.hasReference else { return word.bytes }
        var result: [UInt8] = []
        var rest = word.bytes[...]
        while let start = rest.firstIndex(of: Word.mark) {
            result += rest[..<start]
            let name = rest[(start + 1)...].prefix { $0 != Word.mark }
            if let value = value(of: ByteString(name), environment, &variables) {
                if literal { result.append(Word.literalMark) }
                result += value.bytes
                if literal { result.append(Word.literalMark) }
            }
            rest = rest[min(name.endIndex + 1, rest.endIndex)...]
        }
        result += rest
        for (index, byte) in result.enumerated() where byte == UInt8(ascii: "\n") { result[index] = UInt8(ascii: " ") }
        return result
    }

    /// The command as one line to be read again: words that were quoted stand in single quotes.
    mutating func line(
        _ words: ArraySlice<Word>, _ environment: Environment, _ variables: inout ShellVariables
    ) -> [UInt8] {
        let noEval = variables["HUSH_NO_EVAL"]
        let literal = noEval.map { !$0.isEmpty && $0.firstOrNUL != UInt8(ascii: "0") } ?? false
        var line: [UInt8] = []
        for (index, word) in words.enumerated() {
            if index > 0 { line.append(UInt8(ascii: " ")) }
            if word.isQuoted { line.append(UInt8(ascii: "'")) }
            line += expand(word, environment, &variables, literal: literal)
            if word.isQuoted { line.append(UInt8(ascii: "'")) }
        }
        line.append(UInt8(ascii: "\n"))
        return line
    }

    /// The words of a `for` list, each value split at blanks.
    mutating func list(
        _ words: [Word], _ environment: Environment, _ variables: inout ShellVariables
    ) -> [ByteString] {
        var values: [ByteString] = []
        for word in words {
            let text = expand(word, environment, &variables)
            values += text.split(separator: UInt8(ascii: " ")).map { ByteString($0) }
        }
        return values
    }

    /// The value of a reference: `name`, or `name:` with `-default`, `=default` or `+other`.
    private mutating func value(
        of reference: ByteString, _ environment: Environment, _ variables: inout ShellVariables
    ) -> ByteString? {
        guard reference != "$?" else { return ByteString(utf8: String(status)) }
        let colon = reference.bytes.firstIndex(of: UInt8(ascii: ":"))
        if colon == nil {
            let found = environment[reference] ?? variables[reference]
            if found == nil { unset.append(reference) }
            return found.flatMap { $0.isEmpty ? nil : $0 }
        }
        let name = ByteString(reference.bytes[..<(colon ?? reference.count)])
        let suffix = colon.map { reference.bytes[($0 + 1)...] } ?? []
        let operation = suffix.first
        let hasDefault = operation.map { "-=+".utf8.contains($0) } ?? false
        let fallback = hasDefault ? ByteString(suffix.dropFirst()) : nil
        let found = environment[name] ?? variables[name]
        if let found, !found.isEmpty {
            return operation == UInt8(ascii: "+") ? "" : found
        }
        // A name that does not begin with a letter gives its default and stays unset.
        let isAssignable = operation == UInt8(ascii: "=") && CharacterClass.isLetter(name.firstOrNUL)
        if isAssignable, let fallback, !variables.set(name, fallback) { hitReadOnly = true }
        if fallback == nil, found == nil { unset.append(name) }
        return fallback
    }
}
