/// A type that is read straight from the text of a scalar.
protocol ScalarValue: SendableMetatype {
    static var expectation: YAMLError.Expectation { get }

    /// Nil when the text does not fit; `plain` when it had no quotes.
    static func read(_ text: String, plain: Bool) -> Self?
}

/// The types that are read as scalars.
enum ScalarTypes {
    // Asking the runtime for a conformance instead would search all of the program for each type that has none.
    private static let table: [ObjectIdentifier: any ScalarValue.Type] = Dictionary(
        uniqueKeysWithValues: ([
            String.self, Bool.self, Int.self, Int8.self, Int16.self, Int32.self, Int64.self, Int128.self, UInt.self,
            UInt8.self, UInt16.self, UInt32.self, UInt64.self, UInt128.self, Double.self, Float.self,
        ] as [any ScalarValue.Type]).map { (ObjectIdentifier($0), $0) })

    /// The same type, if it is one of them.
    static func find(_ type: Any.Type) -> (any ScalarValue.Type)? { table[ObjectIdentifier(type)] }
}

extension String: ScalarValue {
    static var expectation: YAMLError.Expectation { .text }
    static func read(_ text: String, plain: Bool) -> String? { text }
}

extension Bool: ScalarValue {
    static var expectation: YAMLError.Expectation { .bool }

    static func read(_ text: String, plain: Bool) -> Bool? {
        switch text {
        case "true" where plain: true
        case "false" where plain: false
        default: nil
        }
    }
}

extension ScalarValue where Self: FixedWidthInteger {
    static var expectation: YAMLError.Expectation { .integer("\(Self.self)") }

    /// Decimal or `0x` hexadecimal digits after an optional sign.
    static func read(_ text: String, plain: Bool) -> Self? {
        guard plain else { return nil }
        let sign = text.first == "-" || text.first == "+" ? text.prefix(1) : ""
        let rest = text.dropFirst(sign.count)
        let isHex = rest.hasPrefix("0x") || rest.hasPrefix("0X")
        let digits = isHex ? rest.dropFirst(2) : rest
        guard digits.first?.isHexDigit == true else { return nil }
        return Self(sign + digits, radix: isHex ? 16 : 10)
    }
}

extension Int: ScalarValue {}
extension Int8: ScalarValue {}
extension Int16: ScalarValue {}
extension Int32: ScalarValue {}
extension Int64: ScalarValue {}
extension Int128: ScalarValue {}
extension UInt: ScalarValue {}
extension UInt8: ScalarValue {}
extension UInt16: ScalarValue {}
extension UInt32: ScalarValue {}
extension UInt64: ScalarValue {}
extension UInt128: ScalarValue {}

extension ScalarValue where Self: BinaryFloatingPoint & LosslessStringConvertible {
    static var expectation: YAMLError.Expectation { .number }

    /// Decimal digits with an optional sign, point and exponent; neither infinity nor NaN nor hexadecimal.
    static func read(_ text: String, plain: Bool) -> Self? {
        guard plain, text.utf8.allSatisfy({ "+-.eE0123456789".utf8.contains($0) }),
            let value = Self(text), value.isFinite
        else { return nil }
        return value
    }
}

extension Double: ScalarValue {}
extension Float: ScalarValue {}
