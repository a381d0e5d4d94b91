/// The regular expressions of U-Boot's `setexpr`: no ranges in sets, no counts, and almost no backtracking.
///
/// A repetition looks only at what follows it in the same group of a repetition or branch.
struct SimpleExpression {
    /// Why there is no expression.
    enum Failure: Error, Equatable {
        /// What is wrong with the pattern, in U-Boot's words.
        case wrong(ByteString)
        /// U-Boot reads a closing bracket without an opening one for ever.
        case endless
    }

    enum Repetition {
        case star, plus, lazyStar, lazyPlus, optional
    }

    indirect enum Node {
        case exact([UInt8])
        case any
        case set([UInt8], isNegated: Bool)
        case space, nonSpace, digit
        case start, end
        case open(Int), close(Int)
        case repetition(Repetition, [Node])
        case branch([Node], [Node])
    }

    private let nodes: [Node]
    private let captureCount: Int
    private let isAnchored: Bool

    init(_ pattern: [UInt8]) throws(Failure) {
        isAnchored = pattern.first == UInt8(ascii: "^")
        var reader = SimpleExpressionReader(pattern)
        let body = try reader.read()
        captureCount = reader.captureCount
        nodes = [.open(0)] + body + [.close(0)]
    }

    /// Nodes that are tried from one place of the text: repetitions behind repetitions take time that grows with a power
    /// of the text's length.
    private static let matchBudget = 1_000_000
    /// Nodes that are tried in all.
    private static let searchBudget = 20_000_000

    /// A search from which U-Boot does not come back, or not in time.
    struct Endless: Error {}

    /// The ranges of the whole match and of the groups, empty for a group without a match; nil if there is none.
    func match(_ text: [UInt8]) throws(Endless) -> [Range<Int>]? {
        var budget = Self.searchBudget
        for start in 0..<(isAnchored ? 1 : text.count) {
            var run = Run(text: text, captures: Array(repeating: 0..<0, count: captureCount + 1))
            var offset = start
            let isMatch = run.match(nodes[...], &offset, captures: true)
            budget -= Self.matchBudget - run.budget
            if run.isEndless || budget < 0 { throw Endless() }
            if isMatch { return run.captures }
        }
        return nil
    }

    private struct Run {
        let text: [UInt8]
        var captures: [Range<Int>]
        var isEndless = false
        /// Nodes that may still be tried.
        private(set) var budget = SimpleExpression.matchBudget

        init(text: [UInt8], captures: [Range<Int>]) {
            self.text = text
            self.captures = captures
        }

        /// Matches a sequence to its end; moves `offset` also where it fails.
        mutating func match(_ nodes: ArraySlice<Node>, _ offset: inout Int, captures keeps: Bool) -> Bool {
            for index in nodes.indices {
                budget -= 1
                isEndless = isEndless || budget < 0
                if isEndless { return false }
                let rest = nodes[(index + 1)...]
                let isMatch =
                    switch nodes[index] {
                    case .branch(let first, let second): branch(first, second, &offset, keeps)
                    case .repetition(let kind, let body): repetition(kind, body[...], rest, &offset, keeps)
                    case .open(let number): open(number, offset, keeps)
                    case .close(let number): close(number, offset, keeps)
                    case .start: offset == 0
                    case .end: offset == text.count
                    case .exact(let bytes): exact(bytes, &offset)
                    default: character(nodes[index], &offset)
                    }
                if !isMatch { return false }
            }
            return true
        }

        private mutating func open(_ number: Int, _ offset: Int, _ keeps: Bool) -> Bool {
            if keeps { captures[number] = offset..<offset }
            return true
        }

        private mutating func close(_ number: Int, _ offset: Int, _ keeps: Bool) -> Bool {
            if keeps { captures[number] = captures[number].lowerBound..<offset }
            return true
        }

        private func exact(_ bytes: [UInt8], _ offset: inout Int) -> Bool {
            guard text[offset...].starts(with: bytes) else { return false }
            offset += bytes.count
            return true
        }

        private func character(_ node: Node, _ offset: inout Int) -> Bool {
            guard offset < text.count else { return false }
            let byte = text[offset]
            let isMatch =
                switch node {
                case .space: CharacterClass.isSpace(byte)
                case .nonSpace: !CharacterClass.isSpace(byte)
                case .digit: CharacterClass.isDigit(byte)
                case .set(let members, let isNegated): members.contains(byte) != isNegated
                default: true
                }
            if isMatch { offset += 1 }
            return isMatch
        }

        private mutating func branch(_ first: [Node], _ second: [Node], _ offset: inout Int, _ keeps: Bool) -> Bool {
            let start = offset
            if match(first[...], &offset, captures: keeps) { return true }
            offset = start
            return match(second[...], &offset, captures: keeps)
        }

        private mutating func repetition(
            _ kind: Repetition, _ body: ArraySlice<Node>, _ rest: ArraySlice<Node>, _ offset: inout Int, _ keeps: Bool
        ) -> Bool {
            switch kind {
            case .optional:
                let start = offset
                if !match(body, &offset, captures: keeps) { offset = start }
            case .star: greedy(body, rest, &offset)
            case .lazyStar: lazy(body, rest, &offset)
            case .plus:
                guard match(body, &offset, captures: keeps) else { return false }
                greedy(body, rest, &offset)
            case .lazyPlus:
                guard match(body, &offset, captures: keeps) else { return false }
                lazy(body, rest, &offset)
            }
            return true
        }

        /// Takes rounds as long as they match, then goes back to the last one behind which the rest matched.
        private mutating func greedy(_ body: ArraySlice<Node>, _ rest: ArraySlice<Node>, _ offset: inout Int) {
            var best = offset
            while !isEndless {
                let start = offset
                guard match(body, &offset, captures: false) else { break }
                let end = offset
                if match(rest, &offset, captures: false) { best = end }
                offset = end
                isEndless = isEndless || end == start
            }
            offset = best
        }

        /// Takes rounds until the rest matches; a try of the rest that fails leaves the offset where it stopped.
        private mutating func lazy(_ body: ArraySlice<Node>, _ rest: ArraySlice<Node>, _ offset: inout Int) {
            var end = offset
            while !isEndless {
                let start = offset
                guard match(body, &offset, captures: false) else { break }
                end = offset
                if match(rest, &offset, captures: false) { break }
                isEndless = isEndless || offset == start
            }
            offset = end
        }
    }
}
