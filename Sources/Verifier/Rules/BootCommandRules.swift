internal import UBoot

/// Rules about `booti`: why it does not start a kernel, or starts it wrongly.
enum BootCommandRules {
    static let all = [magic, relocation, treeOverlap, ramdiskOverlap, ramdiskFormat, noTree, noSpace]

    /// The boot commands that were refused for one of these reasons and whose words are as they were meant.
    private static func refused(_ facts: Evidence, _ reasons: RefusedBoot.Reason...) -> [BootAttempt] {
        facts.attempts.filter { attempt in
            attempt.refusal.map { reasons.contains($0) } ?? false && !facts.explained.contains(attempt.command)
        }
    }

    private static func severity(_ attempt: BootAttempt, _ facts: Evidence) -> Severity? {
        facts.record.severity(of: attempt.command)
    }

    private static func noteAt(_ address: Address, _ facts: Evidence) -> Finding.Note {
        if let content = facts.content(at: address) {
            let note = facts.note(content)
            return content.kind == "preset" ? note : Finding.Note(note.text + " (\(content.kind))", at: note.place)
        }
        if let failed = facts.failedLoad(at: address) {
            return Finding.Note("\(Wording.quoted(failed.file)) was not loaded here", at: failed.place)
        }
        return Finding.Note("nothing was loaded to \(address)")
    }

    private static let magic = Rule(
        "UB-BOOTI-MAGIC", .error, title: "there is no arm64 Image at the boot address",
        explanation: """
            `booti` wants the arm64 Image header, with `ARM\\x64` at byte 56, at its first argument. Otherwise it \
            prints `Bad Linux ARM64 Image magic!` and U-Boot is back at its prompt. A compressed kernel needs the \
            variables `kernel_comp_addr_r` and `kernel_comp_size` besides.
            """,
        evidence: "tried on U-Boot 2023.01."
    ) { facts in
        refused(facts, .badMagic, .compressedWithoutRoom).compactMap { attempt in
            let outcome = facts.record.command(attempt.command)?.outcome
            guard outcome != .unsimulated else { return nil }
            let isCompressed = attempt.refusal == .compressedWithoutRoom
            // A kernel that no module names, unless the one that was meant could not be loaded.
            let spare = facts.contents.last { content in
                content.kind.hasPrefix("arm64 Image")
                    && !facts.xen.modules.contains { $0.range?.start == content.range.start }
            }
            let kernel = facts.failedLoad(at: attempt.loadedAt) == nil ? spare : nil
            return Observation(
                message: isCompressed
                    ? "the kernel at \(attempt.loadedAt) is compressed, and kernel_comp_addr_r and kernel_comp_size "
                        + "do not say where to unpack it"
                    : "there is no arm64 Image at \(attempt.loadedAt)",
                place: attempt.place, severity: severity(attempt, facts), notes: [noteAt(attempt.loadedAt, facts)],
                fix: isCompressed ? nil : kernel.map { attempt.line(1, $0.range.start.description) })
        }
    }

    private static let relocation = Rule(
        "UB-BOOTI-RELOC", .warning, title: "the boot command moves the kernel",
        explanation: """
            A kernel that is not at a 2 MiB boundary is moved up to the next one (`Moving Image from`), with as many \
            bytes as its header asks for, which is more than the file has. Whatever lies there is destroyed without a \
            word; if that is the device tree, a module or another file that is needed, this is an error.
            """,
        evidence: "tried on U-Boot 2023.01 with Xen 4.17: harmless once, and once the device tree was gone."
    ) { facts in
        facts.record.kernelMoves.filter { !facts.explained.contains($0.command) }.map { move in
            let victims = victims(of: move, facts)
            let source = facts.content(at: move.from)
            let loss = victims.isEmpty ? "" : " and destroys " + Wording.list(victims.map(\.name))
            var notes = source.map { [facts.note($0)] } ?? []
            notes += victims.compactMap { victim in
                victim.place.map { Finding.Note("\(victim.name) is named here", at: $0) }
            }
            let target = victims.isEmpty ? move.to.start : facts.freeAddress(for: move.to.size)
            return Observation(
                message: "'booti' moves the kernel from \(move.from) to \(move.to)\(loss)", place: move.place,
                severity: victims.isEmpty ? nil : .error, notes: notes,
                fix: target.flatMap { target in source.flatMap { facts.loadLine($0.command, at: target) } },
                range: move.to)
        }
    }

    /// What lies in the memory that a moved kernel takes.
    private static func victims(of move: KernelMove, _ facts: Evidence) -> [(name: String, place: ScriptPlace?)] {
        var found: [(name: String, place: ScriptPlace?)] = []
        let attempt = facts.attempts.last { $0.command == move.command }
        if let tree = attempt?.tree, facts.treeRange(at: tree).intersects(move.to) {
            found.append(("the device tree at \(tree)", nil))
        }
        for module in facts.xen.modules {
            if let range = module.range, range.intersects(move.to) {
                found.append(("the module \(module.path)", module.place))
            }
        }
        let own = facts.content(at: move.from)
        for (index, content) in facts.contents.enumerated() where content != own && content.range.intersects(move.to) {
            let isNamed = facts.references(to: index).contains { reference in
                reference.name.hasPrefix("the module") || attempt?.tree == reference.range.start
            }
            if !isNamed, !facts.references(to: index).isEmpty { found.append((content.name, content.place)) }
        }
        return found
    }

    /// Whether the kernel was moved over the tree that the same command wants.
    private static func isRuined(_ attempt: BootAttempt, _ facts: Evidence) -> Bool {
        guard let tree = attempt.tree else { return false }
        return facts.record.kernelMoves.contains { move in
            move.command == attempt.command && facts.treeRange(at: tree).intersects(move.to)
        }
    }

    private static let treeOverlap = Rule(
        "UB-BOOTI-FDT-OVERLAP", .error, title: "the device tree lies in the kernel's memory",
        explanation: """
            The kernel needs the memory that its header asks for (`image_size`), which is more than its file has. \
            U-Boot refuses with `ERROR: FDT image overlaps OS image`.
            """,
        evidence: "tried on U-Boot 2023.01 with Xen 4.17."
    ) { facts in
        let seen = refused(facts, .treeOverlap).filter { !isRuined($0, facts) }
        let started = facts.attempts.filter {
            $0.refusal == nil && facts.record.handOff?.tree.intersects($0.kernel) ?? false
        }
        return (seen + started).map { attempt in
            let tree = attempt.tree ?? 0
            return Observation(
                message: "the device tree at \(tree) lies in the kernel's memory \(attempt.kernel)",
                place: attempt.place,
                severity: severity(attempt, facts), notes: [noteAt(tree, facts), noteAt(attempt.loadedAt, facts)],
                fix: facts.content(at: tree).flatMap { content in
                    facts.freeAddress(for: content.range.size).flatMap { facts.loadLine(content.command, at: $0) }
                },
                range: attempt.kernel)
        }
    }

    private static let ramdiskOverlap = Rule(
        "UB-BOOTI-RD-OVERLAP", .error, title: "the ramdisk lies in the kernel's memory",
        explanation: """
            The kernel needs the memory that its header asks for (`image_size`), which is more than its file has: a \
            ramdisk right behind the file is inside. U-Boot refuses with `ERROR: RD image overlaps OS image`.
            """,
        evidence: "tried on U-Boot 2023.01 with Debian's Linux 6.1, whose image_size is 0.6 MiB more than its file."
    ) { facts in
        refused(facts, .ramdiskOverlap).map { attempt in
            let start = attempt.ramdisk?.start ?? 0
            return Observation(
                message: "the ramdisk at \(start) lies in the kernel's memory \(attempt.kernel)", place: attempt.place,
                severity: severity(attempt, facts), notes: [noteAt(start, facts), noteAt(attempt.loadedAt, facts)],
                fix: facts.content(at: start).flatMap { content in
                    facts.freeAddress(for: content.range.size).flatMap { facts.loadLine(content.command, at: $0) }
                },
                range: attempt.kernel)
        }
    }

    private static let ramdiskFormat = Rule(
        "UB-BOOTI-RD-FORMAT", .error, title: "the ramdisk is neither an image nor given with its size",
        explanation: """
            `booti` takes a raw initial ramdisk only as `ADDRESS:SIZE`; an address alone has to be that of a legacy \
            image. Otherwise it prints `Wrong Ramdisk Image Format` and U-Boot is back at its prompt.
            """,
        evidence: "tried on U-Boot 2023.01."
    ) { facts in
        refused(facts, .badRamdisk).map { attempt in
            let start = attempt.ramdisk?.start ?? 0
            let content = facts.content(at: start)
            return Observation(
                message: "what lies at \(start) is no ramdisk image, and the argument gives no size",
                place: attempt.place,
                severity: severity(attempt, facts), notes: [noteAt(start, facts)],
                fix: content.map { attempt.line(2, "\(start):\(Wording.hex($0.range.end - start))") })
        }
    }

    private static let noTree = Rule(
        "UB-BOOTI-NOFDT", .error, title: "the boot command gets no device tree, or not the edited one",
        explanation: """
            Without a third argument U-Boot prints `FDT and ATAGS support not compiled in` and resets; with one that \
            is no tree, `Did not find a cmdline Flattened Device Tree`. A tree other than the one that the script \
            edited boots without the edits.
            """,
        evidence: "tried on U-Boot 2023.01."
    ) { facts in
        let hit = Set(facts.treeHits.map(\.room.range.start))
        let unselected = Set(
            facts.history.entries.filter { $0.failure == .noTree && $0.edit.action == .select }.compactMap(\.edit.tree))
        let edited = editedTree(facts)
        let missing = refused(facts, .noTree, .badTree).compactMap { attempt -> Observation? in
            if isRuined(attempt, facts) { return nil }
            if let tree = attempt.tree, hit.contains(tree) || unselected.contains(tree) { return nil }
            let what =
                attempt.tree.map { "there is no device tree at \($0)" }
                ?? "the boot command names no device tree, so the board resets"
            let tree = edited?.address ?? facts.contents.last { $0.kind.contains("device tree") }?.range.start
            return Observation(
                message: what, place: attempt.place, severity: severity(attempt, facts),
                notes: attempt.tree.map { [noteAt($0, facts)] } ?? [],
                fix: tree.map { attempt.line(3, $0.description) })
        }
        guard let start = facts.attempts.last, start.refusal == nil, let tree = start.tree, let edited,
            edited.address != tree
        else { return missing }
        return missing + [
            Observation(
                message:
                    "the kernel gets the device tree at \(tree), but the script edited the one at \(edited.address)",
                place: start.place, notes: [Finding.Note("this edit is lost", at: edited.place)],
                fix: start.line(3, edited.address.description))
        ]
    }

    /// The tree that the script changed last, if it changed no other one and none was copied.
    private static func editedTree(_ facts: Evidence) -> (address: Address, place: ScriptPlace)? {
        let changes = facts.history.entries.filter { entry in
            entry.failure == nil && [.makeNode, .setProperty].contains(entry.edit.action)
        }
        guard let last = changes.last, let address = last.edit.tree,
            changes.allSatisfy({ $0.edit.tree == address })
        else { return nil }
        let isMoved = facts.history.entries.contains { entry in
            entry.edit.command > last.edit.command && entry.edit.action == .select && entry.edit.tree != address
                && facts.record.command(entry.edit.command)?.words.dropFirst().first?.hasPrefix("mo") ?? false
        }
        return isMoved ? nil : (address, last.edit.place)
    }

    private static let noSpace = Rule(
        "UB-BOOTI-NOSPACE", .error, title: "the boot command finds no memory for the tree or the ramdisk",
        explanation: """
            Unless `fdt_high` and `initrd_high` say otherwise, U-Boot copies the device tree and the ramdisk to free \
            memory below a limit. If there is none, or the tree has no room for what U-Boot adds, it gives up and \
            resets.
            """,
        evidence: "follows from the way in which U-Boot looks for memory; not tried on a board."
    ) { facts in
        refused(facts, .noSpace).map { attempt in
            Observation(
                message: "'booti' finds no memory to move the device tree or the ramdisk to, and the board resets",
                place: attempt.place, notes: limits(facts), fix: "setenv fdt_high 0xffffffffffffffff")
        }
    }

    private static func limits(_ facts: Evidence) -> [Finding.Note] {
        ["fdt_high", "initrd_high", "bootm_low", "bootm_size", "bootm_mapsize"].compactMap { (name: ByteString) in
            facts.record.environment[name].map { Finding.Note("\(name) is \(Wording.quoted($0))") }
        }
    }
}
