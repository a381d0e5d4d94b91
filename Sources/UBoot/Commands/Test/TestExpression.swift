/// The expression of the command `test`, read strictly from left to right.
enum TestExpression {
    private enum Operator {
        case string((ByteString, ByteString) -> Bool)
        case number((Int64, Int64) -> Bool)
        case isEmpty, isNotEmpty, exists, not, or, and

        /// How many words it takes with its operands.
        var wordCount: Int {
            switch self {
            case .string, .number: 3
            case .isEmpty, .isNotEmpty: 2
            case .exists: 4
            case .not, .or, .and: 1
            }
        }
    }

    private static func infix(_ word: ByteString) -> Operator? {
        switch word {
        case "=": .string(==)
        case "!=": .string(!=)
        case "<": .string(<)
        case ">": .string(>)
        case "-eq": .number(==)
        case "-ne": .number(!=)
        case "-lt": .number(<)
        case "-le": .number(<=)
        case "-gt": .number(>)
        case "-ge": .number(>=)
        default: nil
        }
    }

    private static func prefix(_ word: ByteString) -> Operator? {
        switch word {
        case "!": .not
        case "-o": .or
        case "-a": .and
        case "-z": .isEmpty
        case "-n": .isNotEmpty
        case "-e": .exists
        default: nil
        }
    }

    /// Whether the expression holds; what cannot be read makes the rest of it true.
    static func evaluate(_ call: CommandCall, _ machine: inout Machine) -> Bool {
        guard call.count > 2 else { return false }
        var words = call.words.dropFirst()
        var value = false
        var left = false
        var pending: ByteString?
        var isNegated = false
        while let first = words.first {
            let second = words.dropFirst().first
            guard let found = second.flatMap(infix) ?? prefix(first), words.count >= found.wordCount else {
                value = true
                break
            }
            switch found {
            case .not: isNegated.toggle()
            case .or, .and:
                left = value
                pending = first
            default:
                var result = holds(found, words, &machine)
                if isNegated { result.toggle() }
                isNegated = false
                if pending == "-o" { result = left || result }
                if pending == "-a" { result = left && result }
                pending = nil
                value = result
            }
            words = words.dropFirst(found.wordCount)
        }
        return value
    }

    private static func holds(
        _ operation: Operator, _ words: ArraySlice<ByteString>, _ machine: inout Machine
    ) -> Bool {
        let operands = Array(words)
        switch operation {
        case .string(let compare): return compare(operands[0], operands[2])
        case .number(let compare): return compare(machine.signed(operands[0]), machine.signed(operands[2]))
        case .isEmpty: return operands[1].isEmpty
        case .isNotEmpty: return !operands[1].isEmpty
        default:
            return FileSizes.exists(operands[1], operands[2], operands[3], &machine)
        }
    }
}
