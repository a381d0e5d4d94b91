internal import Emulation
internal import Glibc

/// Finds a text, or what a POSIX extended regular expression describes, in a line of bytes.
///
/// The C library's matcher takes time in proportion to the line, whatever the expression is.
public struct LinePattern: Sendable, CustomStringConvertible {
    /// Why a text is no regular expression that can be used.
    public struct Problem: Error, Sendable, Equatable, CustomStringConvertible {
        /// The sentence.
        public var description: String
    }

    private enum Kind: Sendable {
        case literal([UInt8])
        case regex(CompiledRegex)
    }

    /// What was written in the scenario.
    public let text: String
    private let kind: Kind

    /// Finds the very text.
    public init(literal text: String) {
        self.text = text
        kind = .literal(Array(text.utf8))
    }

    /// Finds what an expression describes.
    public init(regex text: String) throws(Problem) {
        self.text = text
        kind = .regex(try CompiledRegex(text))
    }

    /// The text in quotes, or the expression between slashes.
    public var description: String {
        switch kind {
        case .literal: "\"\(text)\""
        case .regex: "/\(text)/"
        }
    }

    /// Whether it is in a line, of which the end is not part.
    public func matches(_ line: [UInt8]) -> Bool { end(in: line, from: 0) != nil }

    /// Where what it finds first at or behind a place of a line ends; nil if it is not there.
    func end(in line: [UInt8], from start: Int) -> Int? {
        switch kind {
        case .literal(let bytes): line.place(of: bytes, from: start).map { $0 + bytes.count }
        case .regex(let regex): regex.end(in: Array(line[start...]), isStart: start == 0).map { start + $0 }
        }
    }
}

/// A compiled expression; it is never changed after it was made.
@safe private final class CompiledRegex: @unchecked Sendable {
    private var compiled = unsafe regex_t()

    private static let lengthLimit = 4096

    init(_ text: String) throws(LinePattern.Problem) {
        guard text.utf8.count <= Self.lengthLimit else {
            throw .init(description: "a regular expression has at most \(Self.lengthLimit) bytes")
        }
        guard !text.utf8.contains(0) else { throw .init(description: "a regular expression has no NUL") }
        if let problem = Self.foreignEscape(text) { throw .init(description: problem) }
        let code = unsafe regcomp(&compiled, text, REG_EXTENDED)
        guard code == 0 else {
            var reason = [CChar](repeating: 0, count: 200)
            unsafe regerror(code, &compiled, &reason, reason.count)
            let bytes = reason.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            throw .init(description: "no regular expression: \(String(decoding: bytes, as: UTF8.self))")
        }
    }

    deinit { unsafe regfree(&compiled) }

    func end(in line: [UInt8], isStart: Bool) -> Int? {
        // A NUL would end the line for C.
        var text = line.map { CChar(bitPattern: $0 == 0 ? 0x20 : $0) }
        text.append(0)
        var match = regmatch_t()
        guard unsafe regexec(&compiled, text, 1, &match, isStart ? 0 : REG_NOTBOL) == 0 else { return nil }
        return Int(match.rm_eo)
    }

    /// Escapes of other kinds of expressions mean something else here, and references back can take for ever.
    private static func foreignEscape(_ text: String) -> String? {
        var isEscaped = false
        for character in text {
            guard isEscaped else {
                isEscaped = character == "\\"
                continue
            }
            isEscaped = false
            if character.isNumber { return "a POSIX expression has no reference '\\\(character)'" }
            if character == "d" { return "a POSIX expression has no '\\d', write [0-9]" }
            if character.isLetter, !"wWsSbB".contains(character) {
                return "a POSIX expression has no '\\\(character)'"
            }
        }
        return nil
    }
}
