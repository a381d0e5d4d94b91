import Testing

@testable import UBoot

struct MemoryAllocatorTests {
    private static let banks = [AddressRange(start: 0x1000, size: 0xf000), AddressRange(start: 0x20000, size: 0x10000)]

    @Test(
        arguments: [
            (0x1000, 0, 0x2f000), (0x1, 0, 0x2f000), (0x1001, 0, 0x2e000), (0x10000, 0, 0x20000), (0x10001, 0, nil),
            (0x1000, 0x2f000, 0x2e000), (0x1000, 0x20000, 0xf000), (0x1000, 0x2000, 0x1000), (0x1000, 0x1fff, nil),
            (0x1000, .max, 0x2f000), (0x1000, 0x20fff, 0xf000), (.max, 0, nil),
        ] as [(UInt64, UInt64, UInt64?)])
    func memoryComesFromTheTop(_ size: UInt64, _ limit: UInt64, _ base: UInt64?) {
        var allocator = MemoryAllocator(banks: Self.banks, reserved: [])
        #expect(allocator.allocate(size, alignment: 0x1000, below: limit) == base.map { Address($0) })
    }

    @Test func whatIsTakenIsNotGivenAgain() {
        var allocator = MemoryAllocator(banks: Self.banks, reserved: [AddressRange(start: 0x2e800, size: 0x1000)])
        let bases = (0..<3).map { _ in allocator.allocate(0x800, alignment: 0x800, below: 0)?.value }
        #expect(bases == [0x2f800, 0x2e000, 0x2d800])
    }

    /// The second one overlaps the first one in part, which U-Boot refuses.
    @Test func reservationsMayPassTheEnd() {
        var allocator = MemoryAllocator(
            banks: Self.banks,
            reserved: [
                AddressRange(start: 0x2f000, size: .max), AddressRange(start: 0x28000, size: 0x7800),
                AddressRange(start: 0, size: 0),
            ])
        #expect(allocator.allocate(0x1000, alignment: 0x1000, below: 0) == 0x2e000)
    }

    @Test("nothing finds its place at once, whatever lies there")
    func nothingIsPlaced() {
        var allocator = MemoryAllocator(banks: Self.banks, reserved: [AddressRange(start: 0x2f000, size: 0x1000)])
        #expect(allocator.allocate(0, alignment: 0x1000, below: 0x2f800) == 0x2f000)
    }

    @Test("newer releases join plain reservations that overlap, and leave others as they are")
    func overlapsAreJoined() {
        var allocator = MemoryAllocator(
            banks: Self.banks, reserved: [AddressRange(start: 0x2f000, size: 0x1000)], joinsOverlaps: true)
        let taken = [
            allocator.reserve(AddressRange(start: 0x2d000, size: 0x1000)),
            allocator.reserve(AddressRange(start: 0x2c800, size: 0x1000)),
            allocator.reserve(AddressRange(start: 0x2d800, size: 0x1000), as: .unmapped),
            allocator.reserve(AddressRange(start: 0x2e800, size: 0x1000)),
        ]
        #expect(taken == [true, true, false, false])
        #expect(allocator.allocate(0x1000, alignment: 0x1000, below: 0) == 0x2e000)
        #expect(allocator.allocate(0x1000, alignment: 0x1000, below: 0) == 0x2b000)
    }

    @Test("older releases refuse what lies inside of a reservation, but not the same one again")
    func insideIsRefused() {
        var allocator = MemoryAllocator(banks: Self.banks, reserved: [AddressRange(start: 0x2d000, size: 0x2000)])
        let taken = [
            allocator.reserve(AddressRange(start: 0x2d000, size: 0x2000)),
            allocator.reserve(AddressRange(start: 0x2d000, size: 0x1000)),
            allocator.reserve(AddressRange(start: 0x2d000, size: 0x2000), as: .unmapped),
        ]
        #expect(taken == [true, false, false])
    }
}
