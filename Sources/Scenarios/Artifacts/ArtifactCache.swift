internal import FoundationEssentials
internal import Glibc

/// Files that were fetched or made before, by the digest of their content; and which file answered which request.
public struct ArtifactCache: Sendable {
    /// The folder.
    public let root: String

    /// The cache in a folder, by default `ibtest` below `$XDG_CACHE_HOME` or `~/.cache`.
    public init(root: String? = nil) throws(ArtifactError) {
        if let root {
            self.root = root
        } else if let base = environmentVariable("XDG_CACHE_HOME") {
            self.root = base + "/ibtest"
        } else if let home = environmentVariable("HOME") {
            self.root = home + "/.cache/ibtest"
        } else {
            throw ArtifactError("neither XDG_CACHE_HOME nor HOME is set, so there is no place for a cache")
        }
        for folder in ["objects", "index", "new"] { try Folders.make(self.root + "/" + folder) }
    }

    /// What a request was answered with; nil if it never was, or if that file has gone.
    public func answer(to request: String) throws(ArtifactError) -> StoredFile? {
        guard let data = FileManager.default.contents(atPath: try indexPath(request)),
            let file = try? JSONDecoder().decode(StoredFile.self, from: data)
        else { return nil }
        let stored = StoredFile(
            path: objectPath(file.sha256), sha256: file.sha256, byteCount: file.byteCount, origin: file.origin)
        var information = stat()
        guard unsafe stat(stored.path, &information) == 0, Int(information.st_size) == stored.byteCount else {
            return nil
        }
        return stored
    }

    /// Takes a file over as the answer to a request; the file at `path` is gone then.
    public func store(_ path: String, as request: String, origin: String) throws(ArtifactError) -> StoredFile {
        let (digest, count) = try FileDigest.sha256(of: path)
        let target = objectPath(digest)
        try Folders.make(String(target[..<(target.lastIndex(of: "/") ?? target.endIndex)]))
        unsafe chmod(path, 0o444)
        guard unsafe rename(path, target) == 0 else { throw ArtifactError("\(target): \(systemText(errno))") }
        let file = StoredFile(path: target, sha256: digest, byteCount: count, origin: origin)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(file) else { preconditionFailure("a stored file is no JSON") }
        try Folders.replace(try indexPath(request), Array(data) + [0x0a])
        return file
    }

    /// The name of a file to work on, which goes into the cache or is removed.
    public func workFile() throws(ArtifactError) -> String {
        var template = Array("\(root)/new/XXXXXX".utf8CString)
        let descriptor = unsafe template.withUnsafeMutableBufferPointer { buffer in
            unsafe buffer.baseAddress.map { unsafe mkstemp($0) } ?? -1
        }
        guard descriptor >= 0 else { throw ArtifactError("\(root)/new: \(systemText(errno))") }
        close(descriptor)
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Calls `body` while nobody else changes the cache.
    public func locked<Result>(_ body: () throws(ArtifactError) -> Result) throws(ArtifactError) -> Result {
        let path = root + "/lock"
        let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw ArtifactError("\(path): \(systemText(errno))") }
        defer { close(descriptor) }
        while flock(descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else { throw ArtifactError("\(path): \(systemText(errno))") }
        }
        return try body()
    }

    private func objectPath(_ digest: String) -> String { "\(root)/objects/\(digest.prefix(2))/\(digest)" }

    private func indexPath(_ request: String) throws(ArtifactError) -> String {
        "\(root)/index/\(try FileDigest.sha256(of: Array(request.utf8)))"
    }
}

/// Folders and whole files.
enum Folders {
    /// Makes a folder and those that it lies in.
    static func make(_ path: String) throws(ArtifactError) {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            var information = stat()
            let isOther = unsafe stat(path, &information) == 0
            // Foundation's error says nothing of the system's.
            let reason = unsafe mkdir(path, 0o755) == 0 ? nil : systemText(errno)
            guard let reason else { return }
            throw ArtifactError("\(path): \(isOther ? "is no folder" : "cannot be made: \(reason)")", isUsage: true)
        }
    }

    /// Removes a file, or a folder with all that is in it; nothing is there afterwards.
    static func remove(_ path: String) { try? FileManager.default.removeItem(atPath: path) }

    /// Writes a whole file under another name first.
    static func replace(_ path: String, _ bytes: [UInt8], mode: mode_t = 0o644) throws(ArtifactError) {
        let temporary = "\(path).\(getpid()).tmp"
        let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw ArtifactError("\(path): \(systemText(errno))") }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            rest = rest.dropFirst(count)
        }
        let code = errno
        let isClosed = close(descriptor) == 0
        guard rest.isEmpty, isClosed, unsafe rename(temporary, path) == 0 else {
            unsafe unlink(temporary)
            throw ArtifactError("\(path): \(systemText(code))")
        }
    }

    /// Gives a file a second name, or copies it where that cannot be.
    static func place(_ path: String, at target: String, links: Bool = true) throws(ArtifactError) {
        if let slash = target.lastIndex(of: "/") { try make(String(target[..<slash])) }
        unsafe unlink(target)
        if links, unsafe link(path, target) == 0 { return }
        do {
            try FileManager.default.copyItem(atPath: path, toPath: target)
        } catch {
            throw ArtifactError("\(target): cannot be written")
        }
    }

    /// The bytes of a small file.
    static func read(_ path: String, limit: Int = 64 << 20) throws(ArtifactError) -> [UInt8] {
        var information = stat()
        guard unsafe stat(path, &information) == 0 else {
            throw ArtifactError("\(path): \(systemText(errno))", isUsage: true)
        }
        guard information.st_mode & S_IFMT == S_IFREG, information.st_size <= limit else {
            throw ArtifactError("\(path): expected a file of at most \(limit) bytes", isUsage: true)
        }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ArtifactError("\(path): cannot be read", isUsage: true)
        }
        return Array(data)
    }
}
