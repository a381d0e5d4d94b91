internal import CSystem
internal import Glibc

/// Why signals cannot be caught.
public typealias SignalError = SystemError

/// Tells a loop of Ctrl-C and of requests to end.
public final class SignalPipe {
    private let loop: EventLoop
    private let reading: Descriptor
    private let writing: Descriptor
    private var token: EventLoop.Token?

    /// From here on `body` is called on the loop for each SIGINT, SIGTERM and SIGHUP, as long as this object lives.
    public init(_ loop: EventLoop, _ body: @escaping () -> Void) throws(SignalError) {
        self.loop = loop
        let (reading, writing) = try Descriptor.pipe()
        self.reading = reading
        self.writing = writing.nonBlocking()
        csystem_signals_to(writing.number)
        token = loop.watch(reading) { [weak self] in
            guard let self else { return }
            var bytes = [UInt8](repeating: 0, count: 16)
            let count = unsafe read(self.reading.number, &bytes, bytes.count)
            for _ in 0..<max(0, count) { body() }
        }
    }

    deinit {
        csystem_signals_to(-1)
        loop.drop(token)
    }
}
