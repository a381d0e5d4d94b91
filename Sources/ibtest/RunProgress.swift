import Emulation
import Reports
import Scenarios

/// Shows what runs: one line of a terminal that is written over, or plain lines.
final class RunProgress {
    private enum Way {
        case live, plain, none
    }

    private struct Boot {
        var start = Instant.now
        var phase = "preparation"
        var text = ""
    }

    /// A terminal is not written to more often.
    private static let pause = 0.1

    private let way: Way
    private let file: OutputFile
    private var boots: [String: Boot] = [:]
    private var last = Instant.now
    private var isShown = false

    /// - Parameters:
    ///   - way: `auto`, `plain` or `none`.
    ///   - file: where it is shown.
    init(_ way: String, _ file: OutputFile) {
        self.file = file
        let isTerminal = file.isTerminal && Tool.variable("TERM") != "dumb"
        self.way = way == "plain" ? .plain : way == "auto" && isTerminal ? .live : .none
    }

    /// Listens where nothing is told to others.
    func follow(_ listener: inout RunListener) {
        guard way != .none else { return }
        let (started, happened, wrote) = (listener.started, listener.happened, listener.wrote)
        listener.started = { [self] name in
            started(name)
            boots[name] = Boot()
            show(name, isPressing: true)
        }
        listener.happened = { [self] name, event in
            happened(name, event)
            guard case .phase(let phase, _) = event else { return }
            boots[name]?.phase = phase
            show(name, isPressing: true)
        }
        listener.wrote = { [self] name, writer, line in
            wrote(name, writer, line)
            boots[name]?.text = "\(writer): \(line.text)"
            if way == .live { show(name, isPressing: false) }
        }
    }

    /// Takes a boot that is over away.
    func clear(_ name: String) {
        boots[name] = nil
        guard isShown else { return }
        file.write("\r\u{1b}[K")
        isShown = false
    }

    private func show(_ name: String, isPressing: Bool) {
        guard let boot = boots[name], isPressing || Instant.now.seconds(since: last) > Self.pause else { return }
        last = .now
        let seconds = "\(Int(last.seconds(since: boot.start)))s"
        let others = boots.count > 1 ? "  (and \(boots.count - 1) more)" : ""
        let line = "\(name)  \(boot.phase)  \(seconds)\(others)"
        if way == .plain { return file.write("ibtest: \(line)\n") }
        let text = "\(line)  \(boot.text)".printable.prefix(file.width - 1)
        file.write("\r\u{1b}[K\(text)")
        isShown = true
    }
}
