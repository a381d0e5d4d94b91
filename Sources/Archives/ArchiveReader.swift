internal import CArchive

/// Reads an archive of any kind from its start to its end.
@safe public final class ArchiveReader {
    private let library: LibArchive
    private let handle: OpaquePointer
    private let path: String
    private var chunk = [UInt8](repeating: 0, count: 1 << 18)

    /// Opens an archive.
    public init(path: String) throws(ArchiveError) {
        library = try LibArchive.library()
        guard let handle = unsafe library.readNew() else {
            throw .failed(path: path, reason: "libarchive has no memory")
        }
        unsafe self.handle = handle
        self.path = path
        unsafe _ = library.readFilters(handle)
        unsafe _ = library.readFormats(handle)
        guard unsafe library.readOpen(handle, path, 1 << 16) == ARCHIVE_OK else { throw failure }
    }

    deinit { unsafe _ = library.readFree(handle) }

    /// The name of the next regular file; nil at the end.
    ///
    /// Other members, and a `./` in front of a name, are passed over.
    public func next() throws(ArchiveError) -> String? {
        while true {
            var entry: OpaquePointer?
            switch unsafe library.nextHeader(handle, &entry) {
            case ARCHIVE_OK, ARCHIVE_WARN: break
            case ARCHIVE_EOF: return nil
            default: throw failure
            }
            // 0100000 is the type of regular files.
            guard let entry = unsafe entry, unsafe library.filetype(entry) == 0o100000,
                let name = unsafe library.pathname(entry)
            else { continue }
            let text = unsafe String(cString: name)
            return text.hasPrefix("./") ? String(text.dropFirst(2)) : text
        }
    }

    /// The bytes of the file that `next` gave, piece by piece.
    public func read(_ body: ([UInt8]) throws -> Void) throws {
        while true {
            let count = unsafe chunk.withUnsafeMutableBytes {
                unsafe library.readData(handle, $0.baseAddress, $0.count)
            }
            guard count >= 0 else { throw failure }
            if count == 0 { return }
            try body(Array(chunk[..<count]))
        }
    }

    private var failure: ArchiveError {
        let reason = unsafe library.errorString(handle).map { unsafe String(cString: $0) }
        return .failed(path: path, reason: reason ?? "cannot be read")
    }
}
