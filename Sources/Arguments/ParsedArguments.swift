/// The checked options and operands of one command line; asking for a name that its command does not declare is a trap.
public struct ParsedArguments: Sendable, Equatable {
    private var declared: Set<String>
    private var counts: [String: Int] = [:]
    private var texts: [String: [String]] = [:]
    private var operandTexts: [String: [String]]

    init(options: [OptionSpec], operands: [String: [String]]) {
        declared = Set(options.map(\.name))
        operandTexts = operands
    }

    mutating func add(_ option: OptionSpec, _ value: String?) {
        counts[option.name, default: 0] += 1
        if let value { texts[option.name, default: []].append(value) }
    }

    /// How often the option was given.
    public func count(_ name: String) -> Int {
        precondition(declared.contains(name), "no option '\(name)' is declared")
        return counts[name] ?? 0
    }

    /// Whether the option was given at all.
    public func flag(_ name: String) -> Bool { count(name) > 0 }

    /// All values of a text, path, choice or number option, in order.
    public func values(_ name: String) -> [String] {
        precondition(declared.contains(name), "no option '\(name)' is declared")
        return texts[name] ?? []
    }

    /// The last value of an option.
    public func value(_ name: String) -> String? { values(name).last }

    /// All values of a number option, in order.
    public func numbers(_ name: String) -> [Int] { values(name).compactMap(Int.init(argument:)) }

    /// The last value of a number option.
    public func number(_ name: String) -> Int? { numbers(name).last }

    /// All words of an operand, in order.
    public func operands(_ name: String) -> [String] {
        guard let words = operandTexts[name] else { preconditionFailure("no operand '\(name)' is declared") }
        return words
    }

    /// The first word of an operand.
    public func operand(_ name: String) -> String? { operands(name).first }
}

extension Int {
    /// From decimal or `0x` hexadecimal digits after an optional sign.
    init?(argument text: String) {
        let sign = text.first == "-" || text.first == "+" ? text.prefix(1) : ""
        let rest = text.dropFirst(sign.count)
        let isHex = rest.hasPrefix("0x") || rest.hasPrefix("0X")
        let digits = isHex ? rest.dropFirst(2) : rest
        guard digits.first?.isHexDigit == true else { return nil }
        self.init(sign + digits, radix: isHex ? 16 : 10)
    }
}
