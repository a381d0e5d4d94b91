/// Integer expressions as bash works them out: 64 bits, C's operators and their precedence, no assignments.
struct ConfigArithmetic {
    /// The value of a variable as text; nil if it is not set.
    typealias Lookup = (String, Int) -> [UInt8]?

    private let text: [UInt8]
    private let lookup: Lookup
    private let depth: Int
    private var index = 0
    private var nesting = 0

    private struct Failure: Error {
        var text: String
    }

    /// Why an expression has no value, as a sentence.
    struct Problem: Error {
        var text: String
    }

    private init(_ text: [UInt8], depth: Int, lookup: @escaping Lookup) {
        self.text = text
        self.depth = depth
        self.lookup = lookup
    }

    /// The value of an expression; the empty one is 0.
    static func value(_ text: [UInt8], depth: Int = 0, lookup: @escaping Lookup) throws(Problem) -> Int64 {
        guard depth < 32 else { throw Problem(text: "expected a number, found variables that refer to each other") }
        var reader = ConfigArithmetic(text, depth: depth, lookup: lookup)
        do {
            guard reader.peek() != nil else { return 0 }
            let value = try reader.comma()
            guard reader.peek() == nil else {
                throw Failure(text: "expected an operator, found '\(reader.rest)'")
            }
            return value
        } catch let failure as Failure {
            throw Problem(text: failure.text + " in '\(String(decoding: text, as: UTF8.self))'")
        } catch let problem as Problem {
            throw problem
        } catch {
            throw Problem(text: "\(error)")
        }
    }

    private var rest: String { String(decoding: text[min(index, text.count)...], as: UTF8.self) }

    /// The next byte that is no blank.
    private mutating func peek() -> UInt8? {
        while index < text.count, [9, 10, 32].contains(text[index]) { index += 1 }
        return index < text.count ? text[index] : nil
    }

    private mutating func take(_ word: StaticString, unless followers: StaticString = "") -> Bool {
        _ = peek()
        let count = word.utf8CodeUnitCount
        guard text[index...].starts(with: word.description.utf8) else { return false }
        if index + count < text.count, followers.description.utf8.contains(text[index + count]) { return false }
        index += count
        return true
    }

    private mutating func comma() throws -> Int64 {
        var value = try conditional()
        while take(",") { value = try conditional() }
        return value
    }

    private mutating func conditional() throws -> Int64 {
        nesting += 1
        defer { nesting -= 1 }
        guard nesting < 64 else { throw Failure(text: "expected a simpler expression, found more than 64 levels") }
        let condition = try binary(0)
        guard take("?") else { return condition }
        let first = try comma()
        guard take(":") else { throw Failure(text: "expected ':', found '\(rest)'") }
        let second = try conditional()
        return condition != 0 ? first : second
    }

    private enum Operator {
        case or, and, bitOr, bitXor, bitAnd, equal, unequal, lessOrEqual, greaterOrEqual, less, greater
        case shiftLeft, shiftRight, add, subtract, multiply, divide, remainder, power
    }

    /// The operators by rising precedence; each with the bytes that make another operator of it when they follow.
    private static let levels: [[(StaticString, StaticString, Operator)]] = [
        [("||", "", .or)], [("&&", "", .and)], [("|", "|=", .bitOr)], [("^", "=", .bitXor)], [("&", "&=", .bitAnd)],
        [("==", "", .equal), ("!=", "", .unequal)],
        [
            ("<=", "", .lessOrEqual), (">=", "", .greaterOrEqual), ("<", "<", .less), (">", ">", .greater),
        ],
        [("<<", "=", .shiftLeft), (">>", "=", .shiftRight)],
        [("+", "=", .add), ("-", "=", .subtract)],
        [("*", "*=", .multiply), ("/", "=", .divide), ("%", "=", .remainder)],
    ]

    private mutating func binary(_ level: Int) throws -> Int64 {
        guard level < Self.levels.count else { return try power() }
        var left = try binary(level + 1)
        scan: while true {
            for (word, followers, operation) in Self.levels[level] where take(word, unless: followers) {
                let right = try binary(level + 1)
                left = try Self.apply(operation, left, right)
                continue scan
            }
            return left
        }
    }

    private mutating func power() throws -> Int64 {
        nesting += 1
        defer { nesting -= 1 }
        guard nesting < 64 else { throw Failure(text: "expected a simpler expression, found more than 64 levels") }
        let base = try unary()
        guard take("**", unless: "=") else { return base }
        let exponent = try power()
        guard exponent >= 0 else { throw Failure(text: "expected an exponent from 0, found \(exponent)") }
        var result: Int64 = 1
        var square = base
        var left = exponent
        while left > 0 {
            if left & 1 == 1 { result &*= square }
            square &*= square
            left >>= 1
        }
        return result
    }

    private static func apply(_ operation: Operator, _ left: Int64, _ right: Int64) throws -> Int64 {
        switch operation {
        case .or: left != 0 || right != 0 ? 1 : 0
        case .and: left != 0 && right != 0 ? 1 : 0
        case .bitOr: left | right
        case .bitXor: left ^ right
        case .bitAnd: left & right
        case .equal: left == right ? 1 : 0
        case .unequal: left != right ? 1 : 0
        case .lessOrEqual: left <= right ? 1 : 0
        case .greaterOrEqual: left >= right ? 1 : 0
        case .less: left < right ? 1 : 0
        case .greater: left > right ? 1 : 0
        case .shiftLeft: left &<< right
        case .shiftRight: left &>> right
        case .add: left &+ right
        case .subtract: left &- right
        case .multiply: left &* right
        case .divide: try divided(left, right).quotient
        case .remainder: try divided(left, right).remainder
        case .power: left
        }
    }

    private static func divided(_ left: Int64, _ right: Int64) throws -> (quotient: Int64, remainder: Int64) {
        guard right != 0 else { throw Failure(text: "expected a divisor, found 0") }
        guard right != -1 else { return (0 &- left, 0) }
        return left.quotientAndRemainder(dividingBy: right)
    }

    private mutating func unary() throws -> Int64 {
        nesting += 1
        defer { nesting -= 1 }
        guard nesting < 64 else { throw Failure(text: "expected a simpler expression, found more than 64 levels") }
        if take("++") || take("--") { throw Failure(text: "expected a value, found an assignment") }
        if take("!", unless: "=") { return try unary() == 0 ? 1 : 0 }
        if take("~") { return ~(try unary()) }
        if take("-") { return 0 &- (try unary()) }
        if take("+") { return try unary() }
        if take("(") {
            let value = try comma()
            guard take(")") else { throw Failure(text: "expected ')', found '\(rest)'") }
            return value
        }
        return try operand()
    }

    private mutating func operand() throws -> Int64 {
        guard let first = peek() else { throw Failure(text: "expected a value, found the end") }
        if ConfigByte.isDigit(first) { return try number() }
        guard ConfigByte.isNameStart(first) else { throw Failure(text: "expected a value, found '\(rest)'") }
        let start = index
        while index < text.count, ConfigByte.isNamePart(text[index]) { index += 1 }
        let name = String(decoding: text[start..<index], as: UTF8.self)
        var element: Int64 = 0
        if index < text.count, text[index] == UInt8(ascii: "[") {
            index += 1
            element = try comma()
            guard take("]") else { throw Failure(text: "expected ']', found '\(rest)'") }
        }
        if let next = peek(), next == UInt8(ascii: "="), index + 1 >= text.count || text[index + 1] != next {
            throw Failure(text: "expected a value, found an assignment")
        }
        guard let value = lookup(name, Int(element)) else { return 0 }
        return try Self.value(value, depth: depth + 1, lookup: lookup)
    }

    private mutating func number() throws -> Int64 {
        let start = index
        while index < text.count, ConfigByte.isNamePart(text[index]) || "#@".utf8.contains(text[index]) { index += 1 }
        let word = text[start..<index]
        let spelling = String(decoding: word, as: UTF8.self)
        var radix: UInt64 = 10
        var digits = word
        if let hash = word.firstIndex(of: UInt8(ascii: "#")) {
            radix = UInt64(String(decoding: word[..<hash], as: UTF8.self)) ?? 0
            digits = word[(hash + 1)...]
            guard (2...64).contains(radix), !digits.isEmpty else {
                throw Failure(text: "expected a number, found '\(spelling)'")
            }
        } else if spelling.hasPrefix("0x") || spelling.hasPrefix("0X") {
            (radix, digits) = (16, word.dropFirst(2))
        } else if word.first == UInt8(ascii: "0") {
            radix = 8
        }
        var value: UInt64 = 0
        for byte in digits {
            guard let digit = Self.digit(byte, radix: radix) else {
                throw Failure(text: "expected a number, found '\(spelling)'")
            }
            value = value &* radix &+ digit
        }
        return Int64(bitPattern: value)
    }

    private static func digit(_ byte: UInt8, radix: UInt64) -> UInt64? {
        let value: UInt64
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): value = UInt64(byte) - 48
        case UInt8(ascii: "a")...UInt8(ascii: "z"): value = UInt64(byte) - 87
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = radix <= 36 ? UInt64(byte) - 55 : UInt64(byte) - 29
        case UInt8(ascii: "@"): value = 62
        case UInt8(ascii: "_"): value = 63
        default: return nil
        }
        return value < radix ? value : nil
    }
}
