internal import Boards
internal import Reports
internal import UBoot
internal import Verifier

/// The commands of ibtest's own at the prompt, which begin with a colon.
enum OwnCommand: String, CaseIterable, Sendable {
    case help, map, findings, record, save, reset, quit

    /// As it is typed.
    var word: String { ":" + rawValue }

    /// What may or must stand behind it.
    var argument: String {
        switch self {
        case .record: " [FILE]"
        case .save: " FILE"
        default: ""
        }
    }

    var meaning: String {
        switch self {
        case .help: "this list"
        case .map: "what lies where in memory"
        case .findings: "what is wrong with what was typed so far"
        case .record: "the loads and edits so far; with FILE, the whole record as JSON"
        case .save: "write the session to FILE; 'ibtest shell --replay FILE' types it again and compares"
        case .reset: "throw the board away and start a fresh one"
        case .quit: "leave, as Ctrl-D does"
        }
    }

    /// The text of `:help`.
    static var overview: String {
        let width = allCases.map { $0.word.count + $0.argument.count }.max() ?? 0
        let lines = allCases.map { command in
            let call = command.word + command.argument
            return "  " + call + String(repeating: " ", count: width - call.count) + "  " + command.meaning
        }
        return lines.joined(separator: "\n")
            + "\nAll else goes to U-Boot, whose own 'help' lists its commands. Tab completes, Ctrl-C stops a loop."
    }
}

extension Session {
    /// Runs a command of ibtest's own.
    mutating func perform(_ line: ByteString) -> Reply {
        let parts = line.display.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
        let word = parts.first.map { String($0.dropFirst()) } ?? ""
        var argument = parts.count > 1 ? String(parts[1]) : nil
        while argument?.last == " " { argument?.removeLast() }
        if argument?.isEmpty == true { argument = nil }
        let near = OwnCommand.allCases.filter { !word.isEmpty && $0.rawValue.hasPrefix(word) }
        guard near.count == 1, let command = near.first else {
            let known = (near.isEmpty ? OwnCommand.allCases : near).map(\.word).joined(separator: ", ")
            return Reply(problem: "expected one of \(known), found ':\(word.printable)'")
        }
        if let argument, command.argument.isEmpty {
            return Reply(problem: "\(command.word) takes nothing, found '\(argument.printable)'")
        }
        switch command {
        case .help: return Reply(note: OwnCommand.overview)
        case .map: return Reply(note: MemoryMap(record).lines(style).joined(separator: "\n"))
        case .findings: return findings()
        case .record: return recorded(in: argument)
        case .save: return saved(in: argument)
        case .reset: return reset()
        case .quit: return Reply(isEnd: true)
        }
    }

    private func findings(in record: BootRecord) -> [Finding] {
        verify(record, options: VerificationOptions(commands: simulation.board.description.commands))
    }

    private mutating func findings() -> Reply {
        let record = record
        let found = findings(in: record)
        if found.contains(where: { $0.severity == .error }) { hasFailed = true }
        let printer = FindingText(record, typed: typedText, style: style)
        let lines = found.flatMap { printer.lines($0) + [""] }
        return Reply(note: (lines + [FindingText.summary(found)]).joined(separator: "\n"))
    }

    private func recorded(in path: String?) -> Reply {
        let record = record
        guard let path else {
            let lines = ["Loads"] + LoadTable(record).lines(style) + ["", "Edits"] + TreeEditList(record).lines(style)
            return Reply(note: lines.joined(separator: "\n"))
        }
        let found = findings(in: record)
        do {
            let bytes = try SimulationJSON(record, findings: found).bytes()
            return Reply(file: File(path: path, bytes: bytes, note: "the record is in \(path.printable)"))
        } catch {
            return Reply(problem: "cannot write JSON: \(error)")
        }
    }

    private func saved(in path: String?) -> Reply {
        guard let path else { return Reply(problem: "expected ':save FILE'") }
        guard !typed.isEmpty else { return Reply(problem: "nothing was typed that could be saved") }
        let files = SessionFile.contents(of: record.loads)
        var notes = ["\(typed.count) line\(typed.count == 1 ? "" : "s") in \(path.printable)"]
        if files == nil { notes.append("the files are too large to be in it: replay with --root") }
        if interruptedCount > 0 { notes.append("\(interruptedCount) stopped by Ctrl-C left out") }
        do {
            let bytes = try SessionFile(self, name: path, files: files).bytes()
            return Reply(file: File(path: path, bytes: bytes, note: notes.joined(separator: "; ")))
        } catch {
            return Reply(problem: "cannot write JSON: \(error)")
        }
    }
}
