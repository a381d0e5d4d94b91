internal import Glibc

/// A machine that runs under QEMU, with its serial line and its monitor.
///
/// It starts paused; nothing is lost of what it says. It ends with this object, and with the process in any case.
public final class Emulator {
    /// What happens to it.
    public enum Event: Sendable, Equatable {
        /// Text on the serial line.
        case serial([UInt8])
        /// QEMU tells something.
        case monitor(QMPEvent)
        /// The monitor cannot be understood any more.
        case monitorFailed(QMPError)
        /// QEMU has ended; all that it said has been told before. With what it wrote to standard error.
        case ended(ProcessEnding, message: String)
    }

    /// The words that QEMU was started with, its name first.
    public let commandLine: [String]
    private let loop: EventLoop
    private(set) var process: SupervisedProcess?
    private var monitor: QMPClient?
    private var serial: Channel?
    private var keyboard: Channel?
    private var errors: Channel?
    private var message: [UInt8] = []
    /// Is called on the loop's thread for everything that happens.
    public var handler: (Event) -> Void

    private static let messageLimit = 1 << 16

    /// Starts QEMU, paused.
    ///
    /// - Parameters:
    ///   - machine: what to emulate.
    ///   - loop: the loop of the calling thread.
    ///   - handler: is called on that thread for everything that happens.
    /// - Throws: `SystemError` where QEMU cannot be started.
    public init(_ machine: VirtualMachine, on loop: EventLoop, handler: @escaping (Event) -> Void) throws(SystemError) {
        self.loop = loop
        self.handler = handler
        let (ownMonitor, itsMonitor) = try Descriptor.socketPair()
        let (keyboard, itsKeyboard) = try Descriptor.socketPair()
        // Guests write single bytes. A pipe puts them together; a socket is full after a few hundred of them, and then
        // the guest stands still.
        let (serial, itsSerial) = try Descriptor.pipe()
        let (errors, itsErrors) = try Descriptor.pipe()
        let kept = try itsMonitor.aboveStandard()
        let arguments = machine.arguments(.pipes(monitor: kept.number))
        commandLine = [machine.emulator] + arguments
        let request = SupervisedProcess.Request(
            executable: machine.emulator, arguments: arguments, environment: ["PATH=/usr/bin:/bin", "LC_ALL=C"],
            standard: (itsKeyboard, itsSerial, itsErrors), kept: [kept])
        process = try SupervisedProcess(request, on: loop) { [weak self] in self?.end($0) }
        self.errors = Channel(
            loop, errors, received: { [weak self] in self?.collect($0) }, ended: {})
        self.serial = Channel(loop, serial, received: { [weak self] in self?.handler(.serial($0)) }, ended: {})
        self.keyboard = Channel(loop, keyboard, received: { _ in }, ended: {})
        monitor = QMPClient(
            loop, ownMonitor, happened: { [weak self] in self?.handler(.monitor($0)) },
            failed: { [weak self] in self?.handler(.monitorFailed($0)) })
    }

    /// QEMU's version; nil until it has said so.
    public var version: String? { monitor?.version }
    /// Whether QEMU still runs.
    public var isRunning: Bool { process?.status == nil && process != nil }

    /// Whether a signal has stopped QEMU, which says nothing then.
    public var isStopped: Bool { process?.isStopped ?? false }

    /// Lets the machine run on.
    public func resume(_ done: @escaping (Result<JSONValue, QMPError>) -> Void) {
        monitor?.execute("cont", answer: done)
    }

    /// Asks QEMU's monitor to do something.
    public func execute(
        _ command: String, _ arguments: [String: JSONValue] = [:],
        answer: @escaping (Result<JSONValue, QMPError>) -> Void
    ) {
        guard let monitor else { return answer(.failure(.closed(command: command))) }
        monitor.execute(command, arguments, answer: answer)
    }

    /// Takes text from now on only every few milliseconds: guests write single bytes, each of which would cost a read.
    public func collectText() { serial?.pause = .milliseconds(10) }

    /// Types bytes at the serial line.
    public func type(_ bytes: [UInt8]) { keyboard?.send(bytes) }

    /// Asks QEMU to end, and ends it where it does not do so within `patience`.
    public func quit(patience: Duration) {
        guard isRunning else { return }
        monitor?.execute("quit") { _ in }
        loop.after(patience) { [weak self] in self?.process?.kill() }
    }

    /// Ends QEMU at once.
    public func kill() { process?.kill() }

    private func collect(_ bytes: [UInt8]) {
        message += bytes.prefix(max(0, Self.messageLimit - message.count))
    }

    private func end(_ status: ProcessEnding) {
        // What it said last may still be in the sockets.
        serial?.drain()
        monitor?.drain()
        errors?.drain()
        let (serial, monitor, errors) = (serial, monitor, errors)
        (self.serial, self.keyboard, self.monitor, self.errors) = (nil, nil, nil, nil)
        withExtendedLifetime((serial, monitor, errors)) {
            handler(.ended(status, message: String(decoding: message, as: UTF8.self)))
        }
    }
}
