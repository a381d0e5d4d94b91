/// A machine as its serial line shows it: one that QEMU emulates, or a recording of one.
public protocol ConsoleMachine: AnyObject {
    /// Is called on the loop's thread for everything that happens.
    var handler: (Emulator.Event) -> Void { get set }
    /// The words that it was started with, the program's name first; none for a recording.
    var commandLine: [String] { get }
    /// The version of what emulates it; nil as long as it is not known.
    var version: String? { get }
    /// The identifier of its process; nil if there is none.
    var identifier: Int32? { get }
    /// Whether a signal has stopped its process.
    var isStopped: Bool { get }
    /// Whether times mean anything: those of a recording do not.
    var isLive: Bool { get }

    /// Lets the machine run on.
    func resume(_ done: @escaping (Result<JSONValue, QMPError>) -> Void)
    /// Takes text from now on in larger pieces.
    func collectText()
    /// Types bytes at the serial line.
    func type(_ bytes: [UInt8])
    /// Ends it; `handler` is told so.
    func quit()
}

extension Emulator: ConsoleMachine {
    /// The process's identifier; nil when it has ended.
    public var identifier: Int32? { isRunning ? process?.identifier : nil }
    /// It runs.
    public var isLive: Bool { true }
    /// Asks QEMU to end, and ends it where it does not do so soon.
    public func quit() { quit(patience: .milliseconds(80)) }
}

extension ConsoleMachine {
    /// Lets the machine run on; nobody waits for it.
    public func resume() { resume { _ in } }
}
