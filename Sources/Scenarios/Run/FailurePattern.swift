internal import Emulation

/// A text that tells of a failure.
struct FailurePattern: Sendable {
    /// What follows from it.
    enum Weight: Sendable {
        /// The boot cannot succeed any more.
        case fatal
        /// It is the cause if the boot fails.
        case suspect
    }

    /// Who writes it.
    enum Writer: Sendable {
        case firmware, hypervisor, domain
    }

    let writer: Writer
    let kind: FailureKind
    let weight: Weight
    private let text: [UInt8]
    /// Whether the line has to begin with it, behind the kernel's time.
    private let isAtStart: Bool

    private init(_ writer: Writer, _ kind: FailureKind, _ weight: Weight, _ text: String, atStart: Bool = false) {
        self.writer = writer
        self.kind = kind
        self.weight = weight
        self.text = Array(text.utf8)
        isAtStart = atStart
    }

    func matches(_ line: [UInt8]) -> Bool {
        guard isAtStart else { return line.place(of: text) != nil }
        var rest = line[...]
        if LineAssembler.kernelTime(line) != nil, let end = line.firstIndex(of: UInt8(ascii: "]")) {
            rest = line[(end + 1)...].drop { $0 == 0x20 }
        }
        return rest.starts(with: text)
    }

    /// The first pattern that fits a line of a writer.
    static func find(in line: LogLine) -> FailurePattern? {
        let writer: Writer =
            switch line.source {
            case .firmware: .firmware
            case .hypervisor: .hypervisor
            case .domain: .domain
            }
        // U-Boot's banner has no tag; a domain with one may write what it likes.
        let isUntagged = writer != .domain || line.source == .domain(0)
        return all.first {
            $0.writer == writer && (isUntagged || $0.kind != .firmware) && $0.matches(line.bytes)
        }
    }

    private static let all: [FailurePattern] = firmware + hypervisor + domain

    private static let firmware: [FailurePattern] =
        [
            "Bad Linux ARM64 Image magic!", "FDT image overlaps OS image", "RD image overlaps OS image",
            "Did not find a cmdline Flattened Device Tree", "Could not find a valid device tree",
            "can't get kernel image", "Wrong Image Format for boot", "Bad Data Hash", "Bad hash value",
            "Failed to verify required signature", "FDT and ATAGS support not compiled in", "FDT creation failed",
        ].map { FailurePattern(.firmware, .script, .fatal, $0) }
        + [
            "\"Synchronous Abort\" handler", "\"Error\" handler", "### ERROR ### Please RESET the board ###",
            "Resetting CPU", "resetting ...", "### PANIC ###", "initcall failed at call",
            "initcall sequence ",
        ].map { FailurePattern(.firmware, .firmware, .fatal, $0) }
        + [
            "TFTP error: ", "TFTP server died", "** Unable to read file", "Failed to load '", "Retry count exceeded",
            "** Bad device specification", "** Invalid partition", "File not found ",
        ].map { FailurePattern(.firmware, .script, .fatal, $0) }
        + [
            "libfdt fdt_", "FDT_ERR_", "Sorry, I could not convert", "No FDT memory address configured",
            "Unknown command '", "syntax error", "Usage:", "Bad Linux", "Verification failed", " error!",
            "Can't find '", "Bad Magic Number", "Bad Header Checksum",
        ].map { FailurePattern(.firmware, .script, .suspect, $0) }

    private static let hypervisor: [FailurePattern] =
        [
            "Panic on CPU ", "Xen BUG at ", "Assertion '", "Unexpected Trap: ", "Hypervisor Trap",
            "Reboot in five seconds",
            "Could not set up ",
        ].map { FailurePattern(.hypervisor, .hypervisor, .fatal, $0) }
        + [
            "Missing kernel boot module?", "Error building Dom", "Error creating domain",
            "Unable to find suitable location",
            "Not enough memory in the first bank", "Failed to allocate", "Unable to allocate",
            "Device tree generation failed",
            "failed to acquire static memory", "doesn't match up", "cannot read \"memory\"", "Missing property '",
            "Failed to assign device", "Unable to map IRQ", "xen,reg or xen,path missing",
            "Missing or empty cpupool-cpus",
            "Failed to bring up CPU", "invalid compressed", "gzip: ", "Xenstore support requires dom0",
        ].map { FailurePattern(.hypervisor, .hypervisor, .suspect, $0) }
        // U-Boot's handlers are there until the kernel has its own.
        + ["U-Boot 20", "\"Synchronous Abort\" handler", "\"Error\" handler", "### ERROR ### Please RESET the board"]
        .map {
            FailurePattern(.hypervisor, .firmware, .fatal, $0, atStart: true)
        }

    private static let domain: [FailurePattern] =
        ["Kernel panic - not syncing", "reboot: System halted", "reboot: Power down", "reboot: Restarting system"].map {
            FailurePattern(.domain, .guest, .fatal, $0, atStart: true)
        }
        + ["---[ end Kernel panic"].map { FailurePattern(.domain, .guest, .fatal, $0, atStart: true) }
        + ["U-Boot 20"].map { FailurePattern(.domain, .firmware, .fatal, $0, atStart: true) }
        + [
            "Initramfs unpacking failed", "VFS: Unable to mount root", "Internal error: ", "Unable to handle kernel ",
            "BUG: ", "kernel BUG at ", "Failed to execute /init", "Run /init as init process failed",
            "System is deadlocked on memory", "Out of memory: ", "Requested init ", "Starting init: ",
        ].map { FailurePattern(.domain, .guest, .suspect, $0, atStart: true) }
}
