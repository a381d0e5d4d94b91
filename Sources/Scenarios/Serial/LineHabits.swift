/// What is known of how domains write their lines.
struct LineHabits: Sendable {
    /// Domains that were within a line when they lost the input; a processor goes on there without a marker.
    var cutOff: Set<Int> = [] {
        didSet { wasCutOff = wasCutOff || !cutOff.isEmpty }
    }
    /// Whether there may be a processor that is within a line.
    private(set) var wasCutOff = false
    /// The domain that has got the input and has written no line since.
    var gotInput: Int?
    /// The domain that has got the input and has written one line since.
    private var wroteFirst: Int?
    /// Whether each line of a domain so far ended with a carriage return of its own.
    private var returns: [Int: Bool] = [:]
    private var last: [Int: UInt8] = [:]

    /// Notes a byte of a domain without the input.
    mutating func note(_ byte: UInt8, of domain: Int, isFull: Bool) {
        defer { last[domain] = byte }
        guard byte == 0x0a, !isFull else { return }
        returns[domain] = (returns[domain] ?? true) && last[domain] == 0x0d
    }

    /// Whether the line feed of a line is Xen's; `last` is what stands before it, nil for nothing.
    ///
    /// It is that of the first line that a domain with the input writes, if it lacks the carriage return that all others
    /// had. Where Xen's stands behind the carriage return itself, the domain's own comes alone, and one is too many.
    mutating func hasLineFeedOfHypervisor(_ domain: Int, _ last: UInt8?) -> Bool {
        let isFirst = gotInput == domain
        let isSecond = wroteFirst == domain
        if isFirst { gotInput = nil }
        wroteFirst = isFirst ? domain : nil
        guard returns[domain] == true else { return false }
        return isFirst && last != 0x0d || isSecond && last == nil
    }
}
