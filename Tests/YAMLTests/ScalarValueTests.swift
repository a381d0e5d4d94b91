import Testing
import YAML

struct ScalarValueTests {
    @Test(arguments: [
        ("0", 0), ("12", 12), ("-12", -12), ("+3", 3), ("0x10", 16), ("-0x10", -16), ("0XfF", 255), ("0755", 755),
        ("0x7fffffffffffffff", Int.max), ("-9223372036854775808", Int.min),
    ])
    func integersAreDecimalOrHexadecimal(_ text: String, _ value: Int) throws {
        #expect(try decode(text, as: Int.self) == value)
    }

    @Test(arguments: [
        "1_000", "0o17", "0b1", "1.0", "1e3", "0x", "0xg", "0x-1", "--1", "-", "+", "ten", "1 2", "'1'", "\"0x10\"",
        "1:30",
        "٣", "", "~", "9223372036854775808", "-0x8000000000000001", "0x1_0",
    ])
    func otherTextsAreNoIntegers(_ text: String) {
        #expect(complaint("- \(text)\n", as: [Int].self).contains("expected an integer that fits Int, got"))
    }

    @Test func integersMustFit() throws {
        #expect(complaint("256", as: UInt8.self) == "1:1: expected an integer that fits UInt8, got '256'")
        #expect(complaint("-1", as: UInt64.self) == "1:1: expected an integer that fits UInt64, got '-1'")
        #expect(complaint("-129", as: Int8.self) == "1:1: expected an integer that fits Int8, got '-129'")
        #expect(try decode("-128", as: Int8.self) == -128)
        #expect(try decode("0xffffffffffffffff", as: UInt64.self) == .max)
        #expect(try decode("-0", as: UInt16.self) == 0)
        #expect(try decode("0xffffffffffffffffffffffffffffffff", as: UInt128.self) == .max)
        #expect(try decode("[1, 2]", as: Set<Int32>.self) == [1, 2])
    }

    @Test func onlyTrueAndFalseAreTruthValues() throws {
        #expect(try decode("[true, false]", as: [Bool].self) == [true, false])
        for text in ["yes", "no", "on", "off", "True", "TRUE", "y", "1", "'true'", "~"] {
            #expect(complaint(text, as: Bool.self).hasPrefix("1:1: expected true or false, got"))
        }
    }

    @Test func numbersMayHavePointAndExponent() throws {
        #expect(try decode("[1, 1.5, -2.5e3, .5, 1e-3]", as: [Double].self) == [1, 1.5, -2500, 0.5, 0.001])
        #expect(try decode("1.5", as: Float.self) == 1.5)
        for text in [".inf", ".nan", "inf", "nan", "0x10", "1e999", "1_0", "'1'", "e", "."] {
            #expect(complaint(text, as: Double.self).hasPrefix("1:1: expected a number, got"))
        }
    }

    @Test(arguments: [
        Complaint("a: [1]", "1:4: a: expected a text, got a sequence"),
        Complaint("a: {b: 1}", "1:4: a: expected a text, got a mapping"),
    ])
    func textIsNoCollection(_ sample: Complaint) {
        #expect(complaint(sample.text, as: [String: String].self) == sample.expected)
    }
}
