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

    private enum Repetition {
        case star, plus, lazyStar, lazyPlus, optional
    }

    private indirect enum Node {
        case exact([UInt8])
        case any
        case set([UInt8], isNegated: Bool)
        case space, nonSpace, digit
        case start, end
        case open(Int), close(Int)
        case repetition(Repetition, [Node])
        case branch([Node], [Node])
    }

    /// What the ends of every expression take of the compiled code.
    private static let frameCodeCount = 5
    private static let meta = Array("|.^$*+?()[\\".utf8)

    private var nodes: [Node] = []
    private var captureCount = 0
    private let isAnchored: Bool

    init(_ pattern: [UInt8]) throws(Failure) {
        isAnchored = pattern.first == UInt8(ascii: "^")
        var reader = Reader(bytes: pattern[...])
        let body = Self.sequence(&reader, depth: 0, captureCount: &captureCount)
        reader.use(code: Self.frameCodeCount)
        if let failure = reader.failure { throw failure }
        nodes = [.open(0)] + body + [.close(0)]
    }

    private struct Reader {
        var bytes: ArraySlice<UInt8>
        /// The last mistake found; reading goes on behind one.
        var failure: Failure?
        private var codeCount = 0
        private var dataCount = 0

        init(bytes: ArraySlice<UInt8>) { self.bytes = bytes }

        /// Counts what U-Boot compiles a part of the pattern to, in bytes; there is room for 256 of either kind.
        mutating func use(code: Int, data: Int = 0) {
            codeCount += code
            dataCount += data
            if data > 0, dataCount > 256 { failure = .wrong("RE is too long (data overflow)") }
            guard codeCount > 256 else { return }
            failure = .wrong("RE is too long (code overflow)")
            bytes = []
        }

        mutating func next() -> UInt8? { bytes.popFirst() }
    }

    // MARK: Reading a pattern

    private static func sequence(_ reader: inout Reader, depth: Int, captureCount: inout Int) -> [Node] {
        var nodes: [Node] = []
        var alternative: [Node]?
        var last = 0
        while let byte = reader.next() {
            switch byte {
            case UInt8(ascii: "^"):
                reader.use(code: 1)
                nodes.append(.start)
            case UInt8(ascii: "$"):
                reader.use(code: 1)
                nodes.append(.end)
            case UInt8(ascii: "."):
                reader.use(code: 1)
                last = nodes.count
                nodes.append(.any)
            case UInt8(ascii: "["):
                last = nodes.count
                nodes.append(set(&reader))
            case UInt8(ascii: "\\"):
                last = nodes.count
                nodes.append(escaped(&reader))
            case UInt8(ascii: "("):
                reader.use(code: 2)
                last = nodes.count
                captureCount += 1
                let number = captureCount
                nodes.append(.open(number))
                nodes += sequence(&reader, depth: depth + 1, captureCount: &captureCount)
                guard reader.next() == UInt8(ascii: ")") else {
                    reader.failure = .wrong("No closing bracket")
                    return nodes
                }
                reader.use(code: 2)
                nodes.append(.close(number))
            case UInt8(ascii: ")"):
                guard depth > 0 else {
                    reader.failure = .endless
                    reader.bytes = []
                    return nodes
                }
                reader.bytes = [byte] + reader.bytes
                return alternative.map { [.branch($0, nodes)] } ?? nodes
            case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"):
                // Here U-Boot repeats the branch that it is about to read.
                guard alternative == nil || !nodes.isEmpty else {
                    reader.failure = .endless
                    reader.bytes = []
                    return nodes
                }
                quantify(&nodes, from: last, by: repetition(byte, &reader), &reader)
            case UInt8(ascii: "|"):
                reader.use(code: 5)
                alternative = alternative.map { [.branch($0, nodes)] } ?? nodes
                nodes = []
                last = 0
            default:
                last = nodes.count
                let more = reader.bytes.prefix { !meta.contains($0) }
                reader.use(code: 3, data: 1 + more.count)
                nodes.append(.exact([byte] + more))
                reader.bytes = reader.bytes.dropFirst(more.count)
            }
        }
        return alternative.map { [.branch($0, nodes)] } ?? nodes
    }

    private static func repetition(_ byte: UInt8, _ reader: inout Reader) -> Repetition {
        guard byte != UInt8(ascii: "?") else { return .optional }
        let isLazy = reader.bytes.first == UInt8(ascii: "?")
        if isLazy { _ = reader.next() }
        if byte == UInt8(ascii: "*") { return isLazy ? .lazyStar : .star }
        return isLazy ? .lazyPlus : .plus
    }

    /// Repeats what begins at `last`; of a longer text only its last character, which moves to the end.
    private static func quantify(
        _ nodes: inout [Node], from last: Int, by repetition: Repetition, _ reader: inout Reader
    ) {
        var start = last
        reader.use(code: 3)
        if last < nodes.count, case .exact(let text) = nodes[last], text.count > 1 {
            nodes[last] = .exact(Array(text.dropLast()))
            start = nodes.count
            reader.use(code: 3)
            nodes.append(.exact(Array(text.suffix(1))))
        }
        let body = Array(nodes[start...])
        nodes.removeSubrange(start...)
        nodes.append(.repetition(repetition, body))
    }

    private static func escaped(_ reader: inout Reader) -> Node {
        let byte = reader.next() ?? 0
        let isClass = "sSd".utf8.contains(byte)
        reader.use(code: isClass ? 1 : 3, data: isClass ? 0 : 1)
        return switch byte {
        case UInt8(ascii: "S"): .nonSpace
        case UInt8(ascii: "s"): .space
        case UInt8(ascii: "d"): .digit
        default: .exact([plain(byte)])
        }
    }

    private static func plain(_ byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "n"): 10
        case UInt8(ascii: "r"): 13
        case UInt8(ascii: "t"): 9
        case UInt8(ascii: "0"): 0
        default: byte
        }
    }

    /// A set in brackets; a class in it stands for a NUL and the number that U-Boot gives the class.
    private static func set(_ reader: inout Reader) -> Node {
        var members: [UInt8] = []
        let isNegated = reader.bytes.first == UInt8(ascii: "^")
        if isNegated { _ = reader.next() }
        while let byte = reader.next() {
            if byte == UInt8(ascii: "]") {
                reader.use(code: 3, data: members.count)
                return .set(members, isNegated: isNegated)
            }
            guard byte == UInt8(ascii: "\\") else {
                members.append(byte)
                continue
            }
            switch reader.next() ?? 0 {
            case UInt8(ascii: "s"): members += [0, 15]
            case UInt8(ascii: "S"): members += [0, 16]
            case UInt8(ascii: "d"): members += [0, 17]
            case UInt8(ascii: "0"): members += [0, 0]
            case let other: members.append(plain(other))
            }
        }
        reader.failure = .wrong("No closing ']' bracket")
        return .set(members, isNegated: isNegated)
    }

    // MARK: Matching

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
