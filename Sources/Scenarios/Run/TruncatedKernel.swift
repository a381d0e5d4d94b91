internal import Glibc

/// Finds kernels that are cut off: their own EFI header says where their last section ends.
enum TruncatedKernel {
    static let rule = "KERNEL-TRUNCATED"
    private static let headLimit = 4096

    /// What is wrong with a file; nil if nothing is, or if it is no kernel with an EFI header.
    static func finding(_ name: String, _ file: StoredFile) -> PreparedBoot.Simulated? {
        guard let handle = KernelFile.head(file.path, headLimit), let end = end(handle), end > file.byteCount else {
            return nil
        }
        return PreparedBoot.Simulated(
            rule: rule, severity: "error",
            message: "the kernel '\(name)' is cut off: it has \(file.byteCount) bytes, and its sections end at \(end)",
            place: nil, fix: nil)
    }

    /// Where the sections end that the header names.
    static func end(_ head: [UInt8]) -> Int? {
        guard head.count >= 64, head[56..<60].elementsEqual("ARMd".utf8), let header = number(head, 0x3c, 4),
            let signature = number(head, header, 4), signature == 0x4550, let count = number(head, header + 6, 2),
            let optional = number(head, header + 20, 2), (1...64).contains(count)
        else { return nil }
        var end = 0
        for index in 0..<count {
            let section = header + 24 + optional + 40 * index
            guard let size = number(head, section + 16, 4), let start = number(head, section + 20, 4) else {
                return nil
            }
            end = max(end, start + size)
        }
        return end
    }

    private static func number(_ bytes: [UInt8], _ offset: Int, _ count: Int) -> Int? {
        guard offset >= 0, offset <= bytes.count - count else { return nil }
        return (0..<count).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) }
    }
}

private enum KernelFile {
    /// The first bytes of a file.
    static func head(_ path: String, _ count: Int) -> [UInt8]? {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: count)
        let got = unsafe bytes.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
        return got < 0 ? nil : Array(bytes[..<got])
    }
}
