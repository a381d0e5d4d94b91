internal import Emulation

/// Boots up to the hand-off, where a catcher stands, and then reads the machine's memory.
final class HandOffProbe {
    /// Why the hand-off was not reached.
    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    private let boot: PreparedBoot
    private let loop: EventLoop
    private let logs: RunLogs
    private let scratch: String
    private let silence: Double
    private var emulator: Emulator?
    private var driver: PromptDriver
    private var text: [UInt8] = []
    private var lastText = Instant.now
    private var failure: String?
    /// What the first register holds when the catcher has the machine.
    private(set) var firstRegister: UInt64?

    init(_ boot: PreparedBoot, on loop: EventLoop, logs: RunLogs, scratch: String, silence: Int) {
        self.boot = boot
        self.loop = loop
        self.logs = logs
        self.scratch = scratch
        self.silence = Double(silence)
        driver = PromptDriver(boot.lines)
    }

    deinit { Folders.remove(scratch) }

    /// Boots, and calls `body` while the machine stands still; does not get that far when somebody asks for an end.
    func run(_ isInterrupted: () -> Bool, _ body: () throws -> Void) throws {
        emulator = try Emulator(boot.machine, on: loop) { [weak self] in self?.handle($0) }
        emulator?.resume()
        lastText = .now
        loop.after(.milliseconds(50)) { [weak self] in self?.look() }
        loop.run { firstRegister == nil && failure == nil && !isInterrupted() }
        if isInterrupted() { failure = "it was interrupted" }
        if failure == nil { try body() }
        emulator?.quit()
        loop.run { emulator?.isRunning == true }
        emulator = nil
        if let failure { throw Failure(description: failure) }
    }

    /// Reads physical memory.
    func memory(_ address: UInt64, _ count: UInt64) throws -> [UInt8] {
        var answer: Result<JSONValue, QMPError>?
        let arguments: [String: JSONValue] = [
            "val": .integer(Int64(clamping: address)), "size": .integer(Int64(clamping: count)),
            "filename": .string(scratch),
        ]
        emulator?.execute("pmemsave", arguments) { answer = $0 }
        loop.run { answer == nil && failure == nil }
        _ = try answer?.get()
        return try Folders.read(scratch, limit: 1 << 30)
    }

    private func handle(_ event: Emulator.Event) {
        switch event {
        case .serial(let bytes):
            logs.keep(bytes)
            lastText = .now
            text = (text + bytes).suffix(256)
            let typed = driver.take(bytes.filter { $0 != 0x0d })
            if !typed.isEmpty { emulator?.type(typed) }
            if driver.isBack { failure = "U-Boot came back to its prompt instead of starting anything" }
        case .monitor: break
        case .monitorFailed(let error): failure = failure ?? "\(error)"
        case .ended(let ending, let message):
            if firstRegister == nil {
                failure = failure ?? "the emulator ended before the hand-off: \(ending) \(message)"
            }
        }
    }

    /// Asks the processor where it is, once there is reason to think that it has arrived.
    private func look() {
        guard failure == nil, firstRegister == nil else { return }
        let quiet = Instant.now.seconds(since: lastText)
        if quiet > silence {
            failure = "the hand-off was not reached: no text for \(Int(silence)) s"
            return
        }
        let hasStarted = text.firstRange(of: Array("Starting kernel ...".utf8)) != nil
        guard driver.isDone, hasStarted || quiet > 0.3 else {
            loop.after(.milliseconds(20)) { [weak self] in self?.look() }
            return
        }
        emulator?.execute("stop") { _ in }
        emulator?.execute("human-monitor-command", ["command-line": .string("info registers")]) { [weak self] in
            self?.judge((try? $0.get())?.text ?? "")
        }
    }

    private func judge(_ registers: String) {
        guard let place = Self.register("PC", registers), let first = Self.register("X00", registers), place >= 4 else {
            return goOn()
        }
        let arguments: [String: JSONValue] = [
            "val": .integer(Int64(clamping: place - 4)), "size": .integer(12), "filename": .string(scratch),
        ]
        emulator?.execute("pmemsave", arguments) { [weak self] answer in
            guard let self else { return }
            let bytes = (try? answer.get()).flatMap { _ in try? Folders.read(self.scratch) } ?? []
            guard bytes.firstRange(of: Catcher.code) != nil else { return goOn() }
            firstRegister = first
        }
    }

    private func goOn() {
        emulator?.resume()
        loop.after(.milliseconds(50)) { [weak self] in self?.look() }
    }

    private static func register(_ name: String, _ text: String) -> UInt64? {
        guard let range = text.firstRange(of: "\(name)=") else { return nil }
        return UInt64(text[range.upperBound...].prefix { $0.isHexDigit }, radix: 16)
    }
}
