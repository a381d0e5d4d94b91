internal import Glibc

/// What comes from standard input, key by key where that is a terminal.
public final class TerminalInput {
    /// Ends it: Ctrl-].
    public static let escape: UInt8 = 0x1d

    /// Whether standard input is a terminal.
    public let isTerminal: Bool
    private let loop: EventLoop
    private let descriptor: Descriptor
    private var token: EventLoop.Token?
    private var settings = termios()

    /// From here on `typed` is called on the loop for what comes, and `ended` once, for Ctrl-] or at the end.
    ///
    /// A terminal passes every key on until this object goes, Ctrl-C among them.
    public init(
        _ loop: EventLoop, typed: @escaping ([UInt8]) -> Void, ended: @escaping () -> Void
    ) throws(SystemError) {
        self.loop = loop
        isTerminal = isatty(0) == 1
        // Not made non-blocking: the shell has the same terminal.
        let copy = fcntl(0, F_DUPFD_CLOEXEC, 3)
        guard copy >= 0 else { throw SystemError("read standard input", errno) }
        descriptor = Descriptor(copy)
        if isTerminal, unsafe tcgetattr(copy, &settings) == 0 {
            var raw = settings
            unsafe cfmakeraw(&raw)
            unsafe tcsetattr(copy, TCSANOW, &raw)
        }
        token = loop.watch(descriptor) { [weak self] in
            guard let self else { return }
            var bytes = [UInt8](repeating: 0, count: 4096)
            let count = unsafe read(descriptor.number, &bytes, bytes.count)
            if count < 0, errno == EINTR || errno == EAGAIN { return }
            let text = bytes.prefix(max(0, count))
            let keys = isTerminal ? text.prefix { $0 != Self.escape } : text
            if !keys.isEmpty { typed(Array(keys)) }
            guard keys.isEmpty || keys.count < text.count else { return }
            loop.drop(token)
            ended()
        }
    }

    deinit {
        loop.drop(token)
        if isTerminal { unsafe tcsetattr(descriptor.number, TCSANOW, &settings) }
    }
}
