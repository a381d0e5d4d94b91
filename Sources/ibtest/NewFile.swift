import Glibc
import UBoot

/// Writes a whole file: under another name first, so that an old one survives a failure.
enum NewFile {
    /// Replaces `path`; refuses if it is one of the files that were read.
    static func write(_ bytes: [UInt8], to path: String, notOver inputs: [String]) throws(ToolError) {
        for input in inputs where isSameFile(path, input) {
            throw ToolError(message: "\(path): is an input, and would be overwritten")
        }
        let temporary = "\(path).\(getpid()).tmp"
        let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw ToolError(message: "\(path): \(ErrorNumber(errno))") }
        let file = OutputFile(descriptor: descriptor)
        file.write(bytes)
        let isClosed = close(descriptor) == 0
        guard !file.hasFailed, isClosed, unsafe rename(temporary, path) == 0 else {
            let number = ErrorNumber(errno)
            unsafe unlink(temporary)
            throw ToolError(message: "\(path): \(number)", code: .fault)
        }
    }

    /// Says now what would be said when a file is written much later.
    static func checkFolder(of path: String) throws(ToolError) {
        let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        guard unsafe access(folder, W_OK | X_OK) != 0 else { return }
        throw ToolError(message: "\(path): \(ErrorNumber(errno))")
    }

    /// Writes a file where there is none yet; leaves none behind where that fails.
    static func create(_ bytes: [UInt8], at path: String) throws(ToolError) {
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            let number = ErrorNumber(errno)
            throw ToolError(message: "\(path): \(number)" + (number.code == EEXIST ? ", and is not overwritten" : ""))
        }
        let file = OutputFile(descriptor: descriptor)
        file.write(bytes)
        guard !file.hasFailed, close(descriptor) == 0 else {
            let number = ErrorNumber(errno)
            unsafe unlink(path)
            throw ToolError(message: "\(path): \(number)", code: .fault)
        }
    }

    private static func isSameFile(_ left: String, _ right: String) -> Bool {
        var first = stat()
        var second = stat()
        guard unsafe stat(left, &first) == 0, unsafe stat(right, &second) == 0 else { return false }
        return first.st_dev == second.st_dev && first.st_ino == second.st_ino
    }
}
