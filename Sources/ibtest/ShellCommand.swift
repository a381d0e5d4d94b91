import Arguments
import Boards
import Glibc
import LineEditor
import Reports
import Sessions
import UBoot

/// `ibtest shell`: the prompt of a simulated board.
struct ShellCommand {
    static let specification = CommandSpec(
        name: "shell",
        abstract: "the prompt of a simulated board, to type at",
        discussion: """
            Lines go to the simulated U-Boot; those that begin with a colon to ibtest: ':help' lists them. Tab completes \
            commands, variables and files of the TFTP root, Ctrl-C stops a loop or drops a line, Ctrl-D leaves. Earlier \
            lines are kept in ibtest/history below $XDG_STATE_HOME (default: ~/.local/state).

            Lines that are piped in are answered as on a console, with prompts.

            ':save FILE' writes the lines with their outputs and statuses; --replay types them at a fresh board and \
            shows what comes out otherwise. Its files are those that the session carries, unless --root is given.

            The exit code is 1 if --replay finds a difference, or, for piped lines, if ':findings' found an error or a \
            limit was reached.
            """,
        examples: [
            .init("ibtest shell --board rpi4 --root /srv/tftp"),
            .init("ibtest shell < lines.txt", "the console's text"),
            .init("ibtest shell --replay session.json", "is everything as it was?"),
        ],
        options: SimulationOptions.specifications(root: "the current folder") + [
            OptionSpec("replay", value: .path("FILE"), help: "type a saved session again and compare")
        ])

    private static let historyLimit = 1000
    private static let sessionByteLimit = 256 << 20

    private let arguments: ParsedArguments
    private let tool: Tool

    init(_ arguments: ParsedArguments, _ tool: Tool) {
        self.arguments = arguments
        self.tool = tool
    }

    func run() throws(ToolError) -> ExitCode {
        if let file = arguments.value("replay") { return try replay(file) }
        let isInteractive = isatty(0) == 1
        let options = SimulationOptions(arguments)
        // At a terminal Ctrl-C stops what does not end.
        let simulation = try options.simulation(defaultRoot: ".", steps: isInteractive ? .max : nil)
        let screen = Screen(tool.standardOutput)
        var session: Session
        do {
            session = try Session(
                simulation, isInteractive: isInteractive, style: tool.textStyle(arguments),
                interruption: isInteractive ? TerminalSignal.interruption : nil, sink: { screen.write($0) })
        } catch let error as DiskAttachmentError {
            throw ToolError(message: error.description)
        } catch {
            throw ToolError(message: "\(error)", code: .fault)
        }
        guard isInteractive else { return answerLines(&session, screen) }
        TerminalSignal.catchInterrupts()
        converse(&session, screen)
        return .well
    }

    // MARK: The two kinds of input

    private func answerLines(_ session: inout Session, _ screen: Screen) -> ExitCode {
        var lines = PlainLines()
        while true {
            screen.write(session.prompt.bytes)
            guard case .line(let line) = lines.read() else { break }
            screen.write(line + [UInt8(ascii: "\n")])
            if show(session.enter(ByteString(line)), screen) { return session.hasFailed ? .failed : .well }
        }
        screen.write([UInt8(ascii: "\n")])
        return session.hasFailed ? .failed : .well
    }

    private func converse(_ session: inout Session, _ screen: Screen) {
        let root = arguments.value("root") ?? "."
        let board = session.simulation.board
        tool.standardOutput.write(
            "\(board.name), U-Boot \(board.description.version), files from \(root); ':help' tells more\n")
        let history = HistoryFile.standardPath(Tool.variable).map { HistoryFile(path: $0, limit: Self.historyLimit) }
        let editor = LineEditor(
            history: history?.load() ?? [], historyLimit: Self.historyLimit, separators: Completion.separators)
        var plain = PlainLines()
        var last: [UInt8] = []
        while true {
            let input: LineEditor.Input
            TerminalSignal.interruption.clear()
            if let editor {
                let completion = Completion(session, root: root)
                input = editor.read(prompt: screen.takeRest() + session.prompt.bytes) {
                    completion.candidates($0, wordAt: $1)
                }
                if case .line = input {} else { screen.startMiddle() }
            } else {
                screen.write(session.prompt.bytes)
                input = plain.read {
                    defer { TerminalSignal.interruption.clear() }
                    return TerminalSignal.interruption.isAsked
                }
            }
            switch input {
            case .line(let line):
                let kept = Array(line.reversed().drop { $0 == UInt8(ascii: " ") }.reversed())
                if !kept.isEmpty, kept != last {
                    editor?.remember(kept)
                    history?.append(kept)
                    last = kept
                }
                if show(session.enter(ByteString(line)), screen) { return }
            case .interrupted:
                if session.ending != .prompt { screen.write([UInt8(ascii: "\n")]) }
                _ = session.interrupt()
            case .end:
                screen.write([UInt8(ascii: "\n")])
                return
            }
        }
    }

    /// Shows what the board did not print itself; true at the end of the session.
    private func show(_ reply: Session.Reply, _ screen: Screen) -> Bool {
        // The terminal has shown `^C`.
        if reply.isInterrupted { screen.write([UInt8(ascii: "\n")]) }
        if reply.note != nil || reply.remark != nil || reply.problem != nil { screen.endLine() }
        if let note = reply.note { tool.standardOutput.write(note + "\n") }
        if let remark = reply.remark { tool.standardError.write("ibtest: \(remark)\n") }
        if let problem = reply.problem { tool.standardError.write("ibtest: \(problem)\n") }
        if let file = reply.file {
            do {
                try NewFile.create(file.bytes, at: Self.path(file.path))
                tool.standardOutput.write(file.note + "\n")
            } catch {
                tool.standardError.write("ibtest: \(error.message)\n")
            }
        }
        return reply.isEnd
    }

    /// The path with the home folder put in for a `~`, as a shell would.
    private static func path(_ typed: String) -> String {
        guard typed.hasPrefix("~/"), let home = Tool.variable("HOME") else { return typed }
        return home + typed.dropFirst()
    }

    // MARK: Replay

    private func replay(_ path: String) throws(ToolError) -> ExitCode {
        let bytes = try InputFile.read(path, limit: Self.sessionByteLimit, option: "nothing")
        let replay: Replay
        do {
            let file = try SessionFile(json: bytes)
            replay = try Replay(file, on: try simulation(for: file, at: path))
        } catch let error as ToolError {
            throw error
        } catch let error as SessionFileError {
            throw ToolError(message: "\(path): \(error)")
        } catch {
            throw ToolError(message: "\(path): \(error)", code: .fault)
        }
        tool.standardOutput.write(replay.text(name: path))
        return replay.differences.isEmpty ? .well : .failed
    }

    private func simulation(for file: SessionFile, at path: String) throws -> Simulation {
        let options = SimulationOptions(arguments)
        if let contents = file.files, arguments.value("root") == nil {
            return try options.simulation(files: try CarriedFiles(contents), board: file.board)
        }
        let root = arguments.value("root") ?? SimulationOptions.folder(of: path)
        return try options.simulation(defaultRoot: root, board: file.board)
    }
}
