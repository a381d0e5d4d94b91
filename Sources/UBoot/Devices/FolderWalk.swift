import Glibc

/// Follows a path name by name, links included, and knows all folders that lead to where it is.
///
/// Every step opens one name without following it, so nobody can move the walk by changing a link meanwhile.
struct FolderWalk {
    /// From the top of the file system to where the walk is.
    private(set) var folders: [FolderHandle]
    private var linkBudget = 40
    private var names: [[UInt8]] = []

    private static let slash = UInt8(ascii: "/")

    /// Begins at the top of the file system.
    init() throws(ErrorNumber) { folders = [try FolderHandle.top()] }

    /// Whether a folder is on the way to where the walk is.
    func isInside(_ folder: FolderHandle) -> Bool { folders.contains { $0.identity == folder.identity } }

    /// Goes to the folder that a path leads to.
    mutating func enter(_ path: [UInt8]) throws(ErrorNumber) {
        if path.first == Self.slash { folders.removeSubrange(1...) }
        push(path)
        while let name = names.popLast() { try step(name) }
    }

    /// Opens the regular file that a path leads to, if it lies below `root`, else `EXDEV`.
    ///
    /// Where it fails, the walk stays where it could not go on.
    mutating func open(
        _ path: [UInt8], below root: FolderHandle
    ) throws(ErrorNumber) -> (descriptor: Int32, byteCount: Int) {
        push(path)
        while let name = names.popLast() {
            guard let here = folders.last, names.isEmpty, !Self.isRelative(name) else {
                try step(name)
                continue
            }
            switch try here.entry(name) {
            case .file:
                guard isInside(root) else { throw ErrorNumber(EXDEV) }
                return try here.open(name)
            case .link: try follow(name, in: here)
            case .folder: try step(name)
            case .other: throw ErrorNumber(EINVAL)
            }
        }
        throw ErrorNumber(EISDIR)
    }

    /// One name that must be a folder or a link.
    private mutating func step(_ name: [UInt8]) throws(ErrorNumber) {
        guard !Self.isRelative(name), let here = folders.last else {
            if name.count == 2, folders.count > 1 { folders.removeLast() }
            return
        }
        if case .link = try here.entry(name) {
            try follow(name, in: here)
        } else {
            folders.append(try here.folder(name))
        }
    }

    private mutating func follow(_ name: [UInt8], in folder: FolderHandle) throws(ErrorNumber) {
        guard linkBudget > 0 else { throw ErrorNumber(ELOOP) }
        linkBudget -= 1
        let target = try folder.target(name)
        if target.first == Self.slash { folders.removeSubrange(1...) }
        push(target)
    }

    /// Puts the names of a path in front of those that are left; a slash at its end asks for a folder.
    private mutating func push(_ path: [UInt8]) {
        if path.last == Self.slash { names.append([UInt8(ascii: ".")]) }
        names += path.split(separator: Self.slash).reversed().map { Array($0) }
    }

    /// Whether a name is `.` or `..`.
    private static func isRelative(_ name: [UInt8]) -> Bool {
        name.count <= 2 && name.allSatisfy { $0 == UInt8(ascii: ".") }
    }
}
