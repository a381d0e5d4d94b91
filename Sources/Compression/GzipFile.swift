internal import CZlib

/// A file that gzip has packed.
public enum GzipFile {
    /// What is wrong with a file, in zlib's words: an end that comes too early, damaged data, another checksum or
    /// length than its end tells.
    ///
    /// It is read whole, and what it holds is kept nowhere. Bytes behind the packed data are nobody's concern.
    ///
    /// - Returns: nil where nothing is wrong, where the file is not packed with gzip, or where it cannot be read.
    public static func damage(_ path: String) -> String? {
        guard let file = unsafe gzopen(path, "rbe") else { return nil }
        defer { unsafe _ = gzclose(file) }
        unsafe _ = gzbuffer(file, 1 << 17)
        var bytes = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = unsafe bytes.withUnsafeMutableBytes { unsafe gzread(file, $0.baseAddress, UInt32($0.count)) }
            if count > 0, unsafe gzdirect(file) == 0 { continue }
            var code: Int32 = 0
            let text = unsafe gzerror(file, &code).map { unsafe String(cString: $0) }
            // Of other errors, the system's, nothing follows about the file.
            guard code == Z_DATA_ERROR || code == Z_BUF_ERROR, let text else { return nil }
            // zlib puts the path in front.
            return text.hasPrefix("\(path): ") ? String(text.dropFirst(path.count + 2)) : text
        }
    }
}
