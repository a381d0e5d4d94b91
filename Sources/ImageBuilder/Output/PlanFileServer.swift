import Glibc
import UBoot

/// Serves the files of a plan under the names that its script uses, and others of the folder behind the prefix.
struct PlanFileServer: FileServer {
    /// Where a name leads.
    enum Source: Sendable {
        case path(String)
        case bytes([UInt8])
    }

    var files: [String: Source]
    var prefix: String
    var folder: FolderServer?

    func open(_ name: ByteString) throws(FileRefusal) -> ServedFile {
        let text = name.display
        switch files[text] {
        case .path(let path)?:
            let descriptor = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw .unreadable(errno: errno) }
            var status = stat()
            guard unsafe fstat(descriptor, &status) == 0 else {
                close(descriptor)
                throw .unreadable(errno: errno)
            }
            return ServedFile(descriptor: descriptor, byteCount: Int(status.st_size), path: path)
        case .bytes(let bytes)?: return try Self.temporary(bytes, text)
        case nil:
            guard let folder else { throw .notFound }
            let hasPrefix = !prefix.isEmpty && name.hasPrefix(ByteString(utf8: prefix + "/"))
            return try folder.open(hasPrefix ? ByteString(name.bytes.dropFirst(prefix.utf8.count + 1)) : name)
        }
    }

    /// A file without a name that holds the bytes.
    private static func temporary(_ bytes: [UInt8], _ name: String) throws(FileRefusal) -> ServedFile {
        var template = Array("/tmp/ibtest-XXXXXX".utf8CString)
        let descriptor = unsafe template.withUnsafeMutableBufferPointer { (buffer) -> Int32 in
            guard let start = buffer.baseAddress else { return -1 }
            let descriptor = unsafe mkstemp(start)
            if descriptor >= 0 { unsafe unlink(start) }
            return descriptor
        }
        guard descriptor >= 0 else { throw .unreadable(errno: errno) }
        guard OutputSet.writeAll(bytes, to: descriptor), lseek(descriptor, 0, SEEK_SET) == 0 else {
            close(descriptor)
            throw .unreadable(errno: errno)
        }
        return ServedFile(descriptor: descriptor, byteCount: bytes.count, path: name)
    }
}
