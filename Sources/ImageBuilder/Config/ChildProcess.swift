import Glibc
import UBoot

/// Runs a program to its end and takes what it prints.
enum ChildProcess {
    /// What came of a program.
    struct Result {
        /// What it wrote to standard output.
        var output: [UInt8]
        /// What it wrote to standard error; nil where that went to this process's own.
        var errors: [UInt8]
        /// Its exit status; 128 and the signal's number if a signal ended it.
        var status: Int32
    }

    /// Why a program did not run to its end.
    enum Failure: Error, Equatable {
        case cannotStart(ErrorNumber)
        case tooMuchOutput
        case timeout(seconds: Int)
    }

    /// Runs a program by its path, or by its name if `PATH` of this process finds it; its standard input is empty.
    ///
    /// It is ended after `seconds`, or when it prints more than `limit` bytes.
    static func run(
        _ arguments: [String], environment: [String], folder: String? = nil, limit: Int = 64 << 20, seconds: Int = 60
    ) throws(Failure) -> Result {
        var output: [Int32] = [-1, -1]
        var errors: [Int32] = [-1, -1]
        guard openPipe(&output) else { throw .cannotStart(ErrorNumber(errno)) }
        guard openPipe(&errors) else {
            output.forEach { close($0) }
            throw .cannotStart(ErrorNumber(errno))
        }
        let identifier: pid_t
        do throws(Failure) {
            identifier = try spawn(arguments, environment, folder, output: output[1], errors: errors[1])
        } catch {
            (output + errors).forEach { close($0) }
            throw error
        }
        close(output[1])
        close(errors[1])
        var reader = PipeReader(descriptors: [output[0], errors[0]], limit: limit)
        let end = PipeReader.now + Int64(seconds) * 1000
        var problem = reader.read(until: end, seconds: seconds)
        // The pipes close a moment before the program has ended.
        if problem == nil, !hasEnded(identifier, until: end) { problem = .timeout(seconds: seconds) }
        // Its whole group ends with it: what it started must not stay.
        kill(-identifier, SIGKILL)
        var status: Int32 = 0
        while unsafe waitpid(identifier, &status, 0) < 0, errno == EINTR {}
        close(output[0])
        close(errors[0])
        if let problem { throw problem }
        let isExit = status & 0x7f == 0
        return Result(
            output: reader.texts[0], errors: reader.texts[1], status: isExit ? status >> 8 & 0xff : 128 + status & 0x7f)
    }

    /// Waits for a program to end, and leaves it to be reaped; false if it has not until then.
    private static func hasEnded(_ identifier: pid_t, until end: Int64) -> Bool {
        var pause: Int32 = 0
        while true {
            var info = unsafe siginfo_t()
            let code = unsafe waitid(P_PID, id_t(identifier), &info, WEXITED | WNOHANG | WNOWAIT)
            if code == 0, unsafe info.si_signo != 0 { return true }
            guard code == 0 || errno == EINTR, PipeReader.now < end else { return false }
            poll(nil, 0, pause)
            pause = min(pause + 1, 20)
        }
    }

    /// Opens a pipe that programs started from here do not get, unless they are given it.
    private static func openPipe(_ ends: inout [Int32]) -> Bool {
        guard unsafe pipe(&ends) == 0 else { return false }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return true
    }

    private static let busyTries = 100

    private static func spawn(
        _ arguments: [String], _ environment: [String], _ folder: String?, output: Int32, errors: Int32
    ) throws(Failure) -> pid_t {
        var actions = unsafe posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        unsafe posix_spawn_file_actions_init(&actions)
        unsafe posix_spawnattr_init(&attributes)
        defer {
            unsafe posix_spawn_file_actions_destroy(&actions)
            unsafe posix_spawnattr_destroy(&attributes)
        }
        unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        unsafe posix_spawn_file_actions_adddup2(&actions, output, 1)
        unsafe posix_spawn_file_actions_adddup2(&actions, errors, 2)
        unsafe posix_spawnattr_setpgroup(&attributes, 0)
        unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
        // There is no other way to a folder of its own from here.
        let arguments = (folder.map { ["/usr/bin/env", "-C", $0] } ?? []) + arguments
        var words: [UnsafeMutablePointer<CChar>?] = unsafe arguments.map { unsafe strdup($0) } + [nil]
        var variables: [UnsafeMutablePointer<CChar>?] = unsafe environment.map { unsafe strdup($0) } + [nil]
        defer {
            unsafe words.forEach { unsafe free($0) }
            unsafe variables.forEach { unsafe free($0) }
        }
        var identifier: pid_t = 0
        var code: Int32
        var tries = 0
        repeat {
            code = unsafe posix_spawnp(&identifier, arguments[0], &actions, &attributes, &words, &variables)
            tries += 1
            // A program that was just written is busy while another thread's child still holds its file.
            if code == ETXTBSY { usleep(2000) }
        } while code == ETXTBSY && tries < Self.busyTries
        guard code == 0 else { throw .cannotStart(ErrorNumber(code)) }
        return identifier
    }
}

/// Reads several pipes until all of them are closed.
private struct PipeReader {
    let descriptors: [Int32]
    let limit: Int
    var texts: [[UInt8]]

    init(descriptors: [Int32], limit: Int) {
        self.descriptors = descriptors
        self.limit = limit
        texts = descriptors.map { _ in [] }
    }

    mutating func read(until end: Int64, seconds: Int) -> ChildProcess.Failure? {
        var open = Set(descriptors.indices)
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while !open.isEmpty {
            let left = end - Self.now
            guard left > 0 else { return .timeout(seconds: seconds) }
            let order = open.sorted()
            var polls = order.map { pollfd(fd: descriptors[$0], events: Int16(POLLIN), revents: 0) }
            let count = unsafe poll(&polls, nfds_t(polls.count), Int32(clamping: left))
            if count < 0, errno != EINTR { return .cannotStart(ErrorNumber(errno)) }
            guard count > 0 else { continue }
            for (position, index) in order.enumerated() where polls[position].revents != 0 {
                let got = unsafe chunk.withUnsafeMutableBytes {
                    unsafe Glibc.read(descriptors[index], $0.baseAddress, $0.count)
                }
                if got < 0, errno == EINTR { continue }
                if got <= 0 { open.remove(index) } else { texts[index] += chunk[..<got] }
                guard texts[index].count <= limit else { return .tooMuchOutput }
            }
        }
        return nil
    }

    /// Milliseconds of the clock that nobody sets.
    static var now: Int64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}
