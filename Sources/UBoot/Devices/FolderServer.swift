import Glibc

/// Serves the regular files below a folder, and nothing else, whatever names and links say.
///
/// Names are taken as QEMU's TFTP server takes them: one `/` or more at the start means nothing, a name that begins
/// with `../`, has `/../` in it or ends in `/` is refused.
public struct FolderServer: FileServer {
    private let root: FolderHandle
    private let start: FolderWalk
    private let rootPath: String

    /// Opens the folder; throws if it is none, or must not be listed.
    public init(root path: String) throws(ErrorNumber) {
        var walk = try FolderWalk()
        try walk.enter(try FolderHandle.absolutePath(path))
        guard let folder = walk.folders.last else { throw ErrorNumber(ENOENT) }
        try folder.checkAccess()
        root = folder
        start = walk
        rootPath = path.utf8.last == UInt8(ascii: "/") ? path : path + "/"
    }

    /// Opens a file; `path` of the result begins with the root as it was given.
    public func open(_ name: ByteString) throws(FileRefusal) -> ServedFile {
        guard !name.isEmpty, !name.bytes.contains(0) else { throw .notFound }
        guard !Self.isRefused(name) else { throw .outsideRoot }
        let relative = ByteString(name.bytes.drop { $0 == UInt8(ascii: "/") })
        var walk = start
        do {
            let file = try walk.open(relative.bytes, below: root)
            return ServedFile(
                descriptor: file.descriptor, byteCount: file.byteCount, path: rootPath + relative.display)
        } catch {
            // Nothing is told about what lies outside, not even that it is not there.
            guard walk.isInside(root) else { throw .outsideRoot }
            switch error.code {
            case ENOENT, ENOTDIR, ENAMETOOLONG: throw .notFound
            default: throw .unreadable(errno: error.code)
            }
        }
    }

    private static func isRefused(_ name: ByteString) -> Bool {
        let up: [UInt8] = Array("/../".utf8)
        guard !name.hasPrefix("../"), name.bytes.last != UInt8(ascii: "/") else { return true }
        return name.bytes.indices.contains { name.bytes[$0...].starts(with: up) }
    }
}
