/// U-Boot's way of finding memory for what it moves at boot: from the top down, around what is reserved.
///
/// Follows `lib/lmb.c` of both generations. Older releases make one for each boot and refuse ranges that overlap
/// another one in part; newer ones keep one from the start on, and join what overlaps.
struct MemoryAllocator {
    /// What a reservation is for.
    enum Kind {
        /// Anything; such reservations grow together.
        case plain
        /// Memory that is not to be mapped.
        case unmapped
        /// U-Boot itself; in older releases that is plain.
        case own
    }

    /// How a reservation went.
    enum Outcome {
        case done
        /// Something is there, and the new one may not share it.
        case exists
        /// What is there may not be shared.
        case failed
    }

    /// What became of a transfer.
    struct Transfer {
        /// How many bytes could be stored.
        var byteCount: UInt64
        /// The numbers, from 1 on, of the blocks that swallowed a neighbour.
        var noisyBlocks: [Int] = []
    }

    struct Reservation: Equatable {
        var range: AddressRange
        var kind: Kind
    }

    let banks: [AddressRange]
    private let joinsOverlaps: Bool
    private(set) var reserved: [Reservation] = []
    /// How often a range swallowed its neighbour, which U-Boot says on the console.
    private(set) var swallowed = 0
    /// What U-Boot says then.
    static let swallowText: ByteString = "This will not be a case any time\n"

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

    // MARK: Reserving

    /// Takes a range out.
    @discardableResult
    mutating func reserve(_ range: AddressRange, as kind: Kind = .plain) -> Outcome {
        guard joinsOverlaps else { return reserveWhole(range, as: kind) ? .done : .failed }
        var isPlaced = false
        var index = 0
        search: while index < reserved.count {
            let old = reserved[index]
            if range.end == old.range.start || old.range.end == range.start {
                guard old.kind == kind else { break search }
                if range.end == old.range.start { reserved[index].range.start = range.start }
                reserved[index].range.size &+= range.size
                isPlaced = true
                break search
            }
            if Self.overlaps(range, old.range) {
                guard kind == .plain else { return .exists }
                guard join(range, from: index) else { return .failed }
                isPlaced = true
                break search
            }
            index += 1
        }
        if joinNext(index) { isPlaced = true }
        if !isPlaced { insert(Reservation(range: range, kind: kind)) }
        return .done
    }

    /// Takes a range of RAM out; false where it is not within one bank, or not free.
    mutating func take(_ range: AddressRange) -> Bool {
        guard let bank = banks.first(where: { Self.overlaps(range, $0) }),
            Self.overlaps(bank, AddressRange(start: Address(range.end.value &- 1), size: 1))
        else { return false }
        return reserve(range) == .done
    }

    /// Takes what a transfer of `byteCount` bytes fills, block by block; gives how many of them it could take, and
    /// counts the blocks that swallowed a neighbour.
    ///
    /// A block that touches the end of one before it is not compared with what lies behind, as in U-Boot.
    mutating func takeBlocks(_ byteCount: UInt64, at start: Address, blockByteCount: UInt64) -> Transfer {
        var offset: UInt64 = 0
        var noisy: [Int] = []
        repeat {
            let next = start + offset
            if let index = reserved.firstIndex(where: { $0.kind == .plain && $0.range.end == next }),
                let bank = banks.first(where: { $0.contains(next) })
            {
                let limit = index + 1 < reserved.count ? min(reserved[index + 1].range.start, bank.end) : bank.end
                let room = limit > next ? (limit - next - 1) / blockByteCount * blockByteCount : 0
                let step = min(room, byteCount - offset)
                if step > 0 {
                    reserved[index].range.size += step
                    offset += step
                    continue
                }
            }
            let block = min(blockByteCount, byteCount - offset)
            let before = swallowed
            guard take(AddressRange(start: next, size: block)) else { break }
            if swallowed > before { noisy.append(Int(offset / blockByteCount) + 1) }
            offset += block
        } while offset < byteCount
        return Transfer(byteCount: offset, noisyBlocks: noisy)
    }

    /// Makes a range one with all plain ones from `index` on that it overlaps; false where one is not plain.
    private mutating func join(_ range: AddressRange, from index: Int) -> Bool {
        let touched = reserved.indices.suffix(from: index).filter { Self.overlaps(range, reserved[$0].range) }
        guard touched.allSatisfy({ reserved[$0].kind == .plain }), let last = touched.last else { return false }
        let start = min(range.start, reserved[index].range.start)
        let end = max(range.end, reserved[last].range.end)
        reserved[index].range = AddressRange(start: start, size: end - start)
        reserved.removeSubrange((index + 1)..<(index + touched.count))
        return true
    }

    /// Joins a range with the one behind it if they touch or overlap; true if something was done about it.
    private mutating func joinNext(_ index: Int) -> Bool {
        guard index + 1 < reserved.count, reserved[index].kind == reserved[index + 1].kind else { return false }
        let (first, second) = (reserved[index].range, reserved[index + 1].range)
        guard first.end == second.start || second.end == first.start || Self.overlaps(first, second) else {
            return false
        }
        if first.end == second.start || second.end == first.start {
            reserved[index].range.size &+= second.size
        } else {
            guard first.end <= second.end else {
                swallowed += 1
                return true
            }
            reserved[index].range.size = second.end - first.start
        }
        reserved.remove(at: index + 1)
        return true
    }

    private mutating func insert(_ new: Reservation) {
        let index = reserved.lastIndex { $0.range.start <= new.range.start }.map { $0 + 1 } ?? 0
        reserved.insert(new, at: index)
    }

    private static func overlaps(_ one: AddressRange, _ other: AddressRange) -> Bool {
        // The last byte of nothing is the one before it, as U-Boot counts.
        one.start.value <= other.end.value &- 1 && other.start.value <= one.end.value &- 1
    }

    // MARK: Older releases

    /// Takes a range out; false where another one is in the way: one that shares a byte and is not the same.
    private mutating func reserveWhole(_ range: AddressRange, as kind: Kind) -> Bool {
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
            guard Self.overlaps(range, old.range) else { continue }
            return old.range == range && old.kind == kind
        }
        insert(Reservation(range: range, kind: kind))
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

    // MARK: Allocating and giving back

    /// Reserves and gives the highest aligned range below `limit` (0: anywhere); nil if there is none.
    mutating func allocate(
        _ size: UInt64, alignment: UInt64, below limit: UInt64, as kind: Kind = .plain
    ) -> Address? {
        for bank in banks.reversed() where bank.size >= size {
            guard limit == 0 || bank.start.value < limit else { continue }
            let top = limit == 0 ? bank.end.value : min(bank.end.value, limit)
            guard top >= size else { continue }
            var base = Address(top - size).aligned(down: alignment)
            while base.value != 0, base >= bank.start {
                let wanted = AddressRange(start: base, size: size)
                guard let obstacle = reserved.first(where: { Self.overlaps(wanted, $0.range) }) else {
                    reserve(wanted, as: kind)
                    return base
                }
                guard obstacle.range.start.value >= size else { break }
                base = Address(obstacle.range.start.value - size).aligned(down: alignment)
            }
        }
        return nil
    }

    /// Gives a range back that lies within a reserved one; false if there is none.
    @discardableResult
    mutating func free(_ range: AddressRange) -> Bool {
        guard let index = reserved.firstIndex(where: { $0.range.start <= range.start && range.end <= $0.range.end })
        else { return false }
        let old = reserved[index]
        let (before, behind) = (range.start - old.range.start, old.range.end - range.end)
        if before == 0, behind == 0 {
            reserved.remove(at: index)
        } else if before == 0 {
            reserved[index].range = AddressRange(start: range.end, size: behind)
        } else {
            reserved[index].range.size = before
            guard behind > 0 else { return true }
            reserve(AddressRange(start: range.end, size: behind), as: old.kind)
        }
        return true
    }
}
