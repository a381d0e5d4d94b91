internal import Archives
internal import Glibc

/// Finds packed files that cannot be unpacked to their end.
///
/// It reads all of a file, so that it is asked only where a boot has failed.
enum DamagedFile {
    private static let rule = "FILE-DAMAGED"

    /// What is wrong with a file that gzip has packed; nil if nothing is, or for any other file.
    static func finding(_ name: String, _ file: StoredFile) -> PreparedBoot.Simulated? {
        guard let head = FileHead.read(file.path, 2), head == [0x1f, 0x8b] else { return nil }
        do {
            let reader = try ArchiveReader(path: file.path, isOneFile: true)
            guard try reader.next() != nil else { return nil }
            try reader.read { _ in }
            return nil
        } catch let error as ArchiveError {
            guard case .failed(_, let reason) = error else { return nil }
            return PreparedBoot.Simulated(
                rule: rule, severity: "error",
                message: "'\(name)', packed with gzip, cannot be unpacked: \(reason), it has \(file.byteCount) bytes",
                place: nil, fix: nil)
        } catch {
            return nil
        }
    }
}

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
