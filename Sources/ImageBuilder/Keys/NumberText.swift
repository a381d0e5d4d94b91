/// Numbers as configs write them: decimal or `0x` hexadecimal, with `K`, `M` or `G` for powers of 1024.
public enum NumberText {
    /// Why a text is no number.
    public enum Problem: Error, Sendable, Equatable {
        /// There is nothing.
        case empty
        /// It is not written as a number.
        case malformed
        /// A zero in front, which a shell takes for octal.
        case leadingZero
        /// A sign.
        case negative
        /// A point.
        case fraction
        /// More than 64 bits.
        case tooLarge

        /// What was expected, for a message that ends with what was found.
        var expectation: String {
            switch self {
            case .empty, .malformed: "expected a number (decimal, 0x…, with K, M or G)"
            case .leadingZero: "expected a number without zeros in front, which a shell takes for octal"
            case .negative: "expected a number without a sign"
            case .fraction: "expected a whole number"
            case .tooLarge: "expected a number below 2^64"
            }
        }
    }

    /// The value of a text, and whether it has a unit.
    public static func parse(_ text: some Collection<UInt8>) throws(Problem) -> (value: UInt64, hasUnit: Bool) {
        var digits = Array(text)[...]
        guard let first = digits.first else { throw .empty }
        guard first != UInt8(ascii: "-") else { throw .negative }
        var radix: UInt64 = 10
        if digits.starts(with: "0x".utf8) || digits.starts(with: "0X".utf8) {
            (radix, digits) = (16, digits.dropFirst(2))
        }
        let shift = unit(&digits)
        guard !digits.isEmpty else { throw .malformed }
        // Several zeros are 0 in any base.
        if radix == 10, digits.count > 1, digits.first == UInt8(ascii: "0"), digits.allSatisfy(ConfigByte.isDigit),
            digits.contains(where: { $0 != UInt8(ascii: "0") })
        {
            throw .leadingZero
        }
        var value: UInt64 = 0
        for byte in digits {
            guard let digit = Character(UnicodeScalar(byte)).hexDigitValue, digit < radix else {
                let isFraction = radix == 10 && byte == UInt8(ascii: ".") && digits.count { $0 == byte } == 1
                throw isFraction ? .fraction : .malformed
            }
            let (product, overflow) = value.multipliedReportingOverflow(by: radix)
            let (sum, carry) = product.addingReportingOverflow(UInt64(digit))
            guard !overflow, !carry else { throw .tooLarge }
            value = sum
        }
        guard (value << shift) >> shift == value else { throw .tooLarge }
        return (value << shift, shift > 0)
    }

    /// Takes `K`, `M` or `G` off the end, also as `KB` or `KiB`, and gives its power of two.
    private static func unit(_ digits: inout ArraySlice<UInt8>) -> UInt64 {
        for (letter, shift) in [("k", 10), ("m", 20), ("g", 30)] as [(String, UInt64)] {
            for suffix in [letter + "ib", letter + "b", letter] where digits.count > suffix.utf8.count {
                let tail = digits.suffix(suffix.utf8.count).map { $0 | 0x20 }
                guard tail.elementsEqual(suffix.utf8) else { continue }
                digits = digits.dropLast(suffix.utf8.count)
                return shift
            }
        }
        return 0
    }
}
