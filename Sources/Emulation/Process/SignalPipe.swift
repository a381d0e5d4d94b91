internal import CSystem
internal import Glibc

/// Why signals cannot be caught.
public typealias SignalError = SystemError

/// Tells a loop of Ctrl-C and of requests to end.
public final class SignalPipe {
    /// How often someone asked this process to end, since the first object of this kind was made.
    static var count: Int { Int(csystem_signal_count()) }

    private let loop: EventLoop
    private let body: () -> Void
    private let reading: Descriptor
    private let writing: Descriptor
    private var token: EventLoop.Token?

    /// From here on `body` is called on the loop for each SIGINT, SIGTERM and SIGHUP, as long as this object lives.
    public init(_ loop: EventLoop, _ body: @escaping () -> Void) throws(SignalError) {
        self.loop = loop
        self.body = body
        let (reading, writing) = try Descriptor.pipe()
        self.reading = reading
        self.writing = writing.nonBlocking()
        csystem_signals_to(writing.number)
        token = loop.watch(reading) { [weak self] in self?.check() }
    }

    /// Tells of what came while the loop did not turn.
    public func check() {
        var bytes = [UInt8](repeating: 0, count: 16)
        let count = unsafe read(reading.number, &bytes, bytes.count)
        for _ in 0..<max(0, count) { body() }
    }

    deinit {
        csystem_signals_to(-1)
        loop.drop(token)
    }
}
