/// What a key of a config is: how its value is read, and what its documentation says.
public struct KeyDefinition: Sendable {
    /// What stands between the brackets behind the key.
    public enum Indexing: Sendable, Equatable {
        /// Nothing.
        case none
        /// The number of a DomU.
        case domain
        /// The number of an overlay.
        case overlay
        /// The number of a CPU pool.
        case pool
        /// The number of a further file of the boot partition.
        case auxiliary
        /// The number of a DomU and of one of its CPUs, with a comma between.
        case domainAndCPU

        /// The key that says how many there are.
        var countKey: String? {
            switch self {
            case .none: nil
            case .domain, .domainAndCPU: "NUM_DOMUS"
            case .overlay: "NUM_DT_OVERLAY"
            case .pool: "NUM_CPUPOOLS"
            case .auxiliary: "NUM_BOOT_AUX_FILE"
            }
        }
    }

    /// Which of ImageBuilder's scripts reads it.
    public enum User: String, Sendable {
        /// `uboot-script-gen`.
        case script
        /// `disk_image`.
        case diskImage = "disk image"
        /// Both.
        case both = "script, disk image"
    }

    /// The key.
    public let name: String
    /// What stands behind it in brackets.
    public let indexing: Indexing
    /// How its value is read.
    let type: KeyType
    /// What it is for, in one line.
    public let meaning: String
    /// What holds without it; empty for nothing.
    public let fallback: String
    /// Since when upstream has it.
    public let since: String
    /// Who reads it.
    public let user: User

    init(
        _ name: String, _ indexing: Indexing = .none, _ type: KeyType, _ meaning: String, default fallback: String = "",
        since: String = Self.oldest, for user: User = .script
    ) {
        self.name = name
        self.indexing = indexing
        self.type = type
        self.meaning = meaning
        self.fallback = fallback
        self.since = since
        self.user = user
    }

    /// What the tables say of keys that the first release looked at has already.
    static let oldest = "2023.1 or before"

    /// The key as it is written in a config: `DOMU_MEM[i]`.
    public var spelling: String {
        switch indexing {
        case .none: name
        case .domainAndCPU: name + "[i,v]"
        case .domain, .overlay, .pool, .auxiliary: name + "[i]"
        }
    }
}
