/// U-Boot's way of finding memory for what it moves at boot: from the top down, around what is reserved.
///
/// Follows `lib/lmb.c`, with its refusal of ranges that overlap an older one in part.
struct MemoryAllocator {
    private struct Reservation {
        var range: AddressRange
        var isUnmapped: Bool
    }

    private let banks: [AddressRange]
    private var reserved: [Reservation] = []

    /// Allocates in these banks, outside of the reserved ranges.
    init(banks: [AddressRange], reserved: [AddressRange]) {
        self.banks = banks
        for range in reserved { reserve(range) }
    }

    /// Takes a range out; false where an older one overlaps it in part, or covers it with another kind.
    @discardableResult
    mutating func reserve(_ range: AddressRange, isUnmapped: Bool = false) -> Bool {
        guard range.size > 0 else { return true }
        for (index, old) in reserved.enumerated() {
            if old.range.contains(range) { return old.isUnmapped == isUnmapped }
            let isBelow = range.end == old.range.start
            if isBelow || range.start == old.range.end {
                guard old.isUnmapped == isUnmapped else { break }
                reserved[index].range.start = isBelow ? range.start : old.range.start
                reserved[index].range.size &+= range.size
                mergeNext(index)
                return true
            }
            if old.range.intersects(range) { return false }
        }
        reserved.append(Reservation(range: range, isUnmapped: isUnmapped))
        reserved.sort { $0.range.start < $1.range.start }
        return true
    }

    /// Joins a range with the one behind it if they touch.
    private mutating func mergeNext(_ index: Int) {
        guard index + 1 < reserved.count, reserved[index].isUnmapped == reserved[index + 1].isUnmapped,
            reserved[index].range.end == reserved[index + 1].range.start
        else { return }
        reserved[index].range.size &+= reserved[index + 1].range.size
        reserved.remove(at: index + 1)
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
                guard let obstacle = reserved.first(where: { $0.range.intersects(wanted) }) else {
                    reserve(AddressRange(start: base, size: size))
                    return base
                }
                guard obstacle.range.start.value >= size else { break }
                base = Address(obstacle.range.start.value - size).aligned(down: alignment)
            }
        }
        return nil
    }
}
