/// A string of arbitrary bytes without an encoding, as U-Boot's shell, environment and console handle them.
///
/// In text formats (JSON, files of typed lines) every byte stands for the Latin-1 code point of the same number.
public struct ByteString: Hashable, Sendable {
    /// The bytes, without a terminating NUL.
    public var bytes: [UInt8]

    /// Makes a string of these bytes.
    public init(_ bytes: some Sequence<UInt8>) {
        self.bytes = Array(bytes)
    }

    /// The bytes of a Swift string in UTF-8, as a file would hold them.
    public init(utf8 text: String) {
        bytes = Array(text.utf8)
    }

    /// The bytes whose numbers are the code points of `text`; nil if one is above U+00FF.
    public init?(latin1 text: String) {
        bytes = []
        bytes.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            guard scalar.value <= 0xff else { return nil }
            bytes.append(UInt8(scalar.value))
        }
    }

    /// The text with one code point per byte (Latin-1).
    public var latin1: String {
        if bytes.allSatisfy({ $0 < 0x80 }) { return String(decoding: bytes, as: UTF8.self) }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: bytes.lazy.map { Unicode.Scalar($0) })
        return String(text)
    }

    /// The text if it is UTF-8, else Latin-1: for people.
    public var display: String {
        String(validating: bytes, as: UTF8.self) ?? latin1
    }

    /// The number of bytes.
    public var count: Int { bytes.count }

    /// Whether there is no byte.
    public var isEmpty: Bool { bytes.isEmpty }

    /// The first byte, or 0 as a C string would give.
    public var firstOrNUL: UInt8 { bytes.first ?? 0 }

    /// Whether the string begins with these bytes.
    public func hasPrefix(_ prefix: ByteString) -> Bool { bytes.starts(with: prefix.bytes) }

    /// The byte at an index, or 0 at and behind the end, as a C string would give.
    public subscript(orNUL index: Int) -> UInt8 { index < bytes.count ? bytes[index] : 0 }
}

extension ByteString: ExpressibleByStringLiteral {
    /// The UTF-8 bytes of a literal.
    public init(stringLiteral value: String) {
        self.init(utf8: value)
    }
}

extension ByteString: Comparable {
    /// Compares byte by byte, as `strcmp` does.
    public static func < (left: ByteString, right: ByteString) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }
}

extension ByteString: CustomStringConvertible {
    /// The text for people.
    public var description: String { display }
}

extension ByteString: CodingKeyRepresentable {
    /// The text as a key, so that dictionaries become objects.
    public var codingKey: any CodingKey { TextKey(stringValue: latin1) }

    /// The bytes of a key's code points.
    public init?(codingKey: some CodingKey) {
        self.init(latin1: codingKey.stringValue)
    }

    private struct TextKey: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}

extension ByteString: Codable {
    /// Reads a string of Latin-1 code points.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let value = ByteString(latin1: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "a code point above U+00FF")
        }
        self = value
    }

    /// Writes a string of Latin-1 code points.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(latin1)
    }
}

extension ByteString: ExpressibleByStringInterpolation {
    /// Collects console text: literals and values, byte strings unchanged.
    public struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var bytes: [UInt8] = []

        /// Prepares for a text of about this length.
        public init(literalCapacity: Int, interpolationCount: Int) {
            bytes.reserveCapacity(literalCapacity + interpolationCount * 8)
        }

        /// Adds literal text.
        public mutating func appendLiteral(_ literal: String) { bytes.append(contentsOf: literal.utf8) }

        /// Adds the bytes unchanged.
        public mutating func appendInterpolation(_ value: ByteString) { bytes.append(contentsOf: value.bytes) }

        /// Adds text.
        public mutating func appendInterpolation(_ value: String) { bytes.append(contentsOf: value.utf8) }

        /// Adds a decimal number.
        public mutating func appendInterpolation(_ value: some BinaryInteger) {
            bytes.append(contentsOf: String(value).utf8)
        }

        /// Adds a hexadecimal number without `0x`, padded with zeros to `width` digits.
        public mutating func appendInterpolation(hex value: some BinaryInteger, width: Int = 0, upper: Bool = false) {
            bytes.append(contentsOf: hexadecimal(UInt64(truncatingIfNeeded: value), width: width, upper: upper).utf8)
        }
    }

    /// The collected bytes.
    public init(stringInterpolation: StringInterpolation) {
        bytes = stringInterpolation.bytes
    }
}

/// Hexadecimal digits of a number without `0x`, padded with zeros to `width`.
public func hexadecimal(_ value: UInt64, width: Int = 0, upper: Bool = false) -> String {
    let digits = String(value, radix: 16, uppercase: upper)
    return digits.count < width ? String(repeating: "0", count: width - digits.count) + digits : digits
}
