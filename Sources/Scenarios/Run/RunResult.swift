/// What came of a scenario.
public struct RunResult: Sendable, Codable {
    /// The number of this form; keys are never renamed within one.
    public static let schemaVersion = 1

    /// The verdict.
    public enum Status: String, Sendable, Codable {
        /// Everything that was expected came.
        case passed
        /// The boot failed.
        case failed
        /// Nothing is known about the boot: the harness or the set-up is at fault.
        case error
        /// Someone stopped it.
        case interrupted
    }

    /// A text that came, or did not.
    public struct Check: Sendable, Codable, Equatable {
        /// The domain.
        public var domain: String
        /// The text or the expression.
        public var text: String
        /// Whether it came.
        public var isSeen: Bool
        /// The line of the domain's log.
        public var line: Int?
        /// The line of one that came too early: before others that must come first.
        public var earlyLine: Int?
        /// Seconds of the host since the machine was let go.
        public var seconds: Double?
        /// Seconds of the kernel's clock.
        public var guestSeconds: Double?
    }

    /// The first cause of a failure, and what followed.
    public struct Failure: Sendable, Codable, Equatable {
        /// Whose fault it is.
        public var kind: FailureKind
        /// How far the boot was.
        public var phase: String
        /// The domain that is concerned; nil for none.
        public var domain: String?
        /// The first cause.
        public var cause: String
        /// Where to find it.
        public var places: [String]
        /// What came of it; nil if nothing did.
        public var consequence: String?
        /// Where to find that.
        public var consequencePlace: String?
        /// The limit that was hit; nil for none.
        public var limit: String?
        /// Lines of the logs, each with the name of its log and its number.
        public var evidence: [String]
    }

    /// A file that was used.
    public struct UsedFile: Sendable, Codable, Equatable {
        /// Its name.
        public var name: String
        /// Its SHA-256.
        public var sha256: String
        /// Where it comes from.
        public var origin: String
    }

    /// What the simulation found.
    public struct SimulatedFinding: Sendable, Codable, Equatable {
        /// The rule.
        public var rule: String
        /// How bad it is.
        public var severity: String
        /// The sentence.
        public var message: String
        /// Where; nil for nowhere.
        public var place: String?
    }

    /// The form of this result.
    public var schema = Self.schemaVersion
    /// The scenario's name.
    public var scenario: String
    /// What is typed to run the scenario: its name or a path; nil for the name.
    public var reference: String?
    /// The name or file of the board.
    public var board = ""
    /// The verdict.
    public var status: Status
    /// Seconds from the start of the preparation to the verdict.
    public var seconds: Double
    /// Seconds of the phases, by name.
    public var phases: [String: Double] = [:]
    /// What was expected.
    public var checks: [Check] = []
    /// Why it did not pass.
    public var failure: Failure?
    /// What the simulation says about the same script.
    public var findings: [SimulatedFinding] = []
    /// What the simulation predicts for this boot; not there yet.
    public var prediction: String?
    /// What the comparison with the simulation found; nil if none was asked for.
    public var crossCheck: CrossCheckResult?
    /// The files that were used.
    public var files: [UsedFile] = []
    /// The domains' numbers by their names.
    public var domains: [String: Int] = [:]
    /// QEMU's version; nil if it did not start.
    public var emulator: String?
    /// The words that QEMU was started with.
    public var commandLine: String = ""
    /// The folder with the logs.
    public var folder: String
    /// Seconds of processor time that ibtest itself used for it.
    public var processorSeconds = 0.0
    /// The most bytes that ibtest itself had resident so far.
    public var residentByteCount = 0
    /// How often a typed line came back damaged.
    public var retypedCount = 0
}

/// What the comparison of the hand-off with the simulation found.
public struct CrossCheckResult: Sendable, Codable, Equatable {
    /// How many bytes of memory were compared.
    public var byteCount: Int
    /// What was compared, such as `device tree` and the names of loaded files.
    public var compared: [String]
    /// What differs, for people.
    public var differences: [String]
}
