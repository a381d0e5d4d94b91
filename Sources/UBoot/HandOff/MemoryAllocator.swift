/// U-Boot's way of finding memory for what it moves at boot: from the top down, around what is reserved.
struct MemoryAllocator {
    private let banks: [AddressRange]
    private var reserved: [AddressRange]

    /// Allocates in these banks, outside of the reserved ranges.
    init(banks: [AddressRange], reserved: [AddressRange]) {
        self.banks = banks
        self.reserved = []
        for range in reserved { reserve(range) }
    }

    /// Takes a range out.
    mutating func reserve(_ range: AddressRange) {
        guard range.size > 0 else { return }
        reserved.append(range)
        reserved.sort { $0.start < $1.start }
    }

    /// Reserves and gives the highest aligned range below `limit` (0: anywhere); nil if there is none.
    mutating func allocate(_ size: UInt64, alignment: UInt64, below limit: UInt64) -> Address? {
        for bank in banks.reversed() where bank.size >= size {
            guard limit == 0 || bank.start.value < limit else { continue }
            let top = limit == 0 ? bank.end.value : min(bank.end.value, limit)
            guard top >= size else { continue }
            var base = Address(top - size).aligned(down: alignment)
            while base.value != 0, base >= bank.start {
                let wanted = AddressRange(start: base, size: max(size, 1))
                guard let obstacle = reserved.first(where: { $0.intersects(wanted) }) else {
                    reserve(AddressRange(start: base, size: size))
                    return base
                }
                guard obstacle.start.value >= size else { break }
                base = Address(obstacle.start.value - size).aligned(down: alignment)
            }
        }
        return nil
    }
}
