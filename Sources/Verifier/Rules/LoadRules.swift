internal import UBoot

/// Rules about files that are loaded.
enum LoadRules {
    static let all = [missing, noMemory, overUBoot, overlap]

    private static let missing = Rule(
        "UB-FILE-MISSING", .error, title: "a file could not be loaded",
        explanation: """
            U-Boot prints the reason, such as `TFTP error: 'File not found'`, and the script goes on. What lies at \
            the address is whatever was there before, and `filesize` keeps the value of the last load that worked; \
            the boot then fails far from here, often with Xen's `Could not set up domain`.
            """,
        evidence: "tried on U-Boot 2023.01 with Xen 4.17: the script went on to boot without the file."
    ) { facts in
        failures(facts) { reason in
            switch reason {
            case .fileMissing: "there is no such file"
            case .outsideRoot: "the name leads out of the served folder"
            case .unreadable: "the file cannot be read"
            case .networkUnset(let name): "the variable '\(name)' is not set"
            case .noNetwork: "the board has no network"
            case .noDisk: "there is no such disk, partition or file system"
            case .noRAM, .reserved: nil
            }
        } observation: { failed, reason in
            Observation(
                message: "\(Wording.quoted(failed.file)) is not loaded to \(failed.range.start): \(reason)",
                place: failed.place, range: failed.range)
        }
    }

    private static let noMemory = Rule(
        "UB-LOAD-NORAM", .error, title: "a file is to be loaded where the board has no RAM",
        explanation: """
            U-Boot refuses with `TFTP error: trying to overwrite reserved memory...` and goes on without the file. \
            RAM does not begin at 0 on every board: on QEMU's virt machine it begins at 0x40000000.
            """,
        evidence: "tried on U-Boot 2023.01."
    ) { facts in
        failures(facts) {
            $0 == .noRAM ? "" : nil
        } observation: { failed, _ in
            let ram = Wording.list(facts.ram.map(\.description))
            let target = failed.range.size > 0 ? failed.range.description : failed.range.start.description
            return Observation(
                message: "\(Wording.quoted(failed.file)) cannot be loaded to \(target): RAM is \(ram)",
                place: failed.place, fix: elsewhere(failed, facts), range: failed.range)
        }
    }

    private static let overUBoot = Rule(
        "UB-LOAD-OVER-UBOOT", .error, title: "a file is to be loaded over U-Boot itself",
        explanation: """
            U-Boot moves itself to the top of RAM and protects its code, heap and stack there. It refuses the load \
            with `TFTP error: trying to overwrite reserved memory...` and goes on without the file.
            """,
        evidence: "tried on U-Boot 2023.01; the reserved range was measured."
    ) { facts in
        failures(facts) { reason in
            if case .reserved(let range) = reason { return range.description }
            return nil
        } observation: { failed, reserved in
            let target = failed.range.size > 1 ? failed.range.description : failed.range.start.description
            return Observation(
                message:
                    "\(Wording.quoted(failed.file)) cannot be loaded to \(target): U-Boot itself is at \(reserved)",
                place: failed.place, fix: elsewhere(failed, facts), range: failed.range)
        }
    }

    /// The failed loads for which `reason` gives a text.
    private static func failures(
        _ facts: Evidence, _ reason: (FailedLoad.Reason) -> String?, observation: (FailedLoad, String) -> Observation
    ) -> [Observation] {
        facts.record.failedLoads.compactMap { failed in
            guard !facts.explained.contains(failed.command), let text = reason(failed.reason) else { return nil }
            var seen = observation(failed, text)
            seen.severity = facts.record.severity(of: failed.command)
            return seen
        }
    }

    private static func elsewhere(_ failed: FailedLoad, _ facts: Evidence) -> String? {
        facts.freeAddress(for: failed.range.size).flatMap { facts.loadLine(failed.command, at: $0) }
    }

    // MARK: Overlaps

    private static let overlap = Rule(
        "UB-LOAD-OVERLAP", .error, title: "a load overwrites a file that is still needed",
        explanation: """
            Nothing checks loads against each other. The earlier file is silently damaged, and the system fails when \
            its damaged part is used: a guest hangs or panics, an initial ramdisk does not unpack, or Xen stops with \
            a BUG in its page allocator.
            """,
        evidence: "tried with Xen 4.17 and 4.20: overlapping kernels and ramdisks, with all of these effects."
    ) { facts in
        let contents = facts.contents
        let hits = Set(facts.treeHits.map(\.content))
        let knowsUse = !facts.references.isEmpty
        var seen: [Observation] = []
        var lines: Set<[ScriptPlace?]> = []
        for (index, victim) in contents.enumerated() {
            let users = facts.references(to: index)
            guard !users.isEmpty || !knowsUse else { continue }
            for later in contents.indices.dropFirst(index + 1) {
                let file = contents[later]
                guard !file.isScript, !hits.contains(later), let common = file.range.intersection(victim.range) else {
                    continue
                }
                if users.isEmpty, victim.isScript || victim.command < 0 || file.range.start == victim.range.start {
                    continue
                }
                guard lines.insert([victim.place, file.place]).inserted else { continue }
                seen.append(observation(file, over: victim, common, users, facts))
            }
        }
        return seen
    }

    private static func observation(
        _ file: Content, over victim: Content, _ common: AddressRange, _ users: [Reference], _ facts: Evidence
    ) -> Observation {
        var notes = [facts.note(victim)]
        if let user = users.first(where: { $0.place != nil }) {
            notes.append(Finding.Note("it is needed here", at: user.place))
        }
        let need = users.first.map { ", which \($0.name) needs" } ?? ""
        return Observation(
            message:
                "\(file.name) at \(file.range) overwrites \(Wording.hex(common.size)) bytes of \(victim.name)\(need)",
            place: file.place ?? victim.place, severity: users.isEmpty ? .warning : nil, notes: notes,
            fix: facts.freeAddress(for: file.range.size).flatMap { facts.loadLine(file.command, at: $0) },
            range: common)
    }
}
