internal import Glibc
internal import UBoot

/// The files that a board file names, found from its own folder.
struct BoardFolder {
    /// Empty for the current folder, else with a slash at its end.
    let prefix: String

    /// Larger files make no board.
    static let byteLimit = 64 << 20

    init(of boardPath: String) {
        guard let slash = boardPath.lastIndex(of: "/") else {
            prefix = ""
            return
        }
        prefix = String(boardPath[...slash])
    }

    /// The path of a file, which may be absolute.
    func path(_ name: String) -> String { name.hasPrefix("/") ? name : prefix + name }

    /// The bytes of a regular file.
    static func read(_ path: String, limit: Int = byteLimit) throws(BoardError) -> [UInt8] {
        do {
            guard let bytes = try RegularFile.read(path, limit: limit) else {
                throw BoardError(.tooLarge(path: path, limit: limit))
            }
            return bytes
        } catch let error as ErrorNumber {
            throw BoardError(.unreadable(path: path, error))
        } catch let error as BoardError {
            throw error
        } catch {
            preconditionFailure("reading a file threw \(error)")
        }
    }

    /// The names in a folder, in no order; none if it cannot be read.
    static func names(in folder: String) -> [String] {
        guard let stream = unsafe opendir(folder) else { return [] }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { unsafe Array($0.prefix { $0 != 0 }) }
            names.append(String(decoding: name, as: UTF8.self))
        }
        return names
    }

    /// The path without links and dots; as it is where there is no such file.
    static func canonical(_ path: String) -> String {
        guard let canonical = unsafe realpath(path, nil) else { return path }
        defer { unsafe free(canonical) }
        return unsafe String(cString: canonical)
    }

    /// The path of the program that runs, links followed; nil if the system does not tell.
    static func executable() -> String? {
        let link = "/proc/self/exe"
        let path = canonical(link)
        return path == link ? nil : path
    }
}
