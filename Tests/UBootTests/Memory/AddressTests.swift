import Foundation
import Testing

@testable import UBoot

struct AddressTests {
    @Test(
        arguments: [
            (0, 0, 0), (1, 0, 0x1000), (0xfff, 0, 0x1000), (0x1000, 0x1000, 0x1000), (.max, 0xffff_ffff_ffff_f000, 0),
        ] as [(UInt64, UInt64, UInt64)])
    func addressesAreAligned(_ value: UInt64, _ down: UInt64, _ up: UInt64) {
        #expect(Address(value).aligned(down: 0x1000) == Address(down))
        #expect(Address(value).aligned(up: 0x1000) == Address(up))
    }

    @Test func arithmeticWraps() {
        #expect(Address(.max) + 1 == 0)
        #expect(Address(0) - 1 == .max)
        #expect(AddressRange(start: 0xffff_ffff_ffff_fff0, size: 0x10).end == 0)
    }

    @Test(
        arguments: [
            (0, 10, 10, 10, nil), (0, 10, 9, 10, 9...9), (5, 5, 0, 20, 5...9), (0, 20, 5, 5, 5...9), (5, 0, 0, 20, nil),
            (.max - 4, 100, .max - 2, 1, (.max - 2)...(.max - 2)), (.max, 1, .max, .max, .max...(.max)),
            (0, .max, .max - 1, 5, (.max - 1)...(.max - 1)),
        ] as [(UInt64, UInt64, UInt64, UInt64, ClosedRange<UInt64>?)])
    func rangesIntersect(
        _ start: UInt64, _ size: UInt64, _ start2: UInt64, _ size2: UInt64, _ both: ClosedRange<UInt64>?
    ) {
        let left = AddressRange(start: Address(start), size: size)
        let right = AddressRange(start: Address(start2), size: size2)
        let expected = both.map { AddressRange(start: Address($0.lowerBound), size: $0.upperBound - $0.lowerBound + 1) }
        #expect(left.intersection(right) == expected)
        #expect(right.intersection(left) == expected)
        #expect(left.intersects(right) == (both != nil))
    }

    @Test func containmentHasEdges() {
        let range = AddressRange(start: 0x10, size: 0x10)
        #expect(range.contains(0x10) && range.contains(0x1f) && !range.contains(0x20) && !range.contains(0xf))
        #expect(range.contains(range) && !range.contains(AddressRange(start: 0x10, size: 0x11)))
        #expect(!range.contains(AddressRange(start: 0x18, size: 0)))
    }

    @Test func addressesAreHexadecimalText() throws {
        let range = AddressRange(start: 0x4000_0000, size: 0x1000)
        #expect("\(range)" == "[0x40000000, 0x40001000)")
        let data = try JSONEncoder().encode(range)
        #expect(try JSONDecoder().decode(AddressRange.self, from: data) == range)
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([Address].self, from: Data("[\"12\"]".utf8)) }
    }
}
