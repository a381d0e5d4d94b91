internal import Glibc
internal import Synchronization

/// Reads lines from the terminal, with editing, history and completion.
///
/// There is one terminal, so what libedit calls back for is kept in one place, too.
public struct LineEditor {
    /// What was typed.
    public enum Input: Sendable, Equatable {
        /// A line without its line feed.
        case line([UInt8])
        /// Ctrl-C.
        case interrupted
        /// Ctrl-D, or the terminal has gone.
        case end
    }

    /// Gives what may stand instead of the word that begins at an index and ends where the text does.
    public typealias Completer = @Sendable (_ text: String, _ start: Int) -> [String]

    private struct State {
        var completer: Completer?
        var isInterrupted = false
    }

    private static let state = Mutex(State())
    private let library: EditLibrary

    /// Sets the editor up; nil without libedit, or where the terminal cannot move its cursor.
    ///
    /// - Parameters:
    ///   - history: the lines of earlier sessions, the oldest first.
    ///   - historyLimit: how many lines the arrow keys go back.
    ///   - separators: the characters between words, for completion.
    public init?(history: [[UInt8]], historyLimit: Int, separators: String) {
        let terminal = unsafe getenv("TERM").map { unsafe String(cString: $0) } ?? ""
        guard isatty(0) == 1, isatty(1) == 1, !terminal.isEmpty, terminal != "dumb" else { return nil }
        guard let library = EditLibrary.shared else { return nil }
        let locale = unsafe setlocale(LC_CTYPE, "").map { unsafe String(cString: $0) } ?? "C"
        if locale == "C" || locale == "POSIX" { unsafe _ = setlocale(LC_CTYPE, "C.UTF-8") }
        let isReady = unsafe library.start(
            historyLimit: historyLimit, separators: separators,
            completer: { text, _, end in unsafe LineEditor.complete(text, endingAt: end) },
            onInterrupt: { _, _ in
                LineEditor.state.withLock { $0.isInterrupted = true }
                EditLibrary.shared?.endLine()
                return 0
            })
        guard isReady else { return nil }
        self.library = library
        for line in history { library.remember(line) }
    }

    /// Shows a prompt and reads a line, which must stand at the beginning of a line of the terminal.
    public func read(prompt: [UInt8], completer: @escaping Completer) -> Input {
        Self.state.withLock { $0 = State(completer: completer) }
        let settings = Self.prepareTerminal()
        defer { if let settings { Self.restore(settings) } }
        if let line = library.readLine(prompt: prompt) { return .line(line) }
        return Self.state.withLock { $0.isInterrupted } ? .interrupted : .end
    }

    /// Adds a line that the arrow keys go back to.
    public func remember(_ line: [UInt8]) { library.remember(line) }

    /// Sets the terminal up for a line and gives its settings before; nil if it is no terminal any more.
    ///
    /// While a line is edited Ctrl-C is a key; while a command runs it is the terminal's signal as ever. libedit shows
    /// the prompt before it stops the terminal's echo, and what is typed that quickly would be seen twice.
    private static func prepareTerminal() -> termios? {
        var settings = termios()
        guard unsafe tcgetattr(0, &settings) == 0 else { return nil }
        var changed = settings
        // VINTR and _POSIX_VDISABLE, which are 0 on Linux.
        changed.c_cc.0 = 0
        changed.c_lflag &= ~tcflag_t(ECHO)
        unsafe tcsetattr(0, TCSADRAIN, &changed)
        return settings
    }

    private static func restore(_ settings: termios) {
        var settings = settings
        unsafe tcsetattr(0, TCSADRAIN, &settings)
    }

    /// Answers libedit: an array of C strings that it frees, the part that all have in common first; nil for nothing.
    private static func complete(
        _ text: UnsafePointer<CChar>?, endingAt end: CInt
    ) -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? {
        guard let library = EditLibrary.shared, let completer = state.withLock({ $0.completer }) else { return nil }
        let word = unsafe text.map { unsafe String(cString: $0) } ?? ""
        // libedit counts characters, and the completer bytes.
        let line = String(decoding: library.line, as: UTF8.self).unicodeScalars.prefix(Int(end))
        let before = String(String.UnicodeScalarView(line))
        guard before.hasSuffix(word) else { return nil }
        let found = completer(before, before.utf8.count - word.utf8.count)
        let isWhole = found.count == 1 && !"/}".contains(found[0].last ?? "/")
        library.answerCompletion(append: isWhole ? UInt8(ascii: " ") : nil)
        guard let first = found.first else { return nil }
        let common = found.dropFirst().reduce(first) { $0.commonPrefix(with: $1) }
        let words = found.count == 1 ? [first] : [common] + found
        // libedit looks at the third place even where the second one ends the array.
        let capacity = max(words.count + 1, 3)
        let array = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: capacity)
        unsafe array.initialize(repeating: nil, count: capacity)
        for (index, word) in words.enumerated() { unsafe array[index] = strdup(word) }
        return unsafe array
    }
}

extension String {
    fileprivate func commonPrefix(with other: String) -> String {
        String(zip(self, other).prefix { $0 == $1 }.map(\.0))
    }
}
