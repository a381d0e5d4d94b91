import DeviceTree
import UBoot

/// Where files lie.
extension Planner {
    private static let slot: UInt64 = 2 << 20
    private static let firstScript: UInt64 = 12 << 20

    mutating func place() {
        let isUpstream = options.usesUpstreamPlacement || options.isCompatible
        let rams =
            options.ram.isEmpty
            ? [ConfigRegion(start: plan.memory.lowerBound, size: plan.memory.upperBound - plan.memory.lowerBound)]
            : options.ram
        let forbidden = isUpstream ? [] : forbiddenRanges
        let start = isUpstream ? plan.memory.lowerBound : Self.up(plan.memory.lowerBound)
        var script = max(start &+ Self.slot, Self.firstScript)
        if !isUpstream {
            guard let free = free(script, Self.slot, rams, forbidden) else {
                return reportFull(nil, script, rams, forbidden)
            }
            script = free
        }
        plan.scriptAddress = script
        var next = script &+ Self.slot
        for index in plan.files.indices {
            let file = plan.files[index]
            if case .overlay = file.role, isFIT { continue }
            if isUpstream { plan.files[index].imageSize = nil }
            let size = isUpstream ? file.size : max(file.size, file.imageSize ?? 0) &+ growth(of: file)
            if !isUpstream {
                guard let free = free(next, size, rams, forbidden) else {
                    return reportFull(file, next, rams, forbidden)
                }
                next = free
            }
            plan.files[index].address = next
            next = Self.up(next &+ size)
        }
        plan.end = next
        // In a FIT they are part of the tree; here they are only loaded to merge them.
        for index in plan.files.indices where isFIT {
            guard case .overlay = plan.files[index].role else { continue }
            plan.files[index].address = next
            next = Self.up(next &+ plan.files[index].size)
        }
        checkEnd(isUpstream)
    }

    /// What a file takes beyond itself: in a FIT the tree has overlays and edits in it, and U-Boot forgets a program for
    /// UEFI when a file is loaded right behind its last byte.
    private func growth(of file: PlannedFile) -> UInt64 {
        if plan.bootCommand == "bootefi", file.role == .xen || file.role == .linux { return 1 }
        guard isFIT, file.role == .deviceTree else { return 0 }
        let overlays = plan.files.reduce(UInt64(0)) { sum, file in
            if case .overlay = file.role { sum &+ file.size } else { sum }
        }
        return overlays &+ 0x1_0000 &+ UInt64(domainCount) &* 0x1000
    }

    private static func up(_ address: UInt64) -> UInt64 { (address &+ slot &- 1) & ~(slot &- 1) }

    var isFIT: Bool {
        options.makesFIT || config.has("FIT") || ["fit", "fit_std"].contains(options.loadCommand ?? "")
    }

    /// The first slot from an address on that lies in RAM and touches nothing forbidden; nil if there is none.
    private func free(
        _ start: UInt64, _ size: UInt64, _ rams: [ConfigRegion], _ forbidden: [ConfigRegion]
    ) -> UInt64? {
        for ram in rams.sorted(by: { $0.start < $1.start }) {
            var candidate = max(start, Self.up(ram.start))
            let end = ram.start &+ ram.size
            while candidate < end, end - candidate >= size {
                guard
                    let hit = forbidden.first(where: { $0.start < candidate + size && candidate < $0.start &+ $0.size })
                else { return candidate }
                candidate = Self.up(hit.start &+ hit.size)
            }
        }
        return nil
    }

    /// What the tree, the board and the domains keep for themselves.
    private var forbiddenRanges: [ConfigRegion] {
        var ranges = options.reserved + config.regions("XEN_STATIC_HEAP")
        for index in 0..<domainCount {
            ranges += config.regions("DOMU_STATIC_MEM", index)
            if let shared = config.sharedMemory(index), let host = shared.host {
                ranges.append(ConfigRegion(start: host.value, size: shared.size))
            }
        }
        guard let tree else { return ranges }
        ranges += tree.reservations.map { ConfigRegion(start: $0.address, size: $0.size) }
        guard let node = tree["/reserved-memory"] else { return ranges }
        let address = Int(node.property("#address-cells")?.u32 ?? 2)
        let size = Int(node.property("#size-cells")?.u32 ?? 1)
        guard (1...2).contains(address), (1...2).contains(size) else { return ranges }
        for child in node.children {
            guard let cells = child.property("reg")?.cells else { continue }
            for start in stride(from: 0, through: cells.count - address - size, by: address + size) {
                func number(_ from: Int, _ count: Int) -> UInt64 {
                    cells[from..<from + count].reduce(0) { $0 << 32 | UInt64($1) }
                }
                ranges.append(
                    ConfigRegion(start: number(start, address), size: number(start + address, size)))
            }
        }
        return ranges.filter { $0.size > 0 }
    }

    /// The most bytes that lie free in one piece from an address on.
    private func largestPiece(_ start: UInt64, _ rams: [ConfigRegion], _ forbidden: [ConfigRegion]) -> UInt64 {
        var largest: UInt64 = 0
        for ram in rams {
            let end = ram.start &+ ram.size
            var candidate = max(start, Self.up(ram.start))
            while candidate < end {
                let inside = forbidden.first { $0.start <= candidate && candidate < $0.start &+ $0.size }
                if let inside {
                    candidate = Self.up(inside.start &+ inside.size)
                    continue
                }
                let next = forbidden.map(\.start).filter { $0 > candidate && $0 < end }.min() ?? end
                largest = max(largest, next - candidate)
                candidate = next
            }
        }
        return largest
    }

    private mutating func reportFull(
        _ file: PlannedFile?, _ next: UInt64, _ rams: [ConfigRegion], _ forbidden: [ConfigRegion]
    ) {
        let name = file.map { "\($0.role.spelling) '\($0.loadName)'" } ?? "the script"
        let size = file.map { max($0.size, $0.imageSize ?? 0) &+ growth(of: $0) } ?? Self.slot
        let largest = largestPiece(next, rams, forbidden)
        config.add(
            .error, "IB-MEMORY-FULL",
            "\(name) no longer fits into RAM: of its 0x\(hexadecimal(size)) bytes 0x\(hexadecimal(size &- largest)) are "
                + "too many for what is free from 0x\(hexadecimal(next)) on", file?.place ?? config.place("MEMORY_END"))
    }

    /// Upstream wants one slot more behind the last one; a FIT must fit there as a whole.
    private mutating func checkEnd(_ isUpstream: Bool) {
        var needed = plan.end &+ Self.slot
        if isFIT {
            needed =
                options.isCompatible
                ? (plan.end &+ Self.slot) &* 2 : plan.end &+ plan.files.reduce(Self.slot) { $0 &+ $1.size }
        }
        guard needed > plan.memory.upperBound else { return }
        // A board's RAM may go on elsewhere; then each file has found its place already.
        guard isUpstream || options.ram.count <= 1 else { return }
        let last = plan.files.last { $0.end &+ Self.slot > plan.memory.upperBound } ?? plan.files.last
        let name = last.map { "\($0.role.spelling) '\($0.loadName)'" } ?? "the script"
        config.add(
            .error, "IB-MEMORY-FULL",
            "not enough memory: \(name) ends at 0x\(hexadecimal(last?.end ?? 0)), with what must stay free behind it "
                + "0x\(hexadecimal(needed - plan.memory.upperBound)) bytes are missing below MEMORY_END",
            last?.place ?? config.place("MEMORY_END"))
    }
}
