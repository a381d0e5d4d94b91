internal import Glibc

/// The files of a run: the raw serial line, and one log for each writer.
final class RunLogs {
    /// The lines of a writer's log before the first one of text.
    static let headLines = 1

    private let folder: String
    private let raw: Int32
    private var files: [String: (descriptor: Int32, waiting: [UInt8])] = [:]
    private(set) var byteCount = 0
    /// The first failure to write; nil as long as all is in the files.
    private(set) var problem: ArtifactError?

    /// Makes the files in a folder that is there.
    init(folder: String) throws(ArtifactError) {
        self.folder = folder
        raw = try Self.create("\(folder)/console.log")
    }

    deinit {
        flush()
        for file in files.values { close(file.descriptor) }
        close(raw)
    }

    /// Keeps bytes of the serial line as they came.
    func keep(_ bytes: [UInt8]) {
        byteCount += bytes.count
        write(bytes, to: raw, "console")
    }

    /// Adds a line to a writer's log: the host's seconds, the guest's, the text.
    func add(_ line: LogLine, name: String) {
        let host = Self.fixed(line.seconds, width: 9)
        let guest = line.guestSeconds.map { Self.fixed($0, width: 9) } ?? "        -"
        let head = Array("\(host) \(guest)  ".utf8)
        if files[name] == nil {
            let descriptor: Int32
            do throws(ArtifactError) {
                descriptor = try Self.create("\(folder)/\(name).log")
            } catch {
                problem = problem ?? error
                return
            }
            files[name] = (descriptor, Array("# host s  guest s  text\n".utf8))
        }
        files[name]?.waiting += head + line.bytes + [0x0a]
    }

    /// Writes what has not been written yet.
    func flush() {
        for name in files.keys {
            guard let file = files[name], !file.waiting.isEmpty else { continue }
            write(file.waiting, to: file.descriptor, name)
            files[name]?.waiting = []
        }
    }

    /// The names of the logs.
    var names: [String] { files.keys.sorted() }

    static func fixed(_ seconds: Double, width: Int) -> String {
        let thousandths = Int((seconds * 1000).rounded())
        let fraction = String(thousandths % 1000)
        let text = "\(thousandths / 1000).\(String(repeating: "0", count: 3 - fraction.count))\(fraction)"
        return String(repeating: " ", count: max(0, width - text.count)) + text
    }

    private static func create(_ path: String) throws(ArtifactError) -> Int32 {
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw ArtifactError("\(path): \(systemText(errno))") }
        return descriptor
    }

    private func write(_ bytes: [UInt8], to descriptor: Int32, _ name: String) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                problem = problem ?? ArtifactError("\(folder)/\(name).log: \(systemText(errno))")
                return
            }
            rest = rest.dropFirst(count)
        }
    }
}
