import UBoot

/// What a `$` begins.
extension ConfigParser {
    mutating func reference(_ context: ConfigWordContext, _ word: inout ConfigWord) throws(ConfigError) {
        let start = cursor.place
        guard let next = cursor.byte(after: 1) else {
            word.append(UInt8(ascii: "$"), quoted: true)
            cursor.advance()
            return
        }
        let isQuoted = context.isQuoted
        switch next {
        case UInt8(ascii: "'") where !isQuoted || context == .index: try ansiQuotes(&word)
        case UInt8(ascii: "\"") where !isQuoted || context == .index: cursor.advance()
        case UInt8(ascii: "(") where cursor.starts(with: "$(("):
            let value = try arithmetic()
            for byte in String(value).utf8 { word.append(byte, quoted: isQuoted, fromReference: true) }
        case UInt8(ascii: "("): throw ConfigError(.commandSubstitution, at: start)
        case UInt8(ascii: "["):
            throw ConfigError(.reference("$["), at: start)
        case UInt8(ascii: "{"): try braces(context, &word)
        case _ where ConfigByte.isNameStart(next):
            cursor.advance()
            let name = try name(at: start)
            put(value(of: name, .number(0), at: start, notes: true), quoted: isQuoted, into: &word)
        case _ where ConfigByte.isDigit(next) || "?$!#@*-".utf8.contains(next):
            throw ConfigError(.shellVariable(String(decoding: [next], as: UTF8.self)), at: start)
        default:
            word.append(UInt8(ascii: "$"), quoted: true)
            cursor.advance()
        }
    }

    private func put(_ value: [UInt8]?, quoted: Bool, into word: inout ConfigWord) {
        for byte in value ?? [] { word.append(byte, quoted: quoted, fromReference: true) }
    }

    private mutating func name(at start: ScriptPlace) throws(ConfigError) -> String {
        let name = String(decoding: cursor.take(while: ConfigByte.isNamePart), as: UTF8.self)
        guard !Self.isShellVariable(name) else { throw ConfigError(.shellVariable(name), at: start) }
        return name
    }

    /// The value of an element; notes a reference to nothing if asked to.
    private mutating func value(
        of name: String, _ index: ConfigIndex, at place: ScriptPlace, notes: Bool
    ) -> [UInt8]? {
        let variable = variables.byName[name]
        variables.byName[name]?.isRead = true
        let found: [UInt8]? =
            switch index {
            case .number(let number): variable?.elements[number]?.bytes
            case .text(let key): variable?.keyed[key]?.bytes
            }
        if found == nil, notes { variables.unset.append((name, place)) }
        return found
    }

    private mutating func braces(_ context: ConfigWordContext, _ word: inout ConfigWord) throws(ConfigError) {
        let start = cursor.place
        let startIndex = cursor.index
        func spelling(_ end: Int) -> String {
            String(decoding: cursor.bytes[startIndex..<min(end, cursor.bytes.count)], as: UTF8.self)
        }
        cursor.advance(2)
        guard let first = cursor.byte, ConfigByte.isNameStart(first) else {
            throw ConfigError(.reference(spelling(cursor.index + 1)), at: start)
        }
        let name = try name(at: start)
        var index = ConfigIndex.number(0)
        if cursor.byte == UInt8(ascii: "[") {
            index = try self.index(of: name, at: start)
        }
        guard let byte = cursor.byte else { throw ConfigError(.unclosed("${"), at: start) }
        if byte == UInt8(ascii: "}") {
            cursor.advance()
            put(value(of: name, index, at: start, notes: true), quoted: context.isQuoted, into: &word)
            return
        }
        let countsEmpty = byte == UInt8(ascii: ":")
        let operation = countsEmpty ? cursor.byte(after: 1) : byte
        guard let operation, "-+".utf8.contains(operation) else {
            throw ConfigError(.reference(spelling(cursor.index + 2)), at: start)
        }
        cursor.advance(countsEmpty ? 2 : 1)
        let value = value(of: name, index, at: start, notes: false)
        let isPresent = value.map { !countsEmpty || !$0.isEmpty } ?? false
        let noted = variables.unset.count
        let fallback = try self.word(context.isQuoted ? .quotedFallback : .fallback)
        guard cursor.byte == UInt8(ascii: "}") else { throw ConfigError(.unclosed("${"), at: start) }
        cursor.advance()
        let usesFallback = (operation == UInt8(ascii: "-")) != isPresent
        if usesFallback {
            word.append(fallback)
        } else {
            variables.unset.removeSubrange(noted...)
            if operation == UInt8(ascii: "-") { put(value, quoted: context.isQuoted, into: &word) }
        }
    }

    /// Reads `[…]` and gives the element that it names.
    mutating func index(of name: String, at start: ScriptPlace) throws(ConfigError) -> ConfigIndex {
        let place = cursor.place
        cursor.advance()
        let text = try word(.index).bytes
        guard cursor.byte == UInt8(ascii: "]") else { throw ConfigError(.unclosed("["), at: place) }
        cursor.advance()
        let spelling = String(decoding: text, as: UTF8.self)
        if Self.isKeyedByText(name) {
            guard !text.isEmpty else { throw ConfigError(.index(spelling), at: place) }
            return .text(spelling)
        }
        guard !text.isEmpty, !["@", "*"].contains(spelling), !text.contains(UInt8(ascii: ",")) else {
            throw ConfigError(.index(spelling), at: place)
        }
        var number = try evaluate(text, at: place)
        if number < 0 {
            number += Int64((variables.byName[name]?.elements.keys.max() ?? -1) + 1)
        }
        guard (0..<1 << 20).contains(number) else { throw ConfigError(.index(spelling), at: place) }
        return .number(Int(number))
    }

    /// Reads `$((…))` and works it out.
    private mutating func arithmetic() throws(ConfigError) -> Int64 {
        let start = cursor.place
        cursor.advance(3)
        let text = try word(.arithmetic).bytes
        guard cursor.byte != nil else { throw ConfigError(.unclosed("$(("), at: start) }
        // With a blank between the parentheses it would be a command.
        guard cursor.starts(with: "))") else { throw ConfigError(.commandSubstitution, at: start) }
        cursor.advance(2)
        return try evaluate(text, at: start)
    }

    private mutating func evaluate(_ text: [UInt8], at place: ScriptPlace) throws(ConfigError) -> Int64 {
        let byName = variables.byName
        var read: Set<String> = []
        do {
            let value = try ConfigArithmetic.value(text) { name, index in
                read.insert(name)
                return byName[name]?.elements[index]?.bytes
            }
            for name in read { variables.byName[name]?.isRead = true }
            if let name = read.first(where: Self.isShellVariable) {
                throw ConfigError(.shellVariable(name), at: place)
            }
            for name in read.sorted() where byName[name] == nil { variables.unset.append((name, place)) }
            return value
        } catch let error as ConfigError {
            throw error
        } catch let problem as ConfigArithmetic.Problem {
            throw ConfigError(.arithmetic(problem.text), at: place)
        } catch {
            throw ConfigError(.arithmetic("\(error)"), at: place)
        }
    }

    /// Reads `$'…'` with the escapes of C.
    private mutating func ansiQuotes(_ word: inout ConfigWord) throws(ConfigError) {
        let start = cursor.place
        cursor.advance(2)
        word.isQuoted = true
        var isCut = false
        while let byte = cursor.byte {
            if byte == UInt8(ascii: "'") {
                cursor.advance()
                return
            }
            guard byte != 0 else { throw ConfigError(.nul, at: cursor.place) }
            let piece: [UInt8]
            if byte == UInt8(ascii: "\\"), let next = cursor.byte(after: 1) {
                piece = try ansiEscape(next)
            } else {
                piece = [byte]
                cursor.advance()
            }
            // What stands behind a NUL is lost, as in every string of C.
            isCut = isCut || piece.contains(0)
            if !isCut { for byte in piece { word.append(byte, quoted: true) } }
        }
        throw ConfigError(.unclosed("$'"), at: start)
    }

    private static let simpleEscapes: [UInt8: UInt8] = [
        UInt8(ascii: "a"): 7, UInt8(ascii: "b"): 8, UInt8(ascii: "e"): 27, UInt8(ascii: "E"): 27,
        UInt8(ascii: "f"): 12, UInt8(ascii: "n"): 10, UInt8(ascii: "r"): 13, UInt8(ascii: "t"): 9,
        UInt8(ascii: "v"): 11, UInt8(ascii: "\\"): 92, UInt8(ascii: "'"): 39, UInt8(ascii: "\""): 34,
        UInt8(ascii: "?"): 63,
    ]

    private mutating func ansiEscape(_ next: UInt8) throws(ConfigError) -> [UInt8] {
        let place = cursor.place
        if let byte = Self.simpleEscapes[next] {
            cursor.advance(2)
            return [byte]
        }
        func digits(_ most: Int, _ radix: Int) -> [UInt8] {
            var found: [UInt8] = []
            while found.count < most, let byte = cursor.byte,
                Character(UnicodeScalar(byte)).hexDigitValue.map({ $0 < radix }) ?? false
            {
                found.append(byte)
                cursor.advance()
            }
            return found
        }
        switch next {
        case UInt8(ascii: "0")...UInt8(ascii: "7"):
            cursor.advance()
            let value = Int(String(decoding: digits(3, 8), as: UTF8.self), radix: 8) ?? 0
            return [UInt8(truncatingIfNeeded: value)]
        case UInt8(ascii: "x"):
            cursor.advance(2)
            let found = digits(2, 16)
            guard let value = UInt8(String(decoding: found, as: UTF8.self), radix: 16) else {
                return Array("\\x".utf8)
            }
            return [value]
        case UInt8(ascii: "u"), UInt8(ascii: "U"), UInt8(ascii: "c"):
            throw ConfigError(.expansion("'\\\(String(decoding: [next], as: UTF8.self))'"), at: place)
        default:
            cursor.advance(2)
            return [UInt8(ascii: "\\"), next]
        }
    }
}
