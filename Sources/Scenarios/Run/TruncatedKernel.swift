/// Finds kernels that are cut off: their own EFI header says where their last section ends.
enum TruncatedKernel {
    static let rule = "KERNEL-TRUNCATED"
    private static let headLimit = 4096

    /// What is wrong with a file; nil if nothing is, or if it is no kernel with an EFI header.
    static func finding(_ name: String, _ file: StoredFile) -> PreparedBoot.Simulated? {
        guard let head = FileHead.read(file.path, headLimit) else { return nil }
        if let need = headEnd(head), need > file.byteCount {
            return PreparedBoot.Simulated(
                rule: rule, severity: "error",
                message:
                    "the kernel '\(name)' is cut off: it has \(file.byteCount) bytes, its header alone has \(need)",
                place: nil, fix: nil)
        }
        guard let end = end(head), end > file.byteCount else { return nil }
        return PreparedBoot.Simulated(
            rule: rule, severity: "error",
            message: "the kernel '\(name)' is cut off: it has \(file.byteCount) bytes, and its sections end at \(end)",
            place: nil, fix: nil)
    }

    /// Where the EFI header of an arm64 Image ends, as the Image says; nil for what is none, or has none.
    private static func headEnd(_ head: [UInt8]) -> Int? {
        guard head.count >= 64, head[56..<60].elementsEqual("ARMd".utf8), head.starts(with: "MZ".utf8),
            let header = number(head, 0x3c, 4)
        else { return nil }
        guard let optional = number(head, header + 20, 2), let count = number(head, header + 6, 2) else {
            return header + 24
        }
        return header + 24 + optional + 40 * count
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
