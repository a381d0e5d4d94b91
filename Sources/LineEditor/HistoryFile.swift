internal import Glibc

/// The lines of earlier sessions, in a file that only its owner can read; what cannot be read or written is left alone.
public struct HistoryFile: Sendable {
    /// The file.
    public let path: String
    /// How many lines are kept.
    public let limit: Int
    private static let byteLimit = 4 << 20

    /// Names a file that need not exist.
    public init(path: String, limit: Int) {
        self.path = path
        self.limit = limit
    }

    /// `ibtest/history` below `$XDG_STATE_HOME`, else below `~/.local/state`; nil if there is neither.
    public static func standardPath(_ variable: (String) -> String?) -> String? {
        if let state = variable("XDG_STATE_HOME"), state.hasPrefix("/") { return "\(state)/ibtest/history" }
        guard let home = variable("HOME"), home.hasPrefix("/") else { return nil }
        return "\(home)/.local/state/ibtest/history"
    }

    /// The newest lines, the oldest first; a file with more is cut to them.
    public func load() -> [[UInt8]] {
        guard let bytes = read() else { return [] }
        let lines = bytes.split(separator: UInt8(ascii: "\n")).map { Array($0.filter { $0 >= 0x20 && $0 != 0x7f }) }
        let kept = Array(lines.filter { !$0.isEmpty }.suffix(limit))
        if lines.count > limit { rewrite(kept) }
        return kept
    }

    /// Adds a line at the end; makes the file and its folders where they are missing.
    public func append(_ line: [UInt8]) {
        guard !line.isEmpty, !line.contains(UInt8(ascii: "\n")) else { return }
        var descriptor = open(O_WRONLY | O_APPEND | O_CREAT)
        if descriptor < 0, errno == ENOENT {
            makeFolders()
            descriptor = open(O_WRONLY | O_APPEND | O_CREAT)
        }
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        guard isOwnFile(descriptor) else { return }
        Self.write(line + [UInt8(ascii: "\n")], to: descriptor)
    }

    private func open(_ flags: Int32) -> Int32 {
        unsafe Glibc.open(path, flags | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, 0o600)
    }

    /// Whether it is a regular file, which then is made private.
    private func isOwnFile(_ descriptor: Int32) -> Bool {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return false }
        return status.st_mode & 0o077 == 0 || fchmod(descriptor, 0o600) == 0
    }

    private func read() -> [UInt8]? {
        let descriptor = open(O_RDONLY)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        guard isOwnFile(descriptor) else { return nil }
        // Only the end of a file that something else has filled.
        let end = lseek(descriptor, 0, SEEK_END)
        lseek(descriptor, max(0, end - off_t(Self.byteLimit)), SEEK_SET)
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.count < Self.byteLimit {
            let count = unsafe chunk.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { break }
            bytes += chunk[..<count]
        }
        return bytes
    }

    private func rewrite(_ lines: [[UInt8]]) {
        let temporary = "\(path).\(getpid()).tmp"
        let descriptor = unsafe Glibc.open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return }
        let isWritten = Self.write(lines.flatMap { $0 + [UInt8(ascii: "\n")] }, to: descriptor)
        close(descriptor)
        guard isWritten, unsafe rename(temporary, path) == 0 else {
            unsafe unlink(temporary)
            return
        }
    }

    private func makeFolders() {
        var folder = ""
        for name in path.split(separator: "/").dropLast() {
            folder += "/\(name)"
            unsafe mkdir(folder, 0o700)
        }
    }

    @discardableResult
    private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}
