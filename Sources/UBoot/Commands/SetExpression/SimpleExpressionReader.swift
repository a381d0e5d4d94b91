/// Reads the pattern of a `SimpleExpression`, mistakes and all, as U-Boot compiles it.
struct SimpleExpressionReader {
    typealias Node = SimpleExpression.Node

    /// What the ends of every expression take of the compiled code.
    private static let frameCodeCount = 5
    private static let meta = Array("|.^$*+?()[\\".utf8)

    /// How many groups were opened.
    private(set) var captureCount = 0
    private var bytes: ArraySlice<UInt8>
    /// The last mistake found; reading goes on behind one.
    private var failure: SimpleExpression.Failure?
    private var codeCount = 0
    private var dataCount = 0

    init(_ pattern: [UInt8]) { bytes = pattern[...] }

    /// All of the pattern.
    mutating func read() throws(SimpleExpression.Failure) -> [Node] {
        let nodes = sequence(depth: 0)
        use(code: Self.frameCodeCount)
        if let failure { throw failure }
        return nodes
    }

    // MARK: Parts

    /// Counts what U-Boot compiles a part of the pattern to, in bytes; there is room for 256 of either kind.
    private mutating func use(code: Int, data: Int = 0) {
        codeCount += code
        dataCount += data
        if data > 0, dataCount > 256 { failure = .wrong("RE is too long (data overflow)") }
        guard codeCount > 256 else { return }
        failure = .wrong("RE is too long (code overflow)")
        bytes = []
    }

    /// Ends the reading where U-Boot reads for ever.
    private mutating func hang() {
        failure = .endless
        bytes = []
    }

    private mutating func sequence(depth: Int) -> [Node] {
        var nodes: [Node] = []
        var alternative: [Node]?
        /// Where what a repetition repeats begins.
        var last = 0
        var isOpen = true
        while isOpen, let byte = bytes.popFirst() {
            switch byte {
            case UInt8(ascii: "^"), UInt8(ascii: "$"):
                use(code: 1)
                nodes.append(byte == UInt8(ascii: "^") ? .start : .end)
            case UInt8(ascii: "("):
                last = nodes.count
                guard group(&nodes, depth: depth) else { return nodes }
            case UInt8(ascii: ")"):
                guard depth > 0 else {
                    hang()
                    return nodes
                }
                bytes = [byte] + bytes
                isOpen = false
            case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"):
                // Here U-Boot repeats the branch that it is about to read.
                guard alternative == nil || !nodes.isEmpty else {
                    hang()
                    return nodes
                }
                quantify(&nodes, from: last, by: repetition(byte))
            case UInt8(ascii: "|"):
                use(code: 5)
                alternative = alternative.map { [.branch($0, nodes)] } ?? nodes
                nodes = []
                last = 0
            default:
                last = nodes.count
                nodes.append(character(byte))
            }
        }
        return alternative.map { [.branch($0, nodes)] } ?? nodes
    }

    /// What stands between brackets, added to `nodes`; false where the closing one is missing.
    private mutating func group(_ nodes: inout [Node], depth: Int) -> Bool {
        use(code: 2)
        captureCount += 1
        let number = captureCount
        nodes.append(.open(number))
        nodes += sequence(depth: depth + 1)
        guard bytes.popFirst() == UInt8(ascii: ")") else {
            failure = .wrong("No closing bracket")
            return false
        }
        use(code: 2)
        nodes.append(.close(number))
        return true
    }

    /// One character, or a text up to the next one with a meaning.
    private mutating func character(_ byte: UInt8) -> Node {
        switch byte {
        case UInt8(ascii: "."):
            use(code: 1)
            return .any
        case UInt8(ascii: "["): return set()
        case UInt8(ascii: "\\"): return escaped()
        default:
            let more = bytes.prefix { !Self.meta.contains($0) }
            use(code: 3, data: 1 + more.count)
            bytes = bytes.dropFirst(more.count)
            return .exact([byte] + more)
        }
    }

    private mutating func repetition(_ byte: UInt8) -> SimpleExpression.Repetition {
        guard byte != UInt8(ascii: "?") else { return .optional }
        let isLazy = bytes.first == UInt8(ascii: "?")
        if isLazy { _ = bytes.popFirst() }
        if byte == UInt8(ascii: "*") { return isLazy ? .lazyStar : .star }
        return isLazy ? .lazyPlus : .plus
    }

    /// Repeats what begins at `last`; of a longer text only its last character, which moves to the end.
    private mutating func quantify(
        _ nodes: inout [Node], from last: Int, by repetition: SimpleExpression.Repetition
    ) {
        var start = last
        use(code: 3)
        if last < nodes.count, case .exact(let text) = nodes[last], text.count > 1 {
            nodes[last] = .exact(Array(text.dropLast()))
            start = nodes.count
            use(code: 3)
            nodes.append(.exact(Array(text.suffix(1))))
        }
        let body = Array(nodes[start...])
        nodes.removeSubrange(start...)
        nodes.append(.repetition(repetition, body))
    }

    private mutating func escaped() -> Node {
        let byte = bytes.popFirst() ?? 0
        let isClass = "sSd".utf8.contains(byte)
        use(code: isClass ? 1 : 3, data: isClass ? 0 : 1)
        return switch byte {
        case UInt8(ascii: "S"): .nonSpace
        case UInt8(ascii: "s"): .space
        case UInt8(ascii: "d"): .digit
        default: .exact([Self.plain(byte)])
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
    private mutating func set() -> Node {
        var members: [UInt8] = []
        let isNegated = bytes.first == UInt8(ascii: "^")
        if isNegated { _ = bytes.popFirst() }
        while let byte = bytes.popFirst() {
            if byte == UInt8(ascii: "]") {
                use(code: 3, data: members.count)
                return .set(members, isNegated: isNegated)
            }
            guard byte == UInt8(ascii: "\\") else {
                members.append(byte)
                continue
            }
            switch bytes.popFirst() ?? 0 {
            case UInt8(ascii: "s"): members += [0, 15]
            case UInt8(ascii: "S"): members += [0, 16]
            case UInt8(ascii: "d"): members += [0, 17]
            case UInt8(ascii: "0"): members += [0, 0]
            case let other: members.append(Self.plain(other))
            }
        }
        failure = .wrong("No closing ']' bracket")
        return .set(members, isNegated: isNegated)
    }
}
