internal import Glibc

/// The names in a folder and the folders below it, for completing them.
struct FolderListing {
    /// The folder.
    let root: String
    private static let limit = 10_000

    /// The files whose path from the root begins so, and folders with a `/` at the end, in order; nothing from outside.
    func names(beginningWith word: String) -> [String] {
        let cut = word.lastIndex(of: "/").map { word.index(after: $0) } ?? word.startIndex
        let folder = String(word[..<cut])
        let beginning = word[cut...]
        guard let path = Self.resolved("\(root)/\(folder)"), let top = Self.resolved(root) else { return [] }
        guard path == top || path.hasPrefix(top == "/" ? "/" : top + "/") else { return [] }
        guard let stream = unsafe opendir(path) else { return [] }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream), names.count < Self.limit {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { field in
                unsafe field.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            guard name.hasPrefix(beginning), name != ".", name != "..", !name.hasPrefix(".") || beginning.hasPrefix(".")
            else { continue }
            var status = stat()
            let isFolder = unsafe stat("\(path)/\(name)", &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
            names.append(folder + name + (isFolder ? "/" : ""))
        }
        return names.sorted()
    }

    private static func resolved(_ path: String) -> String? {
        guard let resolved = unsafe realpath(path, nil) else { return nil }
        defer { unsafe free(resolved) }
        return unsafe String(cString: resolved)
    }
}
