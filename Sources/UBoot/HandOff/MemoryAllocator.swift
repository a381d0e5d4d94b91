/// U-Boot's way of finding memory for what it moves at boot: from the top down, around what is reserved.
///
/// Follows `lib/lmb.c`, with its refusal of ranges that overlap an older one in part.
struct MemoryAllocator {
    /// What a reservation is for.
    enum Kind {
        /// Anything; such reservations grow together.
        case plain
        /// Memory that is not to be mapped.
        case unmapped
        /// U-Boot itself and what it moved; in older releases that is plain.
        case own
    }

    private struct Reservation {
        var range: AddressRange
        var kind: Kind
    }

    private let banks: [AddressRange]
    private let joinsOverlaps: Bool
    private var reserved: [Reservation] = []

    /// Allocates in these banks, outside of U-Boot's own ranges.
    ///
    /// - Parameters:
    ///   - banks: the RAM that may be used.
    ///   - reserved: where U-Boot lies.
    ///   - joinsOverlaps: whether reservations that overlap become one, as newer releases have it.
    init(banks: [AddressRange], reserved: [AddressRange], joinsOverlaps: Bool = false) {
        self.banks = banks
        self.joinsOverlaps = joinsOverlaps
        for range in reserved { reserve(range, as: joinsOverlaps ? .own : .plain) }
    }

    /// Takes a range out; false where another one is in the way: one that shares a byte and is not the same.
    @discardableResult
    mutating func reserve(_ range: AddressRange, as kind: Kind = .plain) -> Bool {
        guard range.size > 0 else { return true }
        for (index, old) in reserved.enumerated() {
            let isBelow = range.end == old.range.start
            if isBelow || range.start == old.range.end {
                guard old.kind == kind else { break }
                reserved[index].range.start = isBelow ? range.start : old.range.start
                reserved[index].range.size &+= range.size
                mergeNext(index)
                return true
            }
            guard old.range.intersects(range) else { continue }
            if joinsOverlaps { return join(range, as: kind) }
            return old.range == range && old.kind == kind
        }
        reserved.append(Reservation(range: range, kind: kind))
        reserved.sort { $0.range.start < $1.range.start }
        return true
    }

    /// Makes one of a range and all that it overlaps; false where one of them is not plain.
    private mutating func join(_ range: AddressRange, as kind: Kind) -> Bool {
        let touched = reserved.filter { $0.range.intersects(range) }
        guard kind == .plain, touched.allSatisfy({ $0.kind == .plain }) else { return false }
        let start = touched.reduce(range.start) { min($0, $1.range.start) }
        let end = touched.reduce(range.end) { max($0, $1.range.end) }
        reserved.removeAll { $0.range.intersects(range) }
        reserved.append(Reservation(range: AddressRange(start: start, size: end - start), kind: kind))
        reserved.sort { $0.range.start < $1.range.start }
        return true
    }

    /// Joins a range with the one behind it if they touch.
    private mutating func mergeNext(_ index: Int) {
        guard index + 1 < reserved.count, reserved[index].kind == reserved[index + 1].kind,
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
                // The last byte of nothing is the one before it, as U-Boot counts.
                let last = Address(base.value &+ size &- 1)
                let found = reserved.first { $0.range.size > 0 && base <= $0.range.lastByte && $0.range.start <= last }
                guard let obstacle = found else {
                    reserve(AddressRange(start: base, size: size), as: joinsOverlaps ? .own : .plain)
                    return base
                }
                guard obstacle.range.start.value >= size else { break }
                base = Address(obstacle.range.start.value - size).aligned(down: alignment)
            }
        }
        return nil
    }
}
