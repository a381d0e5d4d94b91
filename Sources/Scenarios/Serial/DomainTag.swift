/// What stands behind `(XEN) `: the tag of a domain, its beginning, or something else.
enum DomainTag: Equatable {
    /// More bytes will tell.
    case incomplete
    /// `DOM1: `, perhaps behind a time.
    case domain(Int)
    /// No tag.
    case none

    private static let timeLimit = 40
    private static let word = Array("DOM".utf8)

    /// Looks at the bytes that there are so far; a time may come first where Xen writes times.
    init(_ bytes: [UInt8], hasTimes: Bool) {
        var rest = bytes[...]
        if hasTimes, rest.first == UInt8(ascii: "[") {
            guard let end = rest.firstIndex(of: UInt8(ascii: "]")) else {
                let isTime = rest.dropFirst().allSatisfy { (0x20..<0x7f).contains($0) }
                self = isTime && rest.count < Self.timeLimit ? .incomplete : .none
                return
            }
            rest = rest[(end + 1)...]
            guard let space = rest.popFirst() else {
                self = .incomplete
                return
            }
            guard space == 0x20 else {
                self = .none
                return
            }
        }
        self.init(behindTime: rest)
    }

    private init(behindTime bytes: ArraySlice<UInt8>) {
        guard bytes.count > Self.word.count else {
            self = Self.word.starts(with: bytes) ? .incomplete : .none
            return
        }
        guard bytes.starts(with: Self.word) else {
            self = .none
            return
        }
        let digits = bytes.dropFirst(Self.word.count).prefix { (0x30...0x39).contains($0) }
        let rest = bytes[digits.endIndex...]
        let number = digits.reduce(0) { $0 * 10 + Int($1 & 15) }
        switch (digits.count, Array(rest)) {
        case (1...5, []), (1...5, [0x3a]): self = .incomplete
        case (1...5, [0x3a, 0x20]): self = .domain(number)
        default: self = .none
        }
    }
}
