/// Types lines at U-Boot's prompt: each one only when the prompt is there, and its end only when the line has come
/// back undamaged.
struct PromptDriver {
    private enum State: Equatable {
        /// U-Boot counts down.
        case waitsForCountdown
        /// The next line is typed at the prompt.
        case waitsForPrompt
        /// The line is on its way back.
        case waitsForEcho
        /// The last line has been typed.
        case isDone
    }

    private static let countdown = Array("autoboot:".utf8)
    private static let prompt = Array("\n=> ".utf8)
    /// A line that comes back damaged is typed so often.
    private static let attemptLimit = 3

    private var lines: [[UInt8]]
    private var state = State.waitsForCountdown
    /// What came since something was typed.
    private var text: [UInt8] = [0x0a]
    private var attempts = 0
    /// How often a line came back damaged.
    private(set) var retypedCount = 0
    /// The line that could not be typed; nil as long as all is well.
    private(set) var failedLine: String?

    /// - Parameter lines: what is typed.
    init(_ lines: [String]) {
        self.lines = lines.map { Array($0.utf8) }
    }

    /// Whether the line that starts the boot has been typed.
    var isDone: Bool { state == .isDone }

    /// Whether U-Boot is at its prompt again, after everything was typed.
    var isBack: Bool { isDone && text.suffix(Self.prompt.count).elementsEqual(Self.prompt) }

    /// Takes text of U-Boot; gives what is to be typed.
    mutating func take(_ bytes: [UInt8]) -> [UInt8] {
        var typed: [UInt8] = []
        for byte in bytes {
            text.append(byte)
            while let next = step() { typed += next }
            // Only the end of a long text matters.
            if text.count > 1 << 14 { text.removeFirst(text.count - 1 << 12) }
        }
        return typed
    }

    /// Nothing has come for a while: a line that should have come back did not.
    mutating func noteSilence() -> [UInt8] {
        guard state == .waitsForEcho else { return [] }
        return retype()
    }

    private mutating func step() -> [UInt8]? {
        switch state {
        case .waitsForCountdown:
            if text.suffix(Self.prompt.count).elementsEqual(Self.prompt) {
                state = .waitsForPrompt
                return []
            }
            guard text.suffix(Self.countdown.count).elementsEqual(Self.countdown) else { return nil }
            state = .waitsForPrompt
            text = [0x0a]
            return [0x20]
        case .waitsForPrompt:
            guard text.suffix(Self.prompt.count).elementsEqual(Self.prompt), let line = lines.first else { return nil }
            state = .waitsForEcho
            text = []
            return line
        case .waitsForEcho:
            guard let line = lines.first, text.count >= line.count else { return nil }
            guard text.elementsEqual(line) else { return retype() }
            lines.removeFirst()
            attempts = 0
            text = []
            state = lines.isEmpty ? .isDone : .waitsForPrompt
            return [0x0d]
        case .isDone: return nil
        }
    }

    /// Ctrl-C drops the line.
    private mutating func retype() -> [UInt8] {
        attempts += 1
        retypedCount += 1
        guard attempts < Self.attemptLimit else {
            failedLine = lines.first.map { String(decoding: $0, as: UTF8.self) }
            state = .isDone
            return []
        }
        state = .waitsForPrompt
        text = []
        return [0x03]
    }
}
