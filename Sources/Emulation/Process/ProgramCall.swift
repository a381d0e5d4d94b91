/// A program that runs to its end while the caller waits.
public struct ProgramCall: Sendable {
    /// What came of it.
    public struct Outcome: Sendable, Equatable {
        /// How it ended.
        public var ending: ProcessEnding
        /// What it wrote to standard output.
        public var output: [UInt8]
        /// What it wrote to standard error.
        public var errors: String

        /// Whether its exit code is 0.
        public var isSuccess: Bool { ending == .code(0) }
    }

    /// Why a program did not come to its end.
    public enum Failure: Error, Sendable, Equatable, CustomStringConvertible {
        /// It cannot be started.
        case system(SystemError)
        /// It ran for longer than it may.
        case timeout(program: String, seconds: Int)
        /// Someone asked this process to end.
        case interrupted(program: String)
        /// It wrote more than it may.
        case tooMuchOutput(program: String)

        /// The sentence.
        public var description: String {
            switch self {
            case .system(let error): "\(error)"
            case .timeout(let program, let seconds): "\(program) did not end within \(seconds) s"
            case .interrupted(let program): "\(program) was interrupted"
            case .tooMuchOutput(let program): "\(program) writes without end"
            }
        }
    }

    private static let outputLimit = 64 << 20

    /// The program's path.
    public var executable: String
    /// Its words, without its name.
    public var arguments: [String]
    /// Variables as `NAME=VALUE`.
    public var environment = ["PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C"]
    /// The folder that it runs in; nil for that of this process.
    public var directory: String?
    /// How long it may take.
    public var seconds = 60

    /// A call of a program.
    public init(_ executable: String, _ arguments: [String]) {
        self.executable = executable
        self.arguments = arguments
    }

    /// Runs it.
    public func run() throws(Failure) -> Outcome {
        let loop = EventLoop()
        var output: [UInt8] = []
        var errors: [UInt8] = []
        var ending: ProcessEnding?
        var isLate = false
        let signals = SignalPipe.count
        do throws(SystemError) {
            let (readsOutput, itsOutput) = try Descriptor.pipe()
            let (readsErrors, itsErrors) = try Descriptor.pipe()
            let process = try Self.start(self, itsOutput, itsErrors, loop) { ending = $0 }
            let channels = [
                Channel(loop, readsOutput, received: { output += $0 }, ended: {}),
                Channel(loop, readsErrors, received: { errors += $0 }, ended: {}),
            ]
            let timer = loop.after(.seconds(seconds)) { isLate = true }
            Self.wake(loop)
            loop.run {
                ending == nil && !isLate && SignalPipe.count == signals
                    && output.count + errors.count <= Self.outputLimit
            }
            loop.drop(timer)
            if ending == nil { process.kill() }
            for channel in channels { channel.drain() }
        } catch {
            throw .system(error)
        }
        guard ending != nil || SignalPipe.count == signals else { throw .interrupted(program: executable) }
        guard !isLate else { throw .timeout(program: executable, seconds: seconds) }
        guard let ending else { throw .tooMuchOutput(program: executable) }
        return Outcome(ending: ending, output: output, errors: String(decoding: errors, as: UTF8.self))
    }

    /// Lets a loop look at its condition now and then: signals are told to another one.
    private static func wake(_ loop: EventLoop) {
        loop.after(.milliseconds(100)) { [weak loop] in loop.map(wake) }
    }

    /// In a function of its own, so that our copies of the pipes' ends are closed.
    private static func start(
        _ call: ProgramCall, _ output: Descriptor, _ errors: Descriptor, _ loop: EventLoop,
        _ ended: @escaping (ProcessEnding) -> Void
    ) throws(SystemError) -> SupervisedProcess {
        try SupervisedProcess(
            .init(
                executable: call.executable, arguments: call.arguments, environment: call.environment,
                directory: call.directory, standard: (try .null(), output, errors)), on: loop, ended: ended)
    }
}
