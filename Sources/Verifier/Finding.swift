public import UBoot

/// How bad a finding is; an error is greater than a warning.
public enum Severity: String, Sendable, Codable, CaseIterable {
    /// Worth knowing; nothing is wrong.
    case info
    /// It may boot, but not for the reason the author thinks, or not for long.
    case warning
    /// The system does not boot as the script says.
    case error
}

extension Severity: Comparable {
    /// Orders from `info` to `error`.
    public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .info: 0
        case .warning: 1
        case .error: 2
        }
    }
}

/// One thing that a rule found in a boot.
public struct Finding: Sendable, Codable, Equatable {
    /// Something that belongs to a finding, and where it is.
    public struct Note: Sendable, Codable, Equatable {
        /// The sentence: lower case, no full stop.
        public var text: String
        /// Where; nil if it is nowhere in a script.
        public var place: ScriptPlace?

        /// Makes a note.
        public init(_ text: String, at place: ScriptPlace? = nil) {
            self.text = text
            self.place = place
        }
    }

    /// The rule, such as `XEN-SIZE-SHORT`.
    public var rule: String
    /// How bad it is here; a rule may find worse and milder cases.
    public var severity: Severity
    /// The sentence: lower case, no full stop.
    public var message: String
    /// The line at fault; nil if no line of a script is.
    public var place: ScriptPlace?
    /// What helps to understand it.
    public var notes: [Note]
    /// What to write instead, as a line of a script or a sentence; nil if ibtest cannot tell.
    public var fix: String?
    /// The memory it is about.
    public var range: AddressRange?

    /// Makes a finding.
    public init(
        rule: String, severity: Severity, message: String, place: ScriptPlace? = nil, notes: [Note] = [],
        fix: String? = nil, range: AddressRange? = nil
    ) {
        self.rule = rule
        self.severity = severity
        self.message = message
        self.place = place
        self.notes = notes
        self.fix = fix
        self.range = range
    }
}
