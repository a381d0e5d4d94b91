/// A range of host memory that a config gives.
public struct ConfigRegion: Sendable, Equatable {
    /// The first byte.
    public var start: UInt64
    /// Bytes.
    public var size: UInt64

    /// Makes a range.
    public init(start: UInt64, size: UInt64) {
        self.start = start
        self.size = size
    }
}

/// A value that was read as its key says.
enum KeyValue: Sendable, Equatable {
    case bytes([UInt8])
    case text(String)
    case number(UInt64)
    case kibibytes(UInt64)
    case flag(Bool)
    case colours(text: String, mask: UInt64)
    case regions([ConfigRegion])
    case words([String])
    case pool(cpus: [String], scheduler: String?)
    case sharedMemory(id: String, host: (text: String, value: UInt64)?, guest: UInt64, size: UInt64)
    case channels([EventChannel])

    static func == (left: KeyValue, right: KeyValue) -> Bool { "\(left)" == "\(right)" }
}

/// One end of an event channel as a config gives it.
struct EventChannel: Sendable, Equatable {
    var port: UInt64
    var peer: Int
    var peerPort: UInt64
}

/// Why a value cannot be read: what was expected, and what was found.
struct KeyValueError: Error, Equatable {
    var expected: String
    var found: String

    init(_ expected: String, _ found: some Collection<UInt8>) {
        self.expected = expected
        self.found = String(decoding: found, as: UTF8.self)
    }
}

/// How the value of a key is read.
enum KeyType: Sendable, Equatable {
    /// An address or size in bytes.
    case number
    /// Megabytes, or a size with a unit.
    case megabytes
    /// A number in a range.
    case count(ClosedRange<UInt64>)
    /// 0 or 1.
    case flag
    /// Like a flag, but upstream only looks whether there is any text.
    case presence
    /// Any bytes.
    case bytes
    /// Text of one line.
    case line
    /// A file that is read.
    case file
    /// A file that is written.
    case output
    /// One of some words.
    case choice([String])
    /// Cache colours.
    case colours(most: UInt64)
    /// Pairs of start and size.
    case regions
    /// Words.
    case words
    /// Paths of nodes.
    case paths
    /// CPUs and a scheduler.
    case pool
    /// A shared memory region.
    case sharedMemory
    /// Names and numbers joined by `|`.
    case capabilities
    /// Ends of event channels.
    case eventChannels
    /// Numbers and ranges of CPUs.
    case cpuList

    /// What a value looks like, for the documentation.
    var unit: String {
        switch self {
        case .number: "address"
        case .megabytes: "MB, or a size with `K`, `M`, `G`"
        case .count(let range):
            range.upperBound > 100_000 ? "number from \(range.lowerBound)" : "\(range.lowerBound)–\(range.upperBound)"
        case .flag, .presence: "0 or 1"
        case .bytes: "text"
        case .line: "text"
        case .file, .output: "file"
        case .choice(let words): words.map { "`\($0)`" }.joined(separator: ", ")
        case .colours: "`a-b`, or several with commas"
        case .regions: "pairs of address and bytes"
        case .words: "words"
        case .paths: "paths"
        case .pool: "names, scheduler"
        case .sharedMemory: "text, addresses, bytes"
        case .capabilities: "names or numbers"
        case .eventChannels: "numbers"
        case .cpuList: "numbers and ranges"
        }
    }
}
