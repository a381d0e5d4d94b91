import Glibc

/// Owns a descriptor of a folder that serves to look names up, not to read the folder.
@safe
final class FolderHandle: Sendable {
    /// What a name in a folder is, without following a link.
    enum Entry {
        case folder
        case file
        case link
        case other
    }

    /// Which file on which device, however it is called.
    struct Identity: Equatable {
        var device: dev_t
        var inode: ino_t
    }

    let identity: Identity
    private let descriptor: Int32

    /// Linux' `O_PATH`, which the headers give only to GNU programs.
    private static let lookUpOnly: Int32 = 0x20_0000
    private static let linkCapacity = 4096

    /// The folder that absolute paths begin at.
    static func top() throws(ErrorNumber) -> FolderHandle {
        try FolderHandle(name: Array("/".utf8), at: AT_FDCWD)
    }

    /// The folder inside this one that has a name; a link is refused with `ENOTDIR`.
    func folder(_ name: [UInt8]) throws(ErrorNumber) -> FolderHandle {
        try FolderHandle(name: name, at: descriptor)
    }

    private init(name: [UInt8], at parent: Int32) throws(ErrorNumber) {
        let flags = O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC | Self.lookUpOnly
        let opened = unsafe openat(parent, Self.terminated(name), flags)
        guard opened >= 0 else { throw .current }
        descriptor = opened
        var status = stat()
        guard unsafe fstat(opened, &status) == 0 else {
            let error = ErrorNumber.current
            _ = close(opened)
            throw error
        }
        identity = Identity(device: status.st_dev, inode: status.st_ino)
    }

    deinit { _ = close(descriptor) }

    /// Whether the user may list the folder and look names up in it.
    func checkAccess() throws(ErrorNumber) {
        guard unsafe faccessat(descriptor, ".", R_OK | X_OK, 0) == 0 else { throw .current }
    }

    /// What a name is.
    func entry(_ name: [UInt8]) throws(ErrorNumber) -> Entry {
        var status = stat()
        guard unsafe fstatat(descriptor, Self.terminated(name), &status, AT_SYMLINK_NOFOLLOW) == 0 else {
            throw .current
        }
        return switch status.st_mode & S_IFMT {
        case S_IFDIR: .folder
        case S_IFREG: .file
        case S_IFLNK: .link
        default: .other
        }
    }

    /// Where a link leads.
    func target(_ name: [UInt8]) throws(ErrorNumber) -> [UInt8] {
        var target = [CChar](repeating: 0, count: Self.linkCapacity)
        let count = unsafe readlinkat(descriptor, Self.terminated(name), &target, Self.linkCapacity)
        guard count >= 0 else { throw .current }
        guard count < Self.linkCapacity else { throw ErrorNumber(ENAMETOOLONG) }
        return target.prefix(count).map { UInt8(bitPattern: $0) }
    }

    /// Opens a regular file for reading and gives its length in bytes; never waits, and takes no link.
    func open(_ name: [UInt8]) throws(ErrorNumber) -> (descriptor: Int32, byteCount: Int) {
        let flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC
        let opened = unsafe openat(descriptor, Self.terminated(name), flags)
        guard opened >= 0 else { throw .current }
        var status = stat()
        let isKnown = unsafe fstat(opened, &status) == 0
        guard isKnown, status.st_mode & S_IFMT == S_IFREG else {
            let error = isKnown ? ErrorNumber(EINVAL) : .current
            _ = close(opened)
            throw error
        }
        return (opened, Int(status.st_size))
    }

    /// The path of an existing file from the top, without links.
    static func absolutePath(_ path: String) throws(ErrorNumber) -> [UInt8] {
        guard let resolved = unsafe realpath(path, nil) else { throw .current }
        defer { unsafe free(resolved) }
        return unsafe UnsafeBufferPointer(start: resolved, count: strlen(resolved)).map { UInt8(bitPattern: $0) }
    }

    private static func terminated(_ name: [UInt8]) -> [CChar] { name.map { CChar(bitPattern: $0) } + [0] }
}
