import Foundation
import Glibc

/// The built program as a process of its own.
enum Program {
    /// Lies beside the tests' program.
    static let path: String = {
        let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        let beside = URL(filePath: tests).deletingLastPathComponent().appending(path: "ibtest").path()
        if FileManager.default.isExecutableFile(atPath: beside) { return beside }
        return URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: ".build/debug/ibtest").path()
    }()

    /// What a run with a text on standard input gives.
    static func run(
        _ words: [String], input: String, environment: [String: String] = [:]
    ) throws -> (code: Int32, output: String, errors: String) {
        let process = Process()
        let (source, output, errors) = (Pipe(), Pipe(), Pipe())
        process.executableURL = URL(filePath: path)
        process.arguments = words
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = source
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        try source.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try source.fileHandleForWriting.close()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        let problems = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, text, problems)
    }
}

/// The program at a terminal of its own.
final class Terminal {
    private let descriptor: Int32
    private let process: pid_t
    private(set) var text = ""
    private var isReaped = false

    enum Failure: Error {
        case call(String, Int32)
        /// What was awaited did not come; the text so far.
        case missing(String, after: String)
    }

    /// Starts the program with a terminal that is also the one its signals come from.
    init(_ words: [String], environment: [String: String]) throws {
        // What posix_openpt, unlockpt and ptsname do; the headers do not give them to Swift.
        let master = unsafe open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard master >= 0 else { throw Failure.call("open", errno) }
        var number: Int32 = 0
        let (unlock, getNumber): (UInt, UInt) = (0x4004_5431, 0x8004_5430)
        guard unsafe ioctl(master, unlock, &number) == 0, unsafe ioctl(master, getNumber, &number) == 0 else {
            throw Failure.call("ioctl", errno)
        }
        let name = "/dev/pts/\(number)"
        descriptor = master
        var size = winsize(ws_row: 24, ws_col: 100, ws_xpixel: 0, ws_ypixel: 0)
        unsafe _ = ioctl(master, UInt(TIOCSWINSZ), &size)
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        // Opened by the leader of a session, it becomes the session's terminal.
        unsafe posix_spawn_file_actions_addopen(&actions, 0, name, O_RDWR, 0)
        unsafe posix_spawn_file_actions_adddup2(&actions, 0, 1)
        unsafe posix_spawn_file_actions_adddup2(&actions, 0, 2)
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        // Threads of the tests may have blocked what the terminal sends.
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        unsafe posix_spawnattr_setsigmask(&attributes, &signals)
        let (newSession, ownSignals): (Int16, Int16) = (0x80, 0x08)
        unsafe posix_spawnattr_setflags(&attributes, newSession | ownSignals)
        let arguments = unsafe ([Program.path] + words).map { unsafe strdup($0) } + [nil]
        let variables = unsafe environment.map { unsafe strdup("\($0)=\($1)") } + [nil]
        defer { unsafe (arguments + variables).forEach { unsafe free($0) } }
        var process = pid_t()
        let result = unsafe posix_spawn(&process, Program.path, &actions, &attributes, arguments, variables)
        guard result == 0 else { throw Failure.call("posix_spawn", result) }
        self.process = process
    }

    /// Types text.
    func type(_ text: String) {
        let bytes = Array(text.utf8)
        unsafe _ = write(descriptor, bytes, bytes.count)
    }

    /// Reads until something was shown that has not been awaited before.
    func wait(for expected: String, seconds: Int = 300) throws {
        let deadline = ContinuousClock.now + .seconds(seconds)
        while true {
            if let found = text.range(of: expected) {
                text = String(text[found.upperBound...])
                return
            }
            guard ContinuousClock.now < deadline, let more = read() else {
                throw Failure.missing(expected, after: text)
            }
            text += more
        }
    }

    /// Waits for the end and gives the exit code; nil if it ended otherwise.
    func exitCode(seconds: Int = 300) -> Int32? {
        let deadline = ContinuousClock.now + .seconds(seconds)
        while ContinuousClock.now < deadline {
            var status: Int32 = 0
            if unsafe waitpid(process, &status, WNOHANG) == process {
                isReaped = true
                return status & 0x7f == 0 ? (status >> 8) & 0xff : nil
            }
            if let more = read() { text += more }
        }
        return nil
    }

    /// What comes within a tenth of a second, perhaps nothing; nil at the end.
    private func read() -> String? {
        var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard unsafe poll(&request, 1, 100) > 0 else { return "" }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = unsafe Glibc.read(descriptor, &bytes, bytes.count)
        return count > 0 ? String(decoding: bytes[..<count], as: UTF8.self) : nil
    }

    deinit {
        if !isReaped {
            kill(process, SIGKILL)
            var status: Int32 = 0
            unsafe waitpid(process, &status, 0)
        }
        close(descriptor)
    }
}
