internal import NearestName
internal import UBoot

/// Rules about variables and commands that are not there.
enum CommandRules {
    static let all = [unsetVariable, unavailable, usage, unsimulated]

    private static let unsetVariable = Rule(
        "UB-VAR-UNSET", .error, title: "a variable without a value stands where an address, a file or a name is needed",
        explanation: """
            An unset variable is nothing: an unquoted word disappears and the words behind it move up, so that a load \
            goes to the default address or the boot command gets no device tree. U-Boot says nothing about it. Where \
            only a part of a word is missing and the command works, this is a warning.
            """,
        evidence: "tried on U-Boot 2023.01: `echo a ${nope} b` prints `a b`."
    ) { facts in
        facts.unsetUses.map { use in
            let names = Wording.list(use.record.unsetVariables.map { Wording.quoted($0) })
            let isOne = use.record.unsetVariables.count == 1
            let ran = use.record.words.map { Wording.plain($0) }.joined(separator: " ")
            return Observation(
                message: "the variable\(isOne ? "" : "s") \(names) ha\(isOne ? "s" : "ve") no value: "
                    + "the command runs as '\(ran)'",
                place: use.record.place, severity: use.severity)
        }
    }

    // MARK: Commands that are not there

    private static let unavailable = Rule(
        "UB-CMD-UNAVAILABLE", .error, title: "the board's U-Boot does not have a command",
        explanation: """
            U-Boot prints `Unknown command`, or the usage text where only a subcommand is missing, and goes on with \
            the next line. Which commands exist was decided when the board's U-Boot was built; a script that works on \
            one board may miss `mmc`, `usb` or `fdt apply` on another.
            """,
        evidence: "the lists of commands were taken from the boards' own U-Boot; `fdt apply` was tried on 2023.01."
    ) { facts in
        var groups = Groups()
        for (number, command) in facts.commands {
            guard let key = missing(command) else { continue }
            groups.add(key, command, number)
        }
        return groups.all.map { group in
            let command = group.first
            let unset = command.unsetVariables.map { Finding.Note("the variable \(Wording.quoted($0)) has no value") }
            let what = command.outcome == .unknown ? "command" : "subcommand"
            return Observation(
                message: "the U-Boot of '\(facts.record.board)' has no \(what) '\(group.key)'"
                    + Wording.more(group.count - 1, group.count == 2 ? "use" : "uses"),
                place: command.place, severity: group.isTested ? .info : nil, notes: unset,
                fix: suggestion(command, facts).map { "'\($0)' is the nearest name" })
        }
    }

    /// The name that is not there; nil if the command is.
    private static func missing(_ command: CommandRecord) -> String? {
        switch command.outcome {
        case .unknown: Wording.plain(command.words.first ?? "")
        case .unavailable: subcommand(command)
        case .usage where command.name == "fdt" && command.words.count > 1:
            subcommands.contains { $0.hasPrefix(command.words[1].display.prefix(2)) } ? nil : subcommand(command)
        default: nil
        }
    }

    private static func subcommand(_ command: CommandRecord) -> String {
        command.words.prefix(2).map { Wording.plain($0) }.joined(separator: " ")
    }

    private static let subcommands = [
        "addr", "apply", "boardsetup", "bootcpu", "checksign", "chosen", "get", "header", "list", "memory", "mknode",
        "move", "print", "resize", "rm", "rsvmem", "set",
    ]
    private static func suggestion(_ command: CommandRecord, _ facts: Evidence) -> String? {
        guard let word = command.words.first?.display else { return nil }
        if command.outcome == .usage {
            return nearestName(to: command.words[1].display, among: subcommands).map { "fdt \($0)" }
        }
        guard command.outcome == .unknown, !Machine.knownCommands.contains(word) else { return nil }
        return nearestName(to: word, among: facts.options.commands.sorted())
    }

    private static let usage = Rule(
        "UB-CMD-USAGE", .error, title: "a command is called in a way that it does not understand",
        explanation: """
            U-Boot prints the command's usage text, does nothing, and goes on with the next line. The usual reasons are \
            a missing word, one word too many, or an option that this U-Boot does not have.
            """,
        evidence: "tried on U-Boot 2023.01 for every command."
    ) { facts in
        // `fdt rm` shows its usage too when there is nothing to remove; that is another finding.
        let failedEdits = Set(facts.record.treeEdits.filter { $0.failure != nil }.map(\.command))
        var groups = Groups()
        for (number, command) in facts.commands where command.outcome == .usage {
            guard missing(command) == nil, command.unsetVariables.isEmpty, !failedEdits.contains(number) else {
                continue
            }
            groups.add(command.words.map { Wording.plain($0) }.joined(separator: " "), command, number)
        }
        return groups.all.map { group in
            Observation(
                message: "'\(group.key)' is no right call of \(group.first.name ?? "the command"): U-Boot prints its "
                    + "usage and goes on" + Wording.more(group.count - 1, group.count == 2 ? "time" : "times"),
                place: group.first.place, severity: group.isTested ? .info : nil)
        }
    }

    // MARK: Commands that ibtest lacks

    private static let unsimulated = Rule(
        "UB-CMD-UNSIMULATED", .error, title: "ibtest cannot execute a command that the board has",
        explanation: """
            The real board would do something here that the simulation does not know, so everything behind this line \
            may be different there. ibtest never answers such a command as unknown; it fails with status 1.
            """,
        evidence: "this is about ibtest, not about the board."
    ) { facts in
        var groups = Groups()
        for (number, command) in facts.record.commands.enumerated() where command.outcome == .unsimulated {
            let hasSubcommand = ["fdt", "env"].contains(command.name ?? "")
            groups.add(hasSubcommand ? subcommand(command) : command.name ?? "", command, number)
        }
        return groups.all.map { group in
            Observation(
                message: "'\(group.key)' exists on the board, but ibtest cannot simulate this use of it"
                    + Wording.more(group.count - 1, group.count == 2 ? "time" : "times"),
                place: group.first.place)
        }
    }

    /// Commands that share a reason, by their name.
    private struct Groups {
        struct Group {
            var key: String
            /// The first one whose status nobody looks at, else the first one.
            var first: CommandRecord
            var count: Int
            var isTested: Bool
        }

        private(set) var all: [Group] = []
        private var indices: [String: Int] = [:]

        mutating func add(_ key: String, _ command: CommandRecord, _ number: Int) {
            guard let index = indices[key] else {
                indices[key] = all.count
                all.append(Group(key: key, first: command, count: 1, isTested: command.isTested))
                return
            }
            all[index].count += 1
            if all[index].isTested, !command.isTested {
                all[index].first = command
                all[index].isTested = false
            }
        }
    }
}
