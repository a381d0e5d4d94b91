internal import UBoot

/// Rules about a script as text, and about how the shell got through it.
enum ScriptRules {
    static let all = [syntax, carriageReturns, ignoredExit, scriptOverFile, limit, hang, busError]

    private static let syntax = Rule(
        "UB-SYNTAX", .error, title: "the shell cannot parse the script",
        explanation: """
            U-Boot prints only `syntax error`. A script ends there without running the rest, and `source` reports \
            success all the same; in a variable that `run` executes, nothing of the text runs. A single `&` or `|`, \
            an unclosed `if`, `for` or quote and a misplaced `then`, `do` or `done` are the usual reasons.
            """,
        evidence: "tried on U-Boot 2023.01: the lines behind the error never run and `$?` is 0."
    ) { facts in
        facts.syntaxErrors.map { event in
            let isVariable = event.place.source.hasPrefix("variable ")
            let effect =
                event.callers.isEmpty
                ? "nothing of it runs"
                : isVariable ? "the variable's text stops here" : "the script ends here, and 'source' reports success"
            let caller = event.callers.last.map { Finding.Note("it was started here", at: $0) }
            let problem =
                event.kind == .unfinished
                ? "the construct that begins here has no end, so everything from here on is lost"
                : "U-Boot cannot parse this: \(effect)"
            return Observation(
                message: "\(problem) (it prints only 'syntax error')", place: event.place,
                notes: caller.map { [$0] } ?? [])
        }
    }

    private static let carriageReturns = Rule(
        "UB-SCRIPT-CRLF", .error, title: "the script has Windows line ends",
        explanation: """
            U-Boot takes the carriage return before a line feed for a part of the line's last word. File names, \
            addresses and device tree values get an invisible character at their end, and files are then not found.
            """,
        evidence: "tried on U-Boot 2023.01 with a script of CR LF lines."
    ) { facts in
        facts.texts.scripts.compactMap { script in
            guard let found = ScriptTexts.carriageReturns(in: script.text) else { return nil }
            return Observation(
                message: "the script has CR LF line ends (\(found.count) lines): each one leaves a carriage return in "
                    + "the line's last word",
                place: ScriptPlace(source: script.source, line: found.line, column: 1),
                fix: "save the script with plain line feeds, for example by dos2unix, and make the image again")
        }
    }

    private static let ignoredExit = Rule(
        "UB-EXIT-IGNORED", .warning, title: "'exit' does not leave the script",
        explanation: """
            In U-Boot 2021.10 to 2023.01 `exit` only sets a status, and the shell goes on with the next command. A \
            script that relies on it to stop after an error boots on with whatever is in memory.
            """,
        evidence: "tried on U-Boot 2023.01, where it is ignored, and on 2025.01, where it works."
    ) { facts in
        guard let release = release(facts.record.version), (2021 * 100 + 10...2023 * 100 + 1).contains(release) else {
            return []
        }
        let commands = facts.record.commands
        return commands.indices.compactMap { index in
            let exit = commands[index]
            guard exit.name == "exit", exit.outcome == .done, !exit.callers.isEmpty else { return nil }
            let following = commands[(index + 1)...].first { $0.callers.count <= exit.callers.count }
            guard let following, following.callers == exit.callers, following.place.source == exit.place.source
            else { return nil }
            return Observation(
                message: "U-Boot \(release / 100).\(twoDigits(release % 100)) ignores 'exit': the script goes on with "
                    + Wording.quoted(following.words.first ?? ""),
                place: exit.place, notes: [Finding.Note("this runs all the same", at: following.place)],
                fix: "put what must not run into the other branch of an 'if'")
        }
    }

    /// The year and month of a version such as `2023.01+dfsg`, as 202301.
    private static func release(_ version: String) -> Int? {
        let parts = version.split(separator: ".", maxSplits: 1)
        guard parts.count == 2, let year = Int(parts[0]), let month = Int(parts[1].prefix(2)) else { return nil }
        return year * 100 + month
    }

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }

    private static let scriptOverFile = Rule(
        "UB-SCRIPT-OVER-FILE", .error, title: "a script lies in the memory of a file",
        explanation: """
            The script's own image destroys the part of the file that it was loaded over; a kernel then dies on \
            instructions that are text of the script. The other way round is harmless (only noted), because `source` \
            runs a copy of the script.
            """,
        evidence: "seen on a Raspberry Pi 4 model: a kernel at 0x2000000 and a script at 0x2400000 inside of it."
    ) { facts in
        let contents = facts.contents
        var seen: [Observation] = []
        for (index, script) in contents.enumerated() where script.isScript {
            for (victim, file) in contents.enumerated() where victim != index {
                guard let common = script.range.intersection(file.range) else { continue }
                let users = facts.references(to: victim)
                if victim < index, let user = users.first {
                    seen.append(
                        Observation(
                            message: "the script \(script.name) at \(script.range) lies in \(file.name) at "
                                + "\(file.range), which \(user.name) needs",
                            place: script.place ?? user.place ?? file.place,
                            notes: [facts.note(file), facts.note(script)],
                            fix: facts.freeAddress(for: script.range.size).map { "load the script to \($0)" },
                            range: common))
                } else if victim > index, isRunning(script, at: file.command, facts) {
                    seen.append(
                        Observation(
                            message: "\(file.name) is loaded over the running script \(script.name) at "
                                + "\(script.range); U-Boot survives it, because it runs a copy",
                            place: file.place, severity: .info, notes: [facts.note(script)], range: common))
                }
            }
        }
        return seen
    }

    /// Whether a command belongs to a script, or to what the script calls.
    private static func isRunning(_ script: Content, at number: Int, _ facts: Evidence) -> Bool {
        guard let command = facts.record.command(number) else { return false }
        return facts.record.sources.contains { source in
            source.range.start == script.range.start && source.command < number
                && (command.place.source == source.source || command.callers.contains { $0.source == source.source })
        }
    }

    private static let limit = Rule(
        "UB-LIMIT", .error, title: "the simulation was stopped by a limit",
        explanation: """
            A script that never ends would hang the board; ibtest stops it at a bound instead. Everything behind that \
            point is unknown, so a boot that needs it cannot be judged.
            """,
        evidence: "the limits are ibtest's own."
    ) { facts in
        guard case .limit(let limit) = facts.record.ending else { return [] }
        let count = facts.record.commandCount
        let (message, fix): (String, String?) =
            switch limit {
            case .steps:
                ("the script was stopped after \(count) commands: it may never end", "--max-steps N allows more")
            case .nesting:
                (
                    "constructs, 'run' or 'source' are nested too deep: the script was stopped after \(count) commands",
                    "look for a variable that runs itself; U-Boot's stack would overflow, so no option raises this"
                )
            case .output:
                (
                    "the script printed too much text and was stopped after \(count) commands",
                    "--max-steps N ends it earlier"
                )
            }
        let deepest = facts.record.events.last { $0.kind == .tooDeep }?.place
        return [Observation(message: message, place: deepest ?? facts.record.commands.last?.place, fix: fix)]
    }

    private static let hang = Rule(
        "UB-HANG", .error, title: "a command of U-Boot never ends",
        explanation: """
            U-Boot itself runs in circles and prints nothing more; only a reset helps. The known case is a regular \
            expression of `setexpr` that repeats something which can match nothing.
            """,
        evidence: "tried on U-Boot 2023.01, which had to be stopped from outside."
    ) { facts in
        guard case .hang(let reason) = facts.record.ending else { return [] }
        let command = facts.record.commands.last { !$0.isCaller && $0.status == nil }
        let name = command.map { Wording.quoted($0.words.first ?? "") } ?? "a command"
        return [Observation(message: "\(name) never ends: \(reason)", place: command?.place)]
    }

    private static let busError = Rule(
        "UB-BUS-ERROR", .error, title: "a command reads or writes where the board has nothing",
        explanation: """
            The bus answers with an error, U-Boot prints `"Synchronous Abort" handler` with its registers, and the \
            board resets. Nothing behind that command runs.
            """,
        evidence: "seen on U-Boot 2023.01, whose fdt commands crash on a tree that was overwritten."
    ) { facts in
        guard case .abort(let range) = facts.record.ending else { return [] }
        let number = facts.record.commands.lastIndex { !$0.isCaller && $0.status == nil }
        // A value that is too long is a finding of its own.
        if let edit = facts.record.treeEdits.last, edit.failure == "value too long", edit.command == number {
            return []
        }
        let command = number.map { facts.record.commands[$0] }
        let name = command.map { Wording.quoted($0.words.first ?? "") } ?? "a command"
        return [
            Observation(
                message: "\(name) touches \(range), where the board has no memory: U-Boot crashes and the board resets",
                place: command?.place,
                notes: facts.treeHits.isEmpty ? [] : [Finding.Note("the device tree was overwritten before")],
                range: range)
        ]
    }
}
