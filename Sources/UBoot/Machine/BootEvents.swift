/// A file that a command put into memory.
public struct LoadRecord: Sendable, Codable, Equatable {
    /// The number of the command.
    public var command: Int
    /// The place of the command; nil for what was there before the first one.
    public var place: ScriptPlace?
    /// Where the file came from, such as `tftp`.
    public var source: String
    /// The name that the script used.
    public var file: ByteString
    /// The file on this machine; nil if it is not one.
    public var path: String?
    /// Where it lies in memory.
    public var range: AddressRange
    /// What kind of artifact it is, by its content.
    public var kind: String
    /// For an arm64 Image: the bytes that it needs in memory.
    public var imageSize: UInt64?
}

/// An attempt to load that failed.
public struct FailedLoad: Sendable, Codable, Equatable {
    /// Why a load failed.
    public enum Reason: Sendable, Equatable {
        /// The source has no such file.
        case fileMissing
        /// The file lies outside of the served folder.
        case outsideRoot
        /// The file cannot be read.
        case unreadable
        /// The target is not RAM.
        case noRAM
        /// The target touches U-Boot itself.
        case reserved(AddressRange)
        /// A setting of the network is missing.
        case networkUnset(String)
        /// The board has no network.
        case noNetwork
        /// There is no such disk, partition or file system.
        case noDisk
    }

    /// The number of the command.
    public var command: Int
    /// The place of the command.
    public var place: ScriptPlace
    /// The name that the script used.
    public var file: ByteString
    /// Where it should have gone.
    public var range: AddressRange
    /// Why it failed.
    public var reason: Reason
}

extension FailedLoad.Reason: Codable {
    /// Reads an object with `kind`, and `detail` or `range` where they belong to it.
    public init(from decoder: any Decoder) throws {
        let value = try TaggedValue(from: decoder)
        switch (value.kind, value.detail, value.range) {
        case ("file-missing", _, _): self = .fileMissing
        case ("outside-root", _, _): self = .outsideRoot
        case ("unreadable", _, _): self = .unreadable
        case ("no-ram", _, _): self = .noRAM
        case ("no-network", _, _): self = .noNetwork
        case ("no-disk", _, _): self = .noDisk
        case ("reserved", _, let range?): self = .reserved(range)
        case ("network-unset", let name?, _): self = .networkUnset(name)
        default: throw value.mismatch(decoder)
        }
    }

    /// Writes an object with `kind`, and `detail` or `range` where they belong to it.
    public func encode(to encoder: any Encoder) throws {
        let value =
            switch self {
            case .fileMissing: TaggedValue("file-missing")
            case .outsideRoot: TaggedValue("outside-root")
            case .unreadable: TaggedValue("unreadable")
            case .noRAM: TaggedValue("no-ram")
            case .noNetwork: TaggedValue("no-network")
            case .noDisk: TaggedValue("no-disk")
            case .reserved(let range): TaggedValue("reserved", range: range)
            case .networkUnset(let name): TaggedValue("network-unset", detail: name)
            }
        try value.encode(to: encoder)
    }
}

/// A change of a device tree by a command.
public struct TreeEdit: Sendable, Codable, Equatable {
    /// What was asked for.
    public enum Action: String, Sendable, Codable {
        /// The working tree was chosen.
        case select
        /// Room was made, or the tree was moved.
        case resize
        /// A node was made.
        case makeNode
        /// A property was set.
        case setProperty
        /// A node was removed.
        case removeNode
        /// A property was removed.
        case removeProperty
        /// Another change.
        case other
        /// The tree was only read.
        case read
    }

    /// The number of the command.
    public var command: Int
    /// The place of the command.
    public var place: ScriptPlace
    /// The address of the tree; nil if none was set.
    public var tree: Address?
    /// What was asked for.
    public var action: Action
    /// The path of the node as it was written.
    public var path: ByteString
    /// The node's or property's name, where there is one.
    public var name: ByteString
    /// What went wrong, such as `FDT_ERR_NOSPACE`; nil if nothing did.
    public var failure: String?
    /// The bytes of the tree with its free room, behind a command that chose or resized it; nil for other commands.
    public var treeSize: UInt64?
}

/// A script that `source` ran.
public struct SourceRecord: Sendable, Codable, Equatable {
    /// The number of the command.
    public var command: Int
    /// The place of the command.
    public var place: ScriptPlace
    /// Where the script's image lies.
    public var range: AddressRange
    /// The name that places in it have.
    public var source: String
    /// The text.
    public var text: ByteString
}

/// Something the shell met that changes what a script means.
public struct ShellEvent: Sendable, Codable, Equatable {
    /// What it was.
    public enum Kind: String, Sendable, Codable {
        /// The shell printed `syntax error`.
        case syntaxError
        /// The same, because the construct that begins there has no end.
        case unfinished
        /// Constructs were nested deeper than the simulation allows.
        case tooDeep
    }

    /// What it was.
    public var kind: Kind
    /// Where.
    public var place: ScriptPlace
    /// The commands that led there, the outermost first.
    public var callers: [ScriptPlace]
}

/// How a kernel was started.
public struct HandOff: Sendable, Codable, Equatable {
    /// The command, such as `booti`.
    public var method: String
    /// The number of the command.
    public var command: Int
    /// The place of the command.
    public var place: ScriptPlace
    /// Where the script had the kernel.
    public var loadedAt: Address
    /// Where the kernel runs, and the memory that its header asks for.
    public var kernel: AddressRange
    /// The tree that it gets, as it was left in memory.
    public var tree: AddressRange
    /// Where the script had the tree.
    public var treeLoadedAt: Address
    /// The initial ramdisk as the tree says; nil if there is none.
    public var ramdisk: AddressRange?
    /// Where the script had the ramdisk.
    public var ramdiskLoadedAt: Address?
    /// The content of the tree.
    public var treeBytes: Blob
}

/// A boot command that refused to start a kernel.
public struct RefusedBoot: Sendable, Codable, Equatable {
    /// Why a kernel was not started.
    public enum Reason: String, Sendable, Codable {
        /// It is no image that the command takes, or a damaged one.
        case badImage
        /// What lies there is no arm64 Image.
        case badMagic
        /// It is compressed and the place to unpack it is not set.
        case compressedWithoutRoom
        /// The ramdisk is neither raw with a size nor an image.
        case badRamdisk
        /// The ramdisk touches the kernel.
        case ramdiskOverlap
        /// There is no device tree at the address.
        case badTree
        /// The device tree touches the kernel.
        case treeOverlap
        /// No device tree was given: the board resets.
        case noTree
        /// There was no memory to move the tree or the ramdisk to, or no room in the tree.
        case noSpace
    }

    /// The number of the command.
    public var command: Int
    /// The place of the command.
    public var place: ScriptPlace
    /// The kernel's address and, if its header could be read, the memory it asks for.
    public var kernel: AddressRange
    /// The address of the tree that was asked for.
    public var tree: Address?
    /// Why it was refused.
    public var reason: Reason
}

/// An arm64 Image that a boot command moved.
public struct KernelMove: Sendable, Codable, Equatable {
    /// The number of the command.
    public var command: Int
    /// The place of the command.
    public var place: ScriptPlace
    /// Where it was.
    public var from: Address
    /// Where it went, and the memory that its header asks for.
    public var to: AddressRange
}
