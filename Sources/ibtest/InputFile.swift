import Glibc
import UBoot

/// Reads what the user named.
enum InputFile {
    /// The bytes of a regular file, or of standard input for `-`; refuses more than `limit`, which `option` raises.
    static func read(_ path: String, limit: Int, option: String) throws(ToolError) -> [UInt8] {
        let descriptor = path == "-" ? dup(0) : unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw ToolError(message: "\(path): \(ErrorNumber(errno))") }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw ToolError(message: "\(path): \(ErrorNumber(errno))") }
        if path != "-", status.st_mode & S_IFMT != S_IFREG {
            throw ToolError(message: "\(path): expected a regular file")
        }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.count <= limit {
            let count = unsafe chunk.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw ToolError(message: "\(path): \(ErrorNumber(errno))") }
            if count == 0 { return bytes }
            bytes += chunk[..<count]
        }
        throw ToolError(message: "\(path): larger than \(limit) bytes; \(option) raises the limit")
    }
}
