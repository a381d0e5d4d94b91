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

    /// The first one ends before it begins: it is in the way of reservations alone.
    @Test func reservationsMayPassTheEnd() {
        var allocator = MemoryAllocator(
            banks: Self.banks,
            reserved: [
                AddressRange(start: 0x2f000, size: .max), AddressRange(start: 0x28000, size: 0x7800),
                AddressRange(start: 0, size: 0),
            ])
        #expect(allocator.allocate(0x1000, alignment: 0x1000, below: 0) == 0x2f000)
        #expect(allocator.allocate(0x1000, alignment: 0x1000, below: 0x2f000) == 0x2e000)
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
        #expect(taken == [.done, .done, .exists, .failed])
        #expect(allocator.allocate(0x1000, alignment: 0x1000, below: 0) == 0x2e000)
        #expect(allocator.allocate(0x1000, alignment: 0x1000, below: 0) == 0x2b000)
    }

    @Test("what is given back from the middle of a range leaves both sides")
    func middleIsGivenBack() {
        var allocator = MemoryAllocator(banks: Self.banks, reserved: [], joinsOverlaps: true)
        allocator.reserve(AddressRange(start: 0x2c000, size: 0x4000))
        let inside = allocator.free(AddressRange(start: 0x2d000, size: 0x1000))
        let across = allocator.free(AddressRange(start: 0x2c800, size: 0x1000))
        #expect([inside, across] == [true, false])
        #expect(
            allocator.reserved.map(\.range) == [
                AddressRange(start: 0x2c000, size: 0x1000), AddressRange(start: 0x2e000, size: 0x2000),
            ])
        #expect(allocator.allocate(0x1000, alignment: 0x1000, below: 0) == 0x2d000)
    }

    @Test("a transfer that touches what is loaded grows over what lies behind, as 2025.01 lets it")
    func transfersGrow() {
        var allocator = MemoryAllocator(
            banks: Self.banks, reserved: [AddressRange(start: 0x2e800, size: 0x1800)], joinsOverlaps: true)
        let inside = allocator.takeBlocks(0x100, at: 0x2e900, blockByteCount: 0x200)
        let across = allocator.takeBlocks(0x1000, at: 0x2e000, blockByteCount: 0x200)
        let outside = allocator.takeBlocks(0x1000, at: 0x2fe00, blockByteCount: 0x200)
        #expect([inside, across, outside].map(\.byteCount) == [0, 0x1000, 0])
    }

    @Test("a range that swallows its neighbour is counted, and leaves it")
    func neighboursAreSwallowed() {
        var allocator = MemoryAllocator(banks: Self.banks, reserved: [], joinsOverlaps: true)
        for start: Address in [0x2000, 0x4000] { allocator.reserve(AddressRange(start: start, size: 0x1000)) }
        allocator.reserve(AddressRange(start: 0x3000, size: 0x3000))
        #expect(allocator.swallowed == 1)
        #expect(
            allocator.reserved.map(\.range) == [
                AddressRange(start: 0x2000, size: 0x4000), AddressRange(start: 0x4000, size: 0x1000),
            ])
    }

    @Test("older releases refuse what lies inside of a reservation, but not the same one again")
    func insideIsRefused() {
        var allocator = MemoryAllocator(banks: Self.banks, reserved: [AddressRange(start: 0x2d000, size: 0x2000)])
        let taken = [
            allocator.reserve(AddressRange(start: 0x2d000, size: 0x2000)),
            allocator.reserve(AddressRange(start: 0x2d000, size: 0x1000)),
            allocator.reserve(AddressRange(start: 0x2d000, size: 0x2000), as: .unmapped),
        ]
        #expect(taken == [.done, .failed, .failed])
    }
}
