internal import UBoot

/// Rules about the memory that the device tree needs.
enum TreeRoomRules {
    static let all = [loadOverTree, treeOverFile, alignment]

    private static let loadOverTree = Rule(
        "UB-LOAD-OVER-FDT", .error, title: "a file is loaded over the working device tree",
        explanation: """
            The tree is edited in place, so what is loaded over it destroys the edits or the tree itself. The next \
            `fdt` command fails or crashes U-Boot (`Synchronous Abort`), or the boot command says `Did not find a \
            cmdline Flattened Device Tree`.
            """,
        evidence: "tried on U-Boot 2023.01, with loads and with `imxtract`."
    ) { facts in
        facts.treeHits.map { hit in
            let content = facts.contents[hit.content]
            let room = hit.room.range
            return Observation(
                message: "\(content.name) at \(content.range) overwrites the working device tree at \(room)",
                place: content.place,
                notes: [Finding.Note("the tree has \(Wording.hex(room.size)) bytes from here on", at: hit.room.place)],
                fix: facts.freeAddress(for: content.range.size).flatMap { facts.loadLine(content.command, at: $0) },
                range: content.range.intersection(room))
        }
    }

    private static let treeOverFile = Rule(
        "UB-FDT-OVER-FILE", .error, title: "the device tree grows into a file",
        explanation: """
            `fdt resize`, the `0x3000` bytes that U-Boot adds when it boots, and a move to `fdt_high` do not look at \
            what lies there. If the final tree touches the file, one of them is damaged and Xen counts both as \
            overlapping modules; if only the room for edits does, this is a warning, because nothing was written \
            there.
            """,
        evidence:
            "follows from how U-Boot gives a tree its size, which was recorded on 2023.01; the damage was not tried."
    ) { facts in
        guard let start = facts.record.handOff else { return [] }
        let hits = Set(facts.treeHits.map(\.content))
        let isInPlace = start.tree.start == start.treeLoadedAt
        let own = facts.content(at: start.treeLoadedAt)
        let last = facts.rooms.last { $0.range.start == start.treeLoadedAt && $0.command < start.command }
        var room = start.tree
        if let size = last?.range.size ?? own?.range.size {
            room.size = max(room.size, size + Evidence.treePadding)
        }
        return facts.contents.enumerated().compactMap { index, content in
            let users = facts.references(to: index)
            guard content != own, !hits.contains(index), let user = users.first, content.range.intersects(room),
                !content.range.contains(start.treeLoadedAt)
            else { return nil }
            let isTouched = content.range.intersects(start.tree)
            let how = isInPlace ? "with the room that it gets" : "which the boot command moves there,"
            var notes = [facts.note(content)]
            if let last, isInPlace { notes.append(Finding.Note("the tree has its size from here", at: last.place)) }
            let gap = content.range.start >= room.start ? content.range.start : room.end
            return Observation(
                message: "the device tree \(how) at \(room) reaches \(content.name) at \(content.range), "
                    + "which \(user.name) needs",
                place: isInPlace ? last?.place ?? start.place : start.place, severity: isTouched ? nil : .warning,
                notes: notes,
                fix: isInPlace
                    ? facts.freeAddress(for: room.size).map { "load the device tree to \($0), or keep it below \(gap)" }
                    : "setenv fdt_high 0xffffffffffffffff",
                range: content.range.intersection(room))
        }
    }

    private static let alignment = Rule(
        "UB-FDT-ALIGN", .error, title: "the device tree is not at a multiple of 8",
        explanation: """
            U-Boot accepts a tree at any address, but Xen and Linux want it at a multiple of 8 bytes: Xen stops \
            without any message behind `Starting kernel ...`.
            """,
        evidence: "tried with Xen 4.17 and a tree 4 bytes behind a boundary: silence."
    ) { facts in
        guard let start = facts.record.handOff, start.tree.start.value % 8 != 0 else { return [] }
        let address = start.tree.start
        let content = facts.content(at: start.treeLoadedAt)
        return [
            Observation(
                message: "the device tree is handed over at \(address), which is no multiple of 8", place: start.place,
                notes: content.map { [facts.note($0)] } ?? [],
                fix: content.flatMap { facts.loadLine($0.command, at: address.aligned(up: 0x1000)) }, range: start.tree)
        ]
    }
}
