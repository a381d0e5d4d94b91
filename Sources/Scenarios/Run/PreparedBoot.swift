internal import Emulation

/// A scenario made ready: the files lie in the folder that is served, and the simulation has said its part.
struct PreparedBoot {
    /// The folder that U-Boot loads from.
    var served: String
    var machine: VirtualMachine
    /// What is typed at U-Boot's prompt; the last line starts the boot.
    var lines: [String]
    /// The script's domains by the numbers that Xen gives them; Dom0, or a kernel alone, is number 0.
    var names: [Int: String]
    var payload: SerialSplitter.Payload
    /// The numbers of domains without a console of Xen's.
    var domainsWithoutConsole: Set<Int>
    /// Whether the simulation comes to a hand-off with a tree, which tells of the domains.
    var isHandedOff: Bool
    var files: [(name: String, file: StoredFile)]
    var firmware: StoredFile
    var findings: [Simulated]
    /// The names of files that the simulation, too, did not find; nil if it did not come to a hand-off.
    var expectedFailures: Set<String>?

    /// A finding of the simulation.
    struct Simulated: Sendable, Equatable, Codable {
        var rule: String
        var severity: String
        var message: String
        var place: String?
        var fix: String?
    }
}

/// Why a scenario cannot be started.
struct PreparationError: Error {
    /// The class of the failure.
    var kind: FailureKind
    var message: String
}
