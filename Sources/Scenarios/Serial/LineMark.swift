/// What begins within text whose writer is known: a line of somebody else.
enum LineMark: Equatable {
    /// Nothing.
    case none
    /// More bytes will tell.
    case incomplete
    /// `(XEN) `.
    case hypervisor
    /// `*** Serial input to `, which Xen writes without its marker on a processor that was within a line.
    case announcement
    /// `DOM1: `, without a marker for the same reason.
    case tag(Int)
    /// `[    1.234567] `, a kernel's time.
    case time

    /// The marks that are looked for besides Xen's own.
    struct Kinds: OptionSet {
        let rawValue: Int
        static let announcements = Kinds(rawValue: 1)
        static let tags = Kinds(rawValue: 2)
        static let times = Kinds(rawValue: 4)
    }

    private static let marker = Array("(XEN) ".utf8)
    private static let input = Array("*** Serial input to ".utf8)

    /// Looks at bytes that may be a mark, or its beginning.
    init(_ bytes: [UInt8], _ kinds: Kinds) {
        guard let first = bytes.first else {
            self = .none
            return
        }
        switch first {
        case UInt8(ascii: "("): self = Self.compare(bytes, Self.marker, .hypervisor)
        case UInt8(ascii: "*") where kinds.contains(.announcements):
            self = Self.compare(bytes, Self.input, .announcement)
        case UInt8(ascii: "D") where kinds.contains(.tags):
            self =
                switch DomainTag(bytes, hasTimes: false) {
                case .incomplete: .incomplete
                case .domain(let number): .tag(number)
                case .none: .none
                }
        case UInt8(ascii: "[") where kinds.contains(.times): self = Self.time(bytes)
        default: self = .none
        }
    }

    private static func compare(_ bytes: [UInt8], _ wanted: [UInt8], _ mark: LineMark) -> LineMark {
        bytes == wanted ? mark : wanted.starts(with: bytes) ? .incomplete : .none
    }

    /// Spaces, seconds, a point, six digits.
    private static func time(_ bytes: [UInt8]) -> LineMark {
        var rest = bytes.dropFirst()
        rest = rest.drop { $0 == 0x20 }
        let seconds = rest.prefix { (0x30...0x39).contains($0) }
        rest = rest[seconds.endIndex...]
        guard bytes.count < 24 else { return .none }
        guard let point = rest.popFirst() else { return .incomplete }
        guard point == 0x2e, !seconds.isEmpty else { return .none }
        let fraction = rest.prefix(6).prefix { (0x30...0x39).contains($0) }
        rest = rest[fraction.endIndex...]
        if rest.isEmpty { return .incomplete }
        guard fraction.count == 6 else { return .none }
        return compare(Array(rest), [0x5d, 0x20], .time)
    }
}
