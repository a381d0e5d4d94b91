/// A physical address of the simulated board.
public struct Address: Hashable, Sendable, Comparable {
    /// The number of the byte.
    public var value: UInt64

    /// Makes an address of a number.
    public init(_ value: UInt64) { self.value = value }

    /// Orders by number.
    public static func < (left: Address, right: Address) -> Bool { left.value < right.value }

    /// The address `count` bytes further on; wraps at 64 bits, as U-Boot's arithmetic does.
    public static func + (left: Address, count: UInt64) -> Address { Address(left.value &+ count) }

    /// The number of bytes from `right` to `left`; wraps.
    public static func - (left: Address, right: Address) -> UInt64 { left.value &- right.value }

    /// The next address at or behind this one that is a multiple of `alignment` (a power of two).
    public func aligned(up alignment: UInt64) -> Address { Address((value &+ alignment &- 1) & ~(alignment &- 1)) }

    /// The last address at or before this one that is a multiple of `alignment` (a power of two).
    public func aligned(down alignment: UInt64) -> Address { Address(value & ~(alignment &- 1)) }
}

extension Address: ExpressibleByIntegerLiteral, CustomStringConvertible, Codable {
    /// Makes an address of a literal.
    public init(integerLiteral value: UInt64) { self.value = value }

    /// Hexadecimal with `0x`.
    public var description: String { "0x" + hexadecimal(value) }

    /// Reads hexadecimal text with `0x`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard text.hasPrefix("0x"), let value = UInt64(text.dropFirst(2), radix: 16) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "not a hexadecimal address: \(text)")
        }
        self.value = value
    }

    /// Writes hexadecimal text with `0x`, because JSON readers lose large numbers.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// A range of physical addresses: its first byte and its length in bytes.
public struct AddressRange: Hashable, Sendable, Codable {
    /// The first byte.
    public var start: Address
    /// The number of bytes.
    public var size: UInt64

    /// Makes a range of a start and a length.
    public init(start: Address, size: UInt64) {
        self.start = start
        self.size = size
    }

    /// The first address behind the range; wraps at 64 bits.
    public var end: Address { start + size }

    /// Whether the two ranges share a byte.
    public func intersects(_ other: AddressRange) -> Bool { intersection(other) != nil }

    /// The bytes that both ranges have.
    public func intersection(_ other: AddressRange) -> AddressRange? {
        let first = max(start, other.start)
        let last = min(lastByte, other.lastByte)
        guard size > 0, other.size > 0, first <= last else { return nil }
        return AddressRange(start: first, size: last - first &+ 1)
    }

    /// Whether all of `other` lies in this range; an empty one does nowhere.
    public func contains(_ other: AddressRange) -> Bool { other.size > 0 && intersection(other) == other }

    /// Whether the byte at an address belongs to the range.
    public func contains(_ address: Address) -> Bool { address >= start && address.value &- start.value < size }

    /// The last byte; a range that would pass the end of the address space ends there.
    var lastByte: Address {
        let (last, overflow) = start.value.addingReportingOverflow(size &- 1)
        return Address(overflow ? .max : last)
    }
}

extension AddressRange: CustomStringConvertible {
    /// `[0x40000000, 0x40001000)`.
    public var description: String { "[\(start), \(end))" }
}
