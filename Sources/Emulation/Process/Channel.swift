internal import Glibc

/// A stream of bytes in both directions that the loop reads and writes; it never blocks.
final class Channel {
    private let loop: EventLoop
    private var descriptor: Descriptor?
    private var reading: EventLoop.Token?
    private var writing: EventLoop.Token?
    private var waiting: [UInt8] = []
    private let received: ([UInt8]) -> Void
    private let ended: () -> Void
    /// How long nothing is read after something was, so that many small writes of the other side cost one read.
    var pause: Duration?
    private var pausing: EventLoop.Token?
    private var chunk = [UInt8](repeating: 0, count: 1 << 16)

    init(
        _ loop: EventLoop, _ descriptor: Descriptor, received: @escaping ([UInt8]) -> Void,
        ended: @escaping () -> Void
    ) {
        self.loop = loop
        self.descriptor = descriptor
        self.received = received
        self.ended = ended
        listen()
    }

    private func listen() {
        pausing = nil
        guard let descriptor else { return }
        reading = loop.watch(descriptor) { [weak self] in
            guard let self, read(), let pause else { return }
            loop.drop(reading)
            reading = nil
            pausing = loop.after(pause) { [weak self] in self?.listen() }
        }
    }

    deinit {
        loop.drop(reading)
        loop.drop(writing)
        loop.drop(pausing)
    }

    var isOpen: Bool { descriptor != nil }

    /// Sends bytes now, and later what does not fit now; does nothing when the other side has gone.
    func send(_ bytes: [UInt8]) {
        guard descriptor != nil else { return }
        waiting += bytes
        if writing == nil { write() }
    }

    /// Takes what is there, until there is no more; for the time after the other side has ended.
    func drain() {
        while read() {}
    }

    func close() {
        loop.drop(reading)
        loop.drop(writing)
        loop.drop(pausing)
        (reading, writing, pausing, descriptor) = (nil, nil, nil, nil)
    }

    /// Whether something was read.
    private func read() -> Bool {
        guard let descriptor else { return false }
        let count = unsafe chunk.withUnsafeMutableBytes {
            unsafe Glibc.read(descriptor.number, $0.baseAddress, $0.count)
        }
        if count > 0 {
            received(Array(chunk[..<count]))
            return true
        }
        if count < 0, errno == EAGAIN || errno == EINTR { return false }
        close()
        ended()
        return false
    }

    private func write() {
        guard let descriptor else { return }
        while !waiting.isEmpty {
            let count = unsafe waiting.withUnsafeBytes {
                unsafe Glibc.send(descriptor.number, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count < 0, errno == EINTR { continue }
            if count < 0, errno == EAGAIN {
                if writing == nil { writing = loop.watch(descriptor, writes: true) { [weak self] in self?.write() } }
                return
            }
            guard count > 0 else {
                waiting = []
                break
            }
            waiting.removeFirst(count)
        }
        loop.drop(writing)
        writing = nil
    }
}
