/// A property as a value, apart from any blob; cells in it are big-endian.
public struct DeviceTreeProperty: Equatable, Hashable, Sendable {
    /// The name's bytes; no NUL may be among them.
    public var name: [UInt8]
    /// The value's bytes, terminating NULs of strings included.
    public var value: [UInt8]

    /// A property of any bytes; none make the flag whose presence is all that counts.
    public init(_ name: [UInt8], _ value: [UInt8] = []) {
        self.name = name
        self.value = value
    }

    /// A property of any bytes, named by the string's UTF-8.
    public init(_ name: String, bytes value: [UInt8] = []) {
        self.init(Array(name.utf8), value)
    }

    /// A property of 32-bit cells.
    public init(_ name: String, cells: [UInt32]) {
        self.init(Array(name.utf8), cells.flatMap { Self.bigEndian($0) })
    }

    /// A property of one number in two cells.
    public init(_ name: String, u64 value: UInt64) {
        self.init(name, cells: [UInt32(value >> 32), UInt32(truncatingIfNeeded: value)])
    }

    /// A property of strings in UTF-8, each with its NUL.
    public init(_ name: String, strings: String...) {
        self.init(Array(name.utf8), strings.flatMap { Array($0.utf8) + [0] })
    }

    /// The value as one cell; nil unless it is four bytes long.
    public var u32: UInt32? {
        value.count == 4 ? number(0..<4) : nil
    }

    /// The value as one number of two cells; nil unless it is eight bytes long.
    public var u64: UInt64? {
        value.count == 8 ? number(0..<8) : nil
    }

    /// The value as cells; nil unless its length is a multiple of four.
    public var cells: [UInt32]? {
        guard value.count.isMultiple(of: 4) else { return nil }
        return stride(from: 0, to: value.count, by: 4).map { number($0..<$0 + 4) }
    }

    /// The value as one string; nil unless its only NUL is at the end.
    public var string: String? {
        guard let strings, strings.count == 1 else { return nil }
        return strings.first
    }

    /// The value as strings; nil unless it ends with a NUL.
    ///
    /// Bytes that are not UTF-8 are replaced.
    public var strings: [String]? {
        byteStrings?.map { String(decoding: $0, as: UTF8.self) }
    }

    /// The value as strings of bytes without their NULs; nil unless it ends with a NUL.
    public var byteStrings: [[UInt8]]? {
        guard value.last == 0 else { return nil }
        return value.dropLast().split(separator: 0, omittingEmptySubsequences: false).map(Array.init)
    }

    private func number<T: FixedWidthInteger>(_ range: Range<Int>) -> T {
        value[range].reduce(0) { $0 << 8 | T($1) }
    }

    static func bigEndian(_ word: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> $0) }
    }
}
