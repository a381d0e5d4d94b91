internal import CSystem
internal import Glibc

/// How a process ended.
public enum ProcessEnding: Sendable, Equatable, CustomStringConvertible {
    /// With an exit code.
    case code(Int32)
    /// By a signal.
    case signal(Int32)

    /// For people.
    public var description: String {
        switch self {
        case .code(let code): "exit code \(code)"
        case .signal(let number): "signal \(number)"
        }
    }
}

/// A child process that ends with this one, whatever happens, and takes its own children with it.
final class SupervisedProcess {
    /// What is to be started.
    struct Request {
        var executable: String
        /// Without the program's name.
        var arguments: [String] = []
        var environment: [String] = []
        var directory: String?
        /// Standard input, output and error.
        var standard: (Descriptor, Descriptor, Descriptor)
        /// Further descriptors that it inherits, under their numbers.
        var kept: [Descriptor] = []
    }

    let identifier: pid_t
    private(set) var status: ProcessEnding?
    private let loop: EventLoop
    private let descriptor: Descriptor
    private var token: EventLoop.Token?

    /// Starts a child on the thread of the loop; `ended` is called once, when it has been reaped.
    init(_ request: Request, on loop: EventLoop, ended: @escaping (ProcessEnding) -> Void) throws(SystemError) {
        self.loop = loop
        (identifier, descriptor) = try Self.start(request)
        token = loop.watch(descriptor) { [weak self] in
            if let self, let status = reap(waits: false) { ended(status) }
        }
    }

    deinit {
        kill()
        _ = reap(waits: true)
    }

    /// Sends a signal to the process and its children.
    func send(_ signal: Int32) {
        if status == nil { killpg(identifier, signal) }
    }

    /// Whether a signal has stopped it, so that it does nothing until another one lets it go on.
    var isStopped: Bool { status == nil && csystem_is_stopped(descriptor.number) != 0 }

    /// Ends the process and its children at once.
    func kill() { send(SIGKILL) }

    private func reap(waits: Bool) -> ProcessEnding? {
        guard status == nil else { return nil }
        var code: Int32 = 0
        var value: Int32 = 0
        guard unsafe csystem_reap(descriptor.number, waits ? 1 : 0, &code, &value) == 1 else { return nil }
        status = code == CLD_EXITED ? .code(value) : .signal(value)
        loop.drop(token)
        // Its children have no reason to stay.
        killpg(identifier, SIGKILL)
        return status
    }

    private static func start(_ request: Request) throws(SystemError) -> (pid_t, Descriptor) {
        let standard = [
            try request.standard.0.aboveStandard(), try request.standard.1.aboveStandard(),
            try request.standard.2.aboveStandard(),
        ]
        let kept = request.kept.map(\.number)
        var words = CStrings([request.executable] + request.arguments)
        var variables = CStrings(request.environment)
        var identifier: pid_t = 0
        var descriptor: Int32 = -1
        let code = unsafe request.executable.withCString { path in
            unsafe withOptionalCString(request.directory) { directory in
                unsafe kept.withUnsafeBufferPointer { kept in
                    unsafe words.withPointers { words in
                        unsafe variables.withPointers { variables in
                            var start = unsafe csystem_spawn()
                            unsafe start.path = path
                            unsafe start.arguments = UnsafePointer(words)
                            unsafe start.environment = UnsafePointer(variables)
                            unsafe start.directory = directory
                            unsafe start.standard = (standard[0].number, standard[1].number, standard[2].number)
                            unsafe start.kept = kept.baseAddress
                            unsafe start.kept_count = Int32(kept.count)
                            return unsafe csystem_start(&start, &identifier, &descriptor)
                        }
                    }
                }
            }
        }
        withExtendedLifetime(standard) {}
        withExtendedLifetime(request.kept) {}
        guard code == 0 else { throw SystemError("start \(request.executable)", code) }
        return (identifier, Descriptor(descriptor))
    }
}

private func withOptionalCString<Result>(_ text: String?, _ body: (UnsafePointer<CChar>?) -> Result) -> Result {
    guard let text else { return body(nil) }
    return unsafe text.withCString { unsafe body($0) }
}

/// Words as C wants them.
@safe private struct CStrings: ~Copyable {
    private var pointers: [UnsafeMutablePointer<CChar>?]

    init(_ words: [String]) {
        unsafe pointers = unsafe words.map { unsafe strdup($0) } + [nil]
    }

    deinit { unsafe pointers.forEach { unsafe free($0) } }

    mutating func withPointers<Result>(
        _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) -> Result
    ) -> Result {
        unsafe pointers.withUnsafeMutableBufferPointer { unsafe body($0.baseAddress) }
    }
}
