public import UBoot

/// Something that is wrong with a config, or that its author should know.
public struct ConfigFinding: Sendable, Equatable {
    /// How bad it is.
    public enum Severity: String, Sendable {
        /// Worth knowing.
        case info
        /// It may not be what the author means.
        case warning
        /// Nothing can be made of the config as it is.
        case error
    }

    /// A stable name, such as `IB-KEY-UNKNOWN`.
    public var rule: String
    /// How bad it is.
    public var severity: Severity
    /// The sentence: lower case, no full stop.
    public var message: String
    /// Where in the config; nil if it is about something that is not there.
    public var place: ScriptPlace?
    /// What to write instead; nil if that cannot be told.
    public var fix: String?
}
