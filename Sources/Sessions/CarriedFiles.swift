internal import Glibc
public import UBoot

/// Serves the files that a session carries.
public struct CarriedFiles: FileServer {
    private let files: [ByteString: [UInt8]]

    /// Unpacks the files of a session.
    public init(_ contents: [String: SessionContent]) throws(SessionFileError) {
        var files: [ByteString: [UInt8]] = [:]
        for (name, content) in contents {
            guard let bytes = content.bytes() else { throw .unknownContent(name) }
            files[ByteString(utf8: name)] = bytes
        }
        self.files = files
    }

    /// Puts a file into a temporary one that has no name any more.
    public func open(_ name: ByteString) throws(FileRefusal) -> ServedFile {
        let relative = ByteString(name.bytes.drop { $0 == UInt8(ascii: "/") })
        guard let bytes = files[relative] else { throw .notFound }
        var template = Array("/tmp/ibtest-XXXXXX".utf8CString)
        let descriptor = unsafe mkstemp(&template)
        guard descriptor >= 0 else { throw .unreadable(errno: errno) }
        unsafe unlink(template)
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else {
                let number = errno
                close(descriptor)
                throw .unreadable(errno: number)
            }
            rest = rest.dropFirst(count)
        }
        lseek(descriptor, 0, SEEK_SET)
        return ServedFile(descriptor: descriptor, byteCount: bytes.count, path: relative.display)
    }
}
