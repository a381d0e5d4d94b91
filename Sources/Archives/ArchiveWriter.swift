internal import CArchive

/// Writes an archive whose bytes depend on nothing but what is put in: owners are root, times are 0.
@safe public final class ArchiveWriter {
    /// The form of an archive.
    public enum Format: Sendable {
        /// What Linux unpacks as an initramfs, compressed with gzip.
        case initramfs
        /// One file, compressed with gzip.
        case gzip
    }

    private let library: LibArchive
    private let handle: OpaquePointer
    private let path: String

    /// Creates the archive; `path` is written over.
    public init(path: String, _ format: Format) throws(ArchiveError) {
        library = try LibArchive.library()
        guard let handle = unsafe library.writeNew() else {
            throw .failed(path: path, reason: "libarchive has no memory")
        }
        unsafe self.handle = handle
        self.path = path
        switch format {
        case .initramfs: try unsafe check(library.setCPIO(handle))
        case .gzip: try unsafe check(library.setRaw(handle))
        }
        try unsafe check(library.addGzip(handle))
        try unsafe check(library.setOptions(handle, "gzip:!timestamp,gzip:compression-level=9"))
        try unsafe check(library.writeOpen(handle, path))
    }

    deinit { unsafe _ = library.writeFree(handle) }

    /// Adds a file.
    public func add(_ name: String, permissions: UInt32 = 0o644, _ bytes: [UInt8]) throws(ArchiveError) {
        try header(name, type: 0o100000, permissions: permissions, size: Int64(bytes.count))
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe library.writeData(handle, $0.baseAddress, $0.count) }
            guard count > 0 else { throw failure }
            rest = rest.dropFirst(count)
        }
    }

    /// Adds a folder.
    public func addFolder(_ name: String) throws(ArchiveError) {
        try header(name, type: 0o040000, permissions: 0o755, size: 0)
    }

    /// Adds a symbolic link.
    public func addLink(_ name: String, to target: String) throws(ArchiveError) {
        try header(name, type: 0o120000, permissions: 0o777, size: 0, target: target)
    }

    /// Ends the archive.
    public func close() throws(ArchiveError) { try unsafe check(library.writeClose(handle)) }

    private func header(
        _ name: String, type: UInt32, permissions: UInt32, size: Int64, target: String? = nil
    ) throws(ArchiveError) {
        guard let entry = unsafe library.entryNew() else {
            throw .failed(path: path, reason: "libarchive has no memory")
        }
        defer { unsafe library.entryFree(entry) }
        unsafe library.setPathname(entry, name)
        unsafe library.setFiletype(entry, type)
        unsafe library.setPermissions(entry, permissions)
        unsafe library.setSize(entry, size)
        unsafe library.setTime(entry, 0, 0)
        unsafe library.setLinkCount(entry, 1)
        if let target { unsafe library.setSymlink(entry, target) }
        try unsafe check(library.writeHeader(handle, entry))
    }

    private func check(_ code: Int32) throws(ArchiveError) {
        guard code == ARCHIVE_OK || code == ARCHIVE_WARN else { throw failure }
    }

    private var failure: ArchiveError {
        let reason = unsafe library.errorString(handle).map { unsafe String(cString: $0) }
        return .failed(path: path, reason: reason ?? "cannot be written")
    }
}
