internal import FoundationEssentials
public import UBoot
public import Verifier

/// A simulated boot as one JSON document.
public struct SimulationJSON: Encodable {
    /// The number of this form; keys are never renamed within one.
    public static let schemaVersion = 1

    private let schema = Self.schemaVersion
    private let record: BootRecord
    private let findings: [Finding]
    private let notExecuted: [NotExecuted]
    private let errorCount: Int
    private let warningCount: Int

    /// Takes a run and what was found in it.
    public init(_ record: BootRecord, findings: [Finding]) {
        self.record = record
        self.findings = findings
        notExecuted = record.notExecuted
        errorCount = findings.count { $0.severity == .error }
        warningCount = findings.count { $0.severity == .warning }
    }

    /// The document in UTF-8, ended by a line feed.
    public func bytes() throws -> [UInt8] { try encodeJSON(self, isPretty: true) }
}

/// The typed lines of a session as a JSON array of `{"command", "output", "status"}`.
public func transcriptJSON(_ commands: [Machine.TypedCommand]) throws -> [UInt8] {
    try encodeJSON(commands, isPretty: false)
}

/// JSON with sorted keys in UTF-8, ended by a line feed.
func encodeJSON(_ value: some Encodable, isPretty: Bool) throws -> [UInt8] {
    let encoder = JSONEncoder()
    // JSON has no number for these; a document must not be lost because of one.
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
        positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    encoder.outputFormatting =
        isPretty ? [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes] : [.sortedKeys, .withoutEscapingSlashes]
    return try [UInt8](encoder.encode(value)) + [UInt8(ascii: "\n")]
}
