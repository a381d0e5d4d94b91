import Glibc
import UBoot

/// Reads what the user named.
enum InputFile {
    /// The bytes of a file, or of standard input for `-`; refuses more than `limit`, which `option` raises.
    static func read(_ path: String, limit: Int, option: String? = nil) throws(ToolError) -> [UInt8] {
        do {
            if let bytes = try path == "-" ? standardInput(limit) : RegularFile.read(path, limit: limit) {
                return bytes
            }
        } catch {
            throw ToolError(message: "\(path): \(error)")
        }
        throw ToolError(
            message: "\(path): larger than \(limit) bytes" + (option.map { "; \($0) raises the limit" } ?? ""))
    }

    /// Nil if there are more bytes than `limit`.
    private static func standardInput(_ limit: Int) throws(ErrorNumber) -> [UInt8]? {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.count <= limit {
            let count = unsafe chunk.withUnsafeMutableBytes { unsafe Glibc.read(0, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw ErrorNumber(errno) }
            if count == 0 { return bytes }
            bytes += chunk[..<count]
        }
        return nil
    }
}
