internal import Glibc

/// The beginning of a file.
enum FileHead {
    /// At most so many bytes; nil for what cannot be read.
    static func read(_ path: String, _ count: Int) -> [UInt8]? {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: count)
        let got = unsafe bytes.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
        return got < 0 ? nil : Array(bytes[..<got])
    }
}
