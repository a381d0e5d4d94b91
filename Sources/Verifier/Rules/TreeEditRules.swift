internal import DeviceTree
internal import NearestName
internal import UBoot

/// Rules about `fdt` commands that change nothing.
enum TreeEditRules {
    static let all = [beforeAddress, noSpace, notFound, badCell, longValue]

    /// Failed edits that share a cause.
    private struct Group {
        var entries: [EditHistory.Entry]

        /// The one to show: the first whose status nobody looks at, else the first.
        var main: EditHistory.Entry { entries.first { !$0.isTested } ?? entries[0] }
        var severity: Severity? { main.isTested ? .info : nil }
    }

    /// The failed edits whose cause is not reported elsewhere.
    private static func failures(_ facts: Evidence) -> [EditHistory.Entry] {
        facts.history.entries.filter { $0.failure != nil && !facts.explained.contains($0.edit.command) }
    }

    private static func line(_ entry: EditHistory.Entry, _ facts: Evidence) -> String {
        let words = facts.record.command(entry.edit.command)?.words ?? []
        return Wording.quoted(ByteString(words.prefix(3).map(\.bytes).joined(separator: [0x20])))
    }

    private static func more(_ group: Group) -> String {
        let count = group.entries.count - 1
        return Wording.more(count, count == 1 ? "command behind it" : "commands behind it")
    }

    // MARK: No tree

    private static let beforeAddress = Rule(
        "UB-FDT-BEFORE-ADDR", .error, title: "there is no device tree where 'fdt' works",
        explanation: """
            `fdt addr` has to name a loaded tree first. Otherwise U-Boot prints `No FDT memory address configured` or \
            `FDT_ERR_BADMAGIC` for each command and goes on; a tree without the nodes that the script wanted to add \
            makes Xen stop with `Missing kernel boot module?`.
            """,
        evidence: "tried on U-Boot 2023.01 with Xen 4.17."
    ) { facts in
        let ruined = Set(facts.treeHits.map(\.room.range.start))
        var groups: [Group] = []
        var isOpen = false
        for entry in facts.history.entries {
            if entry.edit.action == .select, entry.failure == nil { isOpen = false }
            guard entry.failure == .noTree, !facts.explained.contains(entry.edit.command) else { continue }
            if let tree = entry.edit.tree, ruined.contains(tree), entry.edit.action != .select { continue }
            if isOpen { groups[groups.count - 1].entries.append(entry) } else { groups.append(Group(entries: [entry])) }
            isOpen = true
        }
        return groups.map { withoutTree($0, facts) }
    }

    private static func withoutTree(_ group: Group, _ facts: Evidence) -> Observation {
        let main = group.main
        var notes: [Finding.Note] = []
        let address = main.edit.tree
        let select = group.entries.first { $0.edit.action == .select }
        if let select, select.edit.command != main.edit.command {
            notes.append(Finding.Note("no tree was found here", at: select.edit.place))
        }
        if let address = select?.edit.tree ?? address {
            if let failed = facts.failedLoad(at: address) {
                notes.append(Finding.Note("\(Wording.quoted(failed.file)) was not loaded here", at: failed.place))
            } else if let content = facts.content(at: address) {
                notes.append(facts.note(content))
            } else {
                notes.append(Finding.Note("nothing was loaded to \(address)"))
            }
        }
        let reason = address.map { "there is no device tree at \($0)" } ?? "no device tree was chosen by 'fdt addr'"
        let trees = facts.contents.filter { $0.kind.contains("device tree") }
        return Observation(
            message: "\(line(main, facts)) does nothing: \(reason)\(more(group))", place: main.edit.place,
            severity: group.severity, notes: notes, fix: trees.last.map { "fdt addr \($0.range.start)" },
            range: nil)
    }

    // MARK: No room

    private static let noSpace = Rule(
        "UB-FDT-NOSPACE", .error, title: "the device tree has no room for a change",
        explanation: """
            A tree as dtc writes it has no room to grow; `fdt resize EXTRA` (hexadecimal) makes some. Without it \
            U-Boot prints `FDT_ERR_NOSPACE`, later commands print `FDT_ERR_NOTFOUND` for the nodes that were not \
            made, and Xen finds no kernel (`Missing kernel boot module?`).
            """,
        evidence: "tried on U-Boot 2023.01 and 2025.01 with Xen 4.17."
    ) { facts in
        var groups: [Group] = []
        var isOpen = false
        var missing: [String] = []
        for entry in facts.history.entries where !facts.explained.contains(entry.edit.command) {
            if entry.failure == .noSpace {
                if isOpen {
                    groups[groups.count - 1].entries.append(entry)
                } else {
                    groups.append(Group(entries: [entry]))
                }
                if entry.edit.action == .makeNode { missing.append(entry.target) }
                isOpen = true
            } else if isOpen, entry.failure == .notFound, isLost(entry, missing) {
                groups[groups.count - 1].entries.append(entry)
            } else if [.select, .resize].contains(entry.edit.action), entry.failure == nil {
                isOpen = false
            }
        }
        return groups.map { group in
            if group.main.edit.action == .resize { return shortMove(group, facts) }
            let needed = group.entries.reduce(UInt64(0)) { $0 + size(of: $1, facts) }
            let address = group.main.edit.tree.map { " (the tree at \($0))" } ?? ""
            return Observation(
                message: "\(line(group.main, facts)) finds no room in the device tree\(address): nothing is changed"
                    + more(group),
                place: group.main.edit.place, severity: group.severity,
                notes: lastResize(before: group.main, facts).map { [$0] } ?? [],
                fix: "fdt resize \(Wording.hex(((needed + 0x200) | 0xfff) + 1))")
        }
    }

    private static func shortMove(_ group: Group, _ facts: Evidence) -> Observation {
        let words = facts.record.command(group.main.edit.command)?.words ?? []
        return Observation(
            message: "\(line(group.main, facts)) does nothing: the tree is longer than "
                + (words.dropFirst(4).first.map { "the \(Wording.plain($0)) bytes it is to have" } ?? "its new place"),
            place: group.main.edit.place, severity: group.severity,
            notes: lastResize(before: group.main, facts).map { [$0] } ?? [])
    }

    private static func lastResize(before entry: EditHistory.Entry, _ facts: Evidence) -> Finding.Note? {
        facts.rooms.last { $0.command < entry.edit.command && $0.range.start == entry.edit.tree }.map { room in
            Finding.Note("from here on the tree has \(Wording.hex(room.range.size)) bytes", at: room.place)
        }
    }

    /// Roughly the bytes that an edit adds to a tree.
    private static func size(of entry: EditHistory.Entry, _ facts: Evidence) -> UInt64 {
        let words = facts.record.command(entry.edit.command)?.words ?? []
        return UInt64(words.dropFirst(3).reduce(24) { $0 + $1.count + 4 })
    }

    private static func isLost(_ entry: EditHistory.Entry, _ missing: [String]) -> Bool {
        missing.contains { TreePaths.isBelow(entry.path, $0) }
    }

    // MARK: No such node

    private static let notFound = Rule(
        "UB-FDT-NOTFOUND", .error, title: "a path in the device tree does not exist",
        explanation: """
            U-Boot prints `FDT_ERR_NOTFOUND` (or `FDT_ERR_BADPATH` for an alias), changes nothing and goes on; it \
            never makes missing nodes by itself. Only reading or removing what is not there is a warning.
            """,
        evidence: "tried on U-Boot 2023.01."
    ) { facts in
        var order: [String] = []
        var groups: [String: Group] = [:]
        var missing: [String] = []
        var makers: [String: String] = [:]
        for entry in facts.history.entries where !facts.explained.contains(entry.edit.command) {
            if entry.failure == .noSpace, entry.edit.action == .makeNode { missing.append(entry.target) }
            guard entry.failure == .notFound, !isLost(entry, missing) else { continue }
            let isMild = isMild(entry)
            let absent = firstMissing(entry.path, facts)
            var key = (isMild ? "?" : "!") + (absent ?? entry.path + "\0" + entry.edit.name.display)
            // A node that could not be made under a wrong path is missing under the right one as well.
            if let absent, let maker = makers[lastName(absent)] { key = maker }
            if entry.edit.action == .makeNode { makers[entry.edit.name.display] = key }
            if groups[key] == nil { order.append(key) }
            groups[key, default: Group(entries: [])].entries.append(entry)
        }
        return order.compactMap { groups[$0] }.map { unknownPath($0, facts) }
    }

    private static func lastName(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

    /// Whether an edit only reads or removes.
    private static func isMild(_ entry: EditHistory.Entry) -> Bool {
        [.read, .removeNode, .removeProperty].contains(entry.edit.action)
    }

    private static func unknownPath(_ group: Group, _ facts: Evidence) -> Observation {
        let main = group.main
        let severity: Severity? = main.isTested ? .info : isMild(main) ? .warning : nil
        guard let missing = firstMissing(main.path, facts) else {
            let maker = facts.history.maker(of: main.path)
            let isLater = maker.map { $0.command > main.edit.command } ?? false
            let what =
                isMild(main) && !isLater
                ? "\(main.path) has no '\(main.edit.name)'" : "there is no node \(main.path) yet"
            return Observation(
                message: "\(line(main, facts)) does nothing: \(what)\(more(group))", place: main.edit.place,
                severity: severity,
                notes: isLater ? [Finding.Note("the node is only made here", at: maker?.place)] : [])
        }
        let parent = String(missing[..<(missing.lastIndex(of: "/") ?? missing.startIndex)])
        let name = String(missing.dropFirst(parent.count + 1))
        let siblings = facts.tree?[parent + "/"]?.children.map { String(decoding: $0.name, as: UTF8.self) } ?? []
        let near = nearestName(to: name, among: siblings)
        let make = "fdt mknod \(parent.isEmpty ? "/" : parent) \(name)"
        return Observation(
            message: "\(line(main, facts)) does nothing: the device tree has no node \(missing)\(more(group))",
            place: main.edit.place, severity: severity,
            notes: near.map { [Finding.Note("there is \(TreePaths.join(parent.isEmpty ? "/" : parent, $0))")] } ?? [],
            fix: isMild(main) || near != nil || !main.edit.path.hasPrefix("/") ? nil : make)
    }

    /// The first part of a path that the final tree does not have; nil if it has all of it.
    private static func firstMissing(_ path: String, _ facts: Evidence) -> String? {
        var node = facts.tree?.root
        var found = ""
        for part in path.split(separator: "/") {
            node = node?.child(named: Array(part.utf8))
            found += "/" + part
            if node == nil { return found }
        }
        return nil
    }

    // MARK: Values

    private static let badCell = Rule(
        "UB-FDT-BADCELL", .error, title: "a value of 'fdt set' cannot be read",
        explanation: """
            Between `<` and `>` U-Boot reads decimal numbers, `0x` hexadecimal and `0` octal ones; `F0` is none. It \
            prints `Sorry, I could not convert` or `Unexpected character` and leaves the property as it was, usually \
            missing.
            """,
        evidence: "tried on U-Boot 2023.01; Xen 4.17 then died without a message."
    ) { facts in
        failures(facts).filter { $0.failure == .badValue }.map { entry in
            let words = facts.record.command(entry.edit.command)?.words.dropFirst(4) ?? []
            let bad = FDTCells.tokens(words).first { $0 != [UInt8(ascii: "?")] && TypedNumber.cell($0) == nil }
            let hex = bad.flatMap { TypedNumber.hex($0) }
            let problem = bad.map { "\(Wording.quoted(ByteString($0))) is no number" } ?? "it has no closing bracket"
            return Observation(
                message: "the value of \(Wording.quoted(entry.edit.name)) in \(entry.path) is not set: \(problem)",
                place: entry.edit.place, severity: facts.record.severity(of: entry.edit.command),
                fix: hex.map { Wording.hex($0) })
        }
    }

    private static let longValue = Rule(
        "UB-FDT-VALUE-LONG", .error, title: "a value of 'fdt set' is longer than U-Boot's buffer",
        explanation: """
            The buffer has 1024 bytes and new values are not checked against it. A little more and the next `fdt` \
            command fails with `FDT_ERR_BADMAGIC`; some dozens more and U-Boot crashes with a `Synchronous Abort`.
            """,
        evidence: "tried on U-Boot 2023.01: 1023 characters work, 1026 and 1094 do not."
    ) { facts in
        failures(facts).filter { $0.failure == .longValue }.map { entry in
            let words = facts.record.command(entry.edit.command)?.words.dropFirst(4) ?? []
            let size = words.reduce(0) { $0 + $1.count + 1 }
            return Observation(
                message: "the value of \(Wording.quoted(entry.edit.name)) in \(entry.path) does not fit into "
                    + "U-Boot's 1024 bytes (the words have \(size))",
                place: entry.edit.place)
        }
    }
}
