internal import UBoot

/// Rules that hold Xen's boot modules against what is in memory.
enum ModuleMemoryRules {
    static let all = [short, long, unloaded, noMemory, overlap, overXen]

    /// The modules with a range that Xen reads as it was meant.
    private static func ranges(_ facts: Evidence) -> [(module: XenModule, range: AddressRange)] {
        facts.xen.modules.compactMap { module in
            guard module.isGeneric, let range = module.range, range.size > 0 else { return nil }
            return (module, range)
        }
    }

    private static func isInRAM(_ range: AddressRange, _ facts: Evidence) -> Bool {
        facts.ram.contains { $0.contains(range) }
    }

    /// The file that begins where a module does.
    private static func file(of range: AddressRange, _ facts: Evidence) -> Content? {
        facts.content(at: range.start).flatMap { $0.range.start == range.start ? $0 : nil }
    }

    private static func name(_ module: XenModule) -> String {
        "the module \(module.path)" + (module.kind.map { " (\($0.rawValue))" } ?? "")
    }

    // MARK: Sizes

    private static let short = Rule(
        "XEN-SIZE-SHORT", .error, title: "a module is shorter than the file that was loaded",
        explanation: """
            Xen copies only as many bytes as `reg` says. A kernel of less than 64 bytes is refused (`Could not set up \
            domain`), a longer one hangs without a word, and a ramdisk ends in `Initramfs unpacking failed: read \
            error`. The usual reason is a size written by hand for an earlier build.
            """,
        evidence: "tried with Xen 4.17 and Linux 6.1."
    ) { facts in
        ranges(facts).compactMap { module, range in
            guard let file = file(of: range, facts), range.size < file.range.size else { return nil }
            return Observation(
                message: "\(name(module)) has \(Wording.hex(range.size)) bytes at \(range.start), but \(file.name) has "
                    + "\(Wording.hex(file.range.size)): its end is missing",
                place: module.place, notes: [facts.note(file)], fix: module.line(for: file.range), range: range)
        }
    }

    private static let long = Rule(
        "XEN-SIZE-LONG", .warning, title: "a module is longer than the file that was loaded",
        explanation: """
            What lies behind the file becomes a part of the module. Kernels and gzip'ed ramdisks bear it, but it is \
            an error where it reaches another module, the device tree or Xen: 4.17 then stops with a BUG, 4.20 drops \
            one of the two without a message.
            """,
        evidence: "tried with Xen 4.17 and 4.20."
    ) { facts in
        let all = ranges(facts)
        return all.compactMap { module, range in
            guard let file = file(of: range, facts), range.size > file.range.size, isInRAM(range, facts) else {
                return nil
            }
            let rest = AddressRange(start: file.range.end, size: range.size - file.range.size)
            var hit = all.filter { $0.module.path != module.path && $0.range.intersects(rest) }.map { name($0.module) }
            if let start = facts.record.handOff {
                if start.kernel.intersects(rest) { hit.append("Xen") }
                if start.tree.intersects(rest) { hit.append("the device tree") }
            }
            let reach = hit.isEmpty ? "" : " and reaches " + Wording.list(hit)
            return Observation(
                message: "\(name(module)) has \(Wording.hex(range.size)) bytes at \(range.start), "
                    + "\(Wording.hex(rest.size)) more than \(file.name)\(reach)",
                place: module.place, severity: hit.isEmpty ? nil : .error, notes: [facts.note(file)],
                fix: module.line(for: file.range), range: range)
        }
    }

    // MARK: Contents

    private static let unloaded = Rule(
        "XEN-ADDR-UNLOADED", .error, title: "nothing was loaded where a module is",
        explanation: """
            The module's memory holds zeros or leftovers. For a kernel Xen says `Could not set up domain`; for a \
            ramdisk Linux says `VFS: Unable to mount root fs on unknown-block(0,0)` or `invalid magic at start of \
            compressed archive`.
            """,
        evidence: "tried with Xen 4.17 and Linux 6.1."
    ) { facts in
        ranges(facts).compactMap { module, range in
            guard isInRAM(range, facts), file(of: range, facts) == nil,
                facts.commandWriter(at: range.start) == nil
            else { return nil }
            let around = facts.content(at: range.start)
            if let around, around.range.contains(range) { return nil }
            var notes = around.map { [facts.note($0)] } ?? []
            if let failed = facts.failedLoad(at: range.start) {
                notes.append(Finding.Note("the load of \(Wording.quoted(failed.file)) failed here", at: failed.place))
            }
            let what = around.map { "only a part of it lies in \($0.name)" } ?? "nothing was loaded there"
            return Observation(
                message: "\(name(module)) is at \(range), but \(what)", place: module.place,
                notes: notes, range: range)
        }
    }

    private static let noMemory = Rule(
        "XEN-ADDR-NORAM", .error, title: "a module is not in RAM",
        explanation: """
            Xen cannot read it: `Could not set up domain` where a device or a hole answers, a `Data Abort` where \
            nothing does.
            """,
        evidence: "tried with Xen 4.17."
    ) { facts in
        ranges(facts).filter { !isInRAM($0.range, facts) }.map { module, range in
            var notes: [Finding.Note] = []
            if let failed = facts.failedLoad(at: range.start) {
                notes.append(Finding.Note("the load of \(Wording.quoted(failed.file)) failed here", at: failed.place))
            }
            let ram = Wording.list(facts.ram.map(\.description))
            return Observation(
                message: "\(name(module)) is at \(range), which is not in RAM: RAM is \(ram)", place: module.place,
                notes: notes, range: range)
        }
    }

    // MARK: Overlaps

    private static let overlap = Rule(
        "XEN-MODULE-OVERLAP", .error, title: "two modules share memory",
        explanation: """
            Xen 4.17 boots and ends in `Xen BUG at common/page_alloc.c`, or one guest is dead. Xen 4.20 drops the \
            later one in the tree without a message; if that is dom0's kernel, it goes on without dom0. The same \
            kernel or ramdisk for several domains is fine if the address is the same.
            """,
        evidence: "tried with Xen 4.17 and 4.20."
    ) { facts in
        let sorted = ranges(facts).sorted { $0.range.start < $1.range.start }
        var seen: [Observation] = []
        for (index, low) in sorted.enumerated() {
            for high in sorted[(index + 1)...] {
                guard low.range.contains(high.range.start) else { break }
                let kinds = Set([low.module.kind, high.module.kind])
                let isShared = low.range.start == high.range.start && (kinds.count == 1 || kinds.contains(nil))
                if isShared || isOnlyTooLong(low.range, for: high.range, facts) { continue }
                seen.append(pair(low, high))
            }
        }
        return seen
    }

    private typealias Placed = (module: XenModule, range: AddressRange)

    /// Whether a module reaches other memory only because it is longer than its file: `XEN-SIZE-LONG` says so.
    private static func isOnlyTooLong(_ module: AddressRange, for other: AddressRange, _ facts: Evidence) -> Bool {
        guard let file = file(of: module, facts), file.range.size < module.size else { return false }
        return !file.range.intersects(other)
    }

    private static func pair(_ low: Placed, _ high: Placed) -> Observation {
        let isLowLater = (low.module.regEdit?.command ?? -1) > (high.module.regEdit?.command ?? -1)
        let (later, earlier) = isLowLater ? (low, high) : (high, low)
        return Observation(
            message: "\(name(later.module)) at \(later.range) overlaps \(name(earlier.module)) at \(earlier.range)",
            place: later.module.place,
            notes: [Finding.Note("\(earlier.module.path) has its memory from here", at: earlier.module.place)],
            range: low.range.intersection(high.range))
    }

    private static let overXen = Rule(
        "XEN-MODULE-OVER-XEN", .error, title: "a module lies in Xen's own memory",
        explanation: """
            Xen needs the memory that its header asks for (`image_size`), which is more than its file has, and clears \
            the rest when it starts. A module there is damaged: `Could not set up domain` or a BUG in the page \
            allocator. Where the boot command names the module's own address, the module is started in Xen's place, and \
            nothing is heard of Xen.
            """,
        evidence: "tried with Xen 4.17."
    ) { facts in
        guard let attempt = facts.attempts.last, attempt.kernel.size > 0,
            !facts.record.kernelMoves.contains(where: { $0.command == attempt.command })
        else { return [] }
        let inside = ranges(facts).filter { placed in
            placed.range.intersects(attempt.kernel) && !isOnlyTooLong(placed.range, for: attempt.kernel, facts)
        }
        return inside.map { module, range in
            if range.start == attempt.loadedAt {
                return Observation(
                    message: "'\(attempt.words[0].display)' starts \(name(module)) at \(range), not Xen",
                    place: attempt.place,
                    notes: [Finding.Note("\(module.path) has its memory from here", at: module.place)],
                    range: range)
            }
            let xen = facts.content(at: attempt.loadedAt)
            return Observation(
                message: "\(name(module)) at \(range) lies in Xen's memory \(attempt.kernel)", place: module.place,
                notes: xen.map { [facts.note($0)] } ?? [],
                fix: facts.freeAddress(for: range.size).map { free in
                    "load it to \(free): " + module.line(for: AddressRange(start: free, size: range.size))
                },
                range: range.intersection(attempt.kernel))
        }
    }
}
