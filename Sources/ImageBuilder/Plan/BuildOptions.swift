/// What a build is asked for beyond its config.
public struct BuildOptions: Sendable {
    /// The folder that names in the config are relative to.
    public var folder = "."
    /// What `-t` says: U-Boot's command, or a short word for one.
    public var loadCommand: String?
    /// What `-o` says: the outputs' name without `.source` and `.scr`.
    public var base: String?
    /// Whether a FIT is asked for.
    public var makesFIT = false
    /// `DIR/HINT` of the key that signs it.
    public var keyHint: String?
    /// U-Boot's device tree that gets the public key.
    public var controlTree: String?
    /// What stands before the names of loaded files.
    public var prefix: String?
    /// Whether addresses are worked out on the target.
    public var computesOnTarget = false
    /// Whether texts and wrong results are those of upstream's release 2023.2.
    public var isCompatible = false
    /// Whether the addresses are upstream's.
    public var usesUpstreamPlacement = false
    /// Seconds since 1970 that images say they were made at.
    public var time: UInt32 = 0
    /// RAM to place files in; from MEMORY_START to MEMORY_END if there is none.
    public var ram: [ConfigRegion] = []
    /// What files must not be placed in: U-Boot itself.
    public var reserved: [ConfigRegion] = []

    /// The usual options.
    public init() {}

    /// The prefix with single slashes and none at its end; in upstream's texts it is as it was given.
    var loadPrefix: String? {
        guard let prefix, !isCompatible else { return prefix }
        return (prefix.hasPrefix("/") ? "/" : "") + prefix.split(separator: "/").joined(separator: "/")
    }

    /// A name behind the prefix.
    func prefixed(_ name: String) -> String {
        guard let prefix = loadPrefix else { return name }
        return prefix == "/" ? prefix + name : "\(prefix)/\(name)"
    }

    /// The load command that `-t` stands for; nil for none.
    var loader: String? {
        guard let loadCommand else { return nil }
        return ["fit", "fit_std"].contains(loadCommand) ? "tftpb" : Self.shortLoaders[loadCommand] ?? loadCommand
    }

    static let shortLoaders = [
        "tftp": "tftpb", "sd": "load mmc 0:1", "scsi": "load scsi 0:1", "usb": "fatload usb 0:1",
    ]
}
