internal import Compression

/// Finds packed files that cannot be unpacked.
///
/// It reads all of a file, so that it is asked only where a boot has failed.
enum DamagedFile {
    private static let rule = "FILE-DAMAGED"

    /// What is wrong with a file that gzip has packed; nil if nothing is, or for any other file.
    static func finding(_ name: String, _ file: StoredFile) -> PreparedBoot.Simulated? {
        guard let damage = GzipFile.damage(file.path) else { return nil }
        return PreparedBoot.Simulated(
            rule: rule, severity: "error",
            message: "'\(name)', packed with gzip, cannot be unpacked: \(damage), it has \(file.byteCount) bytes",
            place: nil, fix: nil)
    }
}
