/// `setexpr NAME sub|gsub`: replaces what a regular expression finds.
///
/// The match only yields the text to look for: the first place where that text occurs is replaced.
struct Substitution {
    /// Why there is no result; `message` is what U-Boot prints.
    enum Failure: Error, Equatable {
        case refused(message: ByteString)
        /// U-Boot does not come back.
        case endless
    }

    private static let textCapacity = 16384
    private static let replacementCapacity = 4096

    private let expression: SimpleExpression
    private let replacement: ByteString
    private let isGlobal: Bool

    init(pattern: ByteString, replacement: ByteString, isGlobal: Bool) throws(Failure) {
        do {
            expression = try SimpleExpression(pattern.bytes)
        } catch {
            switch error {
            case .wrong(let message): throw .refused(message: "Error compiling regex: \(message)\n")
            case .endless: throw .endless
            }
        }
        self.replacement = replacement
        self.isGlobal = isGlobal
    }

    /// The new text; nil if nothing matches.
    func apply(to text: ByteString) throws(Failure) -> ByteString? {
        guard text.count < Self.textCapacity else {
            throw .refused(
                message: "## error: subst buffer overflow: have \(Self.textCapacity), need \(text.count + 1)\n")
        }
        var done: [UInt8] = []
        var rest = text.bytes
        var isFirst = true
        while true {
            let match: [Range<Int>]?
            do {
                match = try expression.match(rest)
            } catch {
                throw .endless
            }
            guard let captures = match else {
                if isFirst { return nil }
                break
            }
            isFirst = false
            let found = Array(rest[captures[0]])
            let new = try newText(captures.map { Array(rest[$0]) })
            if found.isEmpty, new.isEmpty, isGlobal { throw .endless }
            let position = Self.firstIndex(of: found, in: rest[...]) ?? rest.startIndex
            guard done.count + rest.count + new.count - found.count <= Self.textCapacity - done.count else {
                throw .refused(message: "## error: substitution buffer overflow\n")
            }
            done += rest[..<position] + new
            rest.removeSubrange(..<(position + found.count))
            if !isGlobal { break }
        }
        return ByteString(done + rest)
    }

    /// The replacement with `\0` to `\9` put in, one group after the other, up to the first empty group.
    private func newText(_ groups: [[UInt8]]) throws(Failure) -> [UInt8] {
        guard replacement.count + 1 < Self.replacementCapacity else {
            throw .refused(
                message:
                    "## error: pattern buffer overflow: have \(Self.replacementCapacity), need \(replacement.count + 1)\n"
            )
        }
        var text = replacement.bytes
        for (number, group) in groups.prefix(10).enumerated() {
            if group.isEmpty { break }
            let reference = [UInt8(ascii: "\\"), UInt8(ascii: "0") + UInt8(number)]
            var from = text.startIndex
            while let position = Self.firstIndex(of: reference, in: text[from...]) {
                guard text.count + group.count - 2 <= Self.replacementCapacity - from else {
                    throw .refused(message: "## error: substitution buffer overflow\n")
                }
                text.replaceSubrange(position..<(position + 2), with: group)
                from = position + group.count
            }
        }
        return text
    }

    private static func firstIndex(of pattern: [UInt8], in text: ArraySlice<UInt8>) -> Int? {
        guard pattern.count <= text.count else { return nil }
        return (text.startIndex...(text.endIndex - pattern.count)).first { text[$0...].starts(with: pattern) }
    }
}
