/// The serial line of a machine that ran before, of which there is a log; what is typed goes nowhere.
public final class RecordedConsole: ConsoleMachine {
    private static let chunk = 4096

    private let loop: EventLoop
    private var rest: ArraySlice<UInt8>
    private var token: EventLoop.Token?
    private var hasEnded = false
    /// Is called for everything that happens.
    public var handler: (Emulator.Event) -> Void = { _ in }

    /// Plays a log on a loop, as fast as it is taken.
    public init(_ log: [UInt8], on loop: EventLoop) {
        self.loop = loop
        rest = log[...]
    }

    deinit { loop.drop(token) }

    /// None.
    public var commandLine: [String] { [] }
    /// None.
    public var version: String? { nil }
    /// None.
    public var identifier: Int32? { nil }
    /// There is none.
    public var isStopped: Bool { false }
    /// It is over.
    public var isLive: Bool { false }

    /// Begins.
    public func resume(_ done: @escaping (Result<JSONValue, QMPError>) -> Void) {
        done(.success(.null))
        next()
    }

    /// Nothing to do.
    public func collectText() {}
    /// Nobody is there to read it.
    public func type(_ bytes: [UInt8]) {}

    /// Ends it before its end.
    public func quit() {
        rest = []
        next()
    }

    private func next() {
        guard token == nil, !hasEnded else { return }
        token = loop.after(.zero) { [weak self] in self?.play() }
    }

    private func play() {
        token = nil
        let piece = Array(rest.prefix(Self.chunk))
        rest = rest.dropFirst(piece.count)
        if !piece.isEmpty { handler(.serial(piece)) }
        guard rest.isEmpty else { return next() }
        hasEnded = true
        handler(.ended(.code(0), message: ""))
    }
}
