import Glibc
import UBoot

/// A file that a build writes.
public struct BuildOutput: Sendable, Equatable {
    /// Where.
    public var path: String
    /// What.
    public var bytes: [UInt8]
}

/// Why outputs were not written.
public struct OutputError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The file.
    public var path: String
    /// What is wrong with it.
    public var problem: String

    /// The file and the sentence.
    public var description: String { "\(path): \(problem)" }
}

/// Files that appear together or not at all.
public struct OutputSet: Sendable {
    /// The files.
    public var outputs: [BuildOutput] = []

    /// Whether nothing would be overwritten that must not be: no output is an input or another output.
    public func check(inputs: [String]) throws(OutputError) {
        for (index, output) in outputs.enumerated() {
            for input in inputs where input == output.path || HostPath.isSame(input, output.path) {
                throw OutputError(path: output.path, problem: "is an input, and would be overwritten")
            }
            for other in outputs[..<index]
            where other.path == output.path || HostPath.isSame(other.path, output.path) {
                throw OutputError(path: output.path, problem: "is two outputs at once")
            }
            try Self.checkKind(output.path)
        }
    }

    /// Only a file may be replaced, or what a link leads to.
    private static func checkKind(_ path: String) throws(OutputError) {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else {
            let isLink = unsafe lstat(path, &status) == 0
            if isLink { throw OutputError(path: path, problem: "is a link to nothing") }
            return
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            let isFolder = status.st_mode & S_IFMT == S_IFDIR
            throw OutputError(path: path, problem: isFolder ? "is a folder" : "is no regular file")
        }
    }

    /// Writes all files under other names and then renames them; after a failure everything is as it was.
    public func write() throws(OutputError) {
        var staged: [(temporary: String, path: String)] = []
        var done: [(path: String, backup: String?)] = []
        do throws(OutputError) {
            for output in outputs {
                // What a link leads to is written, and the link stays.
                let path = HostPath.real(output.path) ?? output.path
                let temporary = "\(path).\(getpid()).tmp"
                try Self.create(temporary, output)
                staged.append((temporary, path))
            }
            for (temporary, path) in staged {
                let backup = try Self.keep(path)
                done.append((path, backup))
                guard unsafe rename(temporary, path) == 0 else {
                    throw OutputError(path: path, problem: "\(ErrorNumber(errno))")
                }
            }
        } catch {
            for (temporary, _) in staged { unsafe unlink(temporary) }
            for (path, backup) in done.reversed() {
                if let backup { unsafe rename(backup, path) } else { unsafe unlink(path) }
            }
            throw error
        }
        for (_, backup) in done {
            if let backup { unsafe unlink(backup) }
        }
    }

    /// Keeps a file under another name, too, and gives that; nil if there is no file.
    private static func keep(_ path: String) throws(OutputError) -> String? {
        guard HostPath.exists(path) else { return nil }
        try checkKind(path)
        let backup = "\(path).\(getpid()).old"
        // Not every file system has hard links.
        guard unsafe link(path, backup) == 0 || rename(path, backup) == 0 else {
            throw OutputError(path: path, problem: "\(ErrorNumber(errno))")
        }
        return backup
    }

    private static func create(_ temporary: String, _ output: BuildOutput) throws(OutputError) {
        let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw OutputError(path: output.path, problem: "\(ErrorNumber(errno))") }
        let isWritten = writeAll(output.bytes, to: descriptor)
        let number = ErrorNumber(errno)
        guard close(descriptor) == 0, isWritten else {
            unsafe unlink(temporary)
            throw OutputError(path: output.path, problem: "\(number)")
        }
    }

    static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}

/// A folder for files that go again.
final class ScratchFolder {
    let path: String

    /// Makes a folder below `TMPDIR`, or `/tmp`.
    init() throws(OutputError) {
        let parent = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
        var template = Array("\(parent)/ibtest-XXXXXX".utf8CString)
        guard
            let made = unsafe template.withUnsafeMutableBufferPointer({ buffer in
                unsafe buffer.baseAddress.flatMap { unsafe mkdtemp($0) }
            })
        else {
            throw OutputError(path: parent, problem: "\(ErrorNumber(errno))")
        }
        path = unsafe String(cString: made)
    }

    private var names: [String] = []

    /// Writes a file into it, and gives its path.
    func add(_ name: String, _ bytes: [UInt8]) throws(OutputError) -> String {
        let file = path + "/" + name
        let descriptor = unsafe open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw OutputError(path: file, problem: "\(ErrorNumber(errno))") }
        defer { close(descriptor) }
        names.append(name)
        guard OutputSet.writeAll(bytes, to: descriptor) else {
            throw OutputError(path: file, problem: "\(ErrorNumber(errno))")
        }
        return file
    }

    /// A name in it that a program will write to.
    func name(_ name: String) -> String {
        names.append(name)
        return path + "/" + name
    }

    deinit {
        for name in names { unsafe unlink(path + "/" + name) }
        unsafe rmdir(path)
    }
}
