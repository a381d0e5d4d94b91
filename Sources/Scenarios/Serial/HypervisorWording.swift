/// Tells a line of Xen from one of the domain that has the input, which Xen writes alike.
struct HypervisorWording: Sendable {
    /// How lines begin that Xen writes while domains run.
    private static let beginnings = [
        "*** ", "Freed ", "Panic on CPU ", "****", "Reboot in ", "Manual reset required", "Xen BUG at ", "Xen WARN at ",
        "Assertion '", "Unexpected Trap", "Hypervisor Trap", "CPU", "----[ Xen", "Xen call trace", "Xen stack trace",
        "arch/arm/", "common/", "drivers/", "traps.c:", "grant_table.c:", "p2m.c:", "mm.c:", "Domain ",
        "Guest crashed", "Data Abort", "Prefetch Abort", "Scrubbing Free RAM", "Std. Loglevel", "Guest Loglevel",
        "Hardware Dom", "Resetting with", "Shutting down", "Unhandled ", "HVM", "sched_",
    ].map { Array($0.utf8) }

    /// After a panic everything is Xen's.
    private var isDying = false

    /// Whether a line, which may lack its end, is Xen's.
    mutating func matches(_ line: [UInt8]) -> Bool {
        if isDying { return true }
        let text = withoutTime(line[...])
        let isMatch = Self.beginnings.contains { text.starts(with: $0) } || Self.namesProcessor(text)
        if isMatch, text.starts(with: "Panic on CPU".utf8) || text.starts(with: "----[ Xen".utf8) { isDying = true }
        return isMatch
    }

    /// Whether what there is of a line is Xen's; asking changes nothing.
    func owns(_ text: [UInt8]) -> Bool {
        var copy = self
        return copy.matches(text)
    }

    /// Whether the beginning of a line may become one of Xen.
    func mayMatch(_ text: [UInt8]) -> Bool {
        if isDying { return true }
        return Self.beginnings.contains { text.starts(with: $0) || $0.starts(with: text) }
            || Self.namesProcessor(text[...])
    }

    /// Such as `d1v0 `, `d1v0:`, `d1: `.
    private static func namesProcessor(_ text: ArraySlice<UInt8>) -> Bool {
        guard text.first == UInt8(ascii: "d") else { return false }
        let domain = text.dropFirst().prefix { (0x30...0x39).contains($0) }
        guard !domain.isEmpty else { return false }
        var rest = text[domain.endIndex...]
        if rest.first == UInt8(ascii: "v") {
            let processor = rest.dropFirst().prefix { (0x30...0x39).contains($0) }
            guard !processor.isEmpty else { return false }
            rest = rest[processor.endIndex...]
            return rest.first == 0x3a || rest.first == 0x20
        }
        return rest.starts(with: [0x3a, 0x20])
    }

    /// A time has fewer characters, and is not looked for in what has more.
    private static let timeLimit = 40

    /// Whether a line has nothing yet, or a time at most.
    func isTime(_ text: [UInt8]) -> Bool {
        text.isEmpty
            || text.count < Self.timeLimit && text.first == UInt8(ascii: "[")
                && text.firstIndex(of: UInt8(ascii: "]")).map { $0 >= text.count - 2 } ?? true
    }

    /// A line without Xen's own time, which has the form `[2026-01-02 03:04:05] `.
    private func withoutTime(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard line.first == UInt8(ascii: "["), let end = line.firstIndex(of: UInt8(ascii: "]")), line.count > end + 2,
            line[end + 1] == 0x20
        else { return line }
        return line[(end + 2)...]
    }
}
