/// Whose fault it is that a scenario does not pass.
public enum FailureKind: String, Sendable, Codable {
    /// The scenario, its config or its script cannot be used.
    case usage
    /// A file cannot be had, or is not the right one.
    case artifact
    /// The boot script, or what it loads.
    case script
    /// U-Boot.
    case firmware
    /// Xen.
    case hypervisor
    /// A domain.
    case guest
    /// The emulator, or ibtest itself.
    case harness

    /// Whether nothing is known about the boot.
    public var isError: Bool {
        switch self {
        case .usage, .artifact, .harness: true
        case .script, .firmware, .hypervisor, .guest: false
        }
    }
}
