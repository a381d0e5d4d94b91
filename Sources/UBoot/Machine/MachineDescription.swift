/// What a board is, as far as U-Boot can tell.
public struct MachineDescription: Sendable {
    /// The board's short name.
    public var name: String
    /// U-Boot's version as it writes it into device trees, such as `2023.01+dfsg-2+deb12u3`.
    public var version: String
    /// What the command `version` prints.
    public var versionText: ByteString
    /// Memory and bus windows.
    public var banks: [PhysicalMemory.BankDescription]
    /// The most words of a command that has no limit of its own: `CONFIG_SYS_MAXARGS`.
    public var argumentLimit: Int
    /// What must not be loaded to: U-Boot itself at the end of RAM.
    public var reserved: [AddressRange]
    /// Bytes that are in memory before the first command.
    public var presets: [Preset]
    /// The environment that `env default` restores.
    public var defaultEnvironment: [ByteString: ByteString]
    /// What U-Boot adds when it starts.
    public var runtimeEnvironment: [ByteString: ByteString]
    /// Bytes that the stored environment may have.
    public var environmentCapacity: Int
    /// Where the environment is stored; nil where saving it is not simulated.
    public var environmentStorage: EnvironmentStorage?
    /// The names that `stdin`, `stdout` and `stderr` accept.
    public var consoleDevices: [ByteString]
    /// The address that is compiled in for `source` without one.
    public var loadAddress: Address
    /// The names of the commands that this U-Boot has.
    public var commands: Set<String>
    /// Usage texts that differ from the usual ones, by command: what stands behind the name after `Usage:`.
    public var usages: [String: String]
    /// Lines of the list of commands that differ from the usual ones, by command.
    public var summaries: [String: String]
    /// What command lines print that only tell about the board, with `{name}` for the value of a variable.
    public var answers: [ByteString: ByteString]
    /// Commands that this U-Boot has and ibtest does not know, each with its line in the list of commands.
    public var foreignCommands: [String: String]
    /// Subcommands of `fdt` that are compiled in beyond the ones that always are.
    public var fdtFeatures: Set<String>
    /// Which boot images this U-Boot can read.
    public var images = ImageSupport()
    /// Where U-Boot's own device tree lies; nil if the board has none.
    public var controlTree: Address?
    /// What U-Boot prints when its UEFI starts, before the first program.
    public var firmwareStart: ByteString
    /// Whether U-Boot looks for a random generator to seed the kernel with, and finds none.
    public var lacksRandom: Bool
    /// The network; nil if there is none.
    public var network: Network?

    /// Bytes of an address: 8, or 4 on a 32-bit CPU, where larger numbers lose their upper half.
    public var wordSize = 8
    /// Whether U-Boot was built with its functions for digests; without them `crc32` writes its name in capitals.
    public var hasDigests = true
    /// NOR flash that can be read like memory, which is in `banks` too.
    public var flash: [FlashBank] = []
    /// The chips that commands talk to.
    public var hardware = HardwareDescription()
    /// The buses that disks can be attached to; the first one is the usual one.
    public var diskBuses: [DiskBus]

    /// The network as U-Boot sees it.
    public struct Network: Sendable {
        /// The device's name in messages.
        public var device: ByteString
        /// The variables that `dhcp` sets.
        public var leases: [ByteString: ByteString]

        /// Describes a network.
        public init(device: ByteString, leases: [ByteString: ByteString]) {
            self.device = device
            self.leases = leases
        }
    }

    /// A bank of NOR flash.
    public struct FlashBank: Sendable {
        /// Where it is in memory.
        public var range: AddressRange
        /// Bytes of a sector, which is erased as a whole.
        public var sectorByteCount: UInt64

        /// Describes a bank of sectors of one size, at least one byte.
        public init(range: AddressRange, sectorByteCount: UInt64) {
            self.range = range
            self.sectorByteCount = max(1, sectorByteCount)
        }
    }

    /// Bytes in memory before anything runs.
    public struct Preset: Sendable {
        /// What it is, for the memory map; nil if it is of no interest there.
        public var label: String?
        /// Where it lies.
        public var address: Address
        /// The bytes.
        public var bytes: [UInt8]
        /// How much room it takes; what lies behind its bytes is zero.
        public var size: UInt64

        /// Makes a preset; without a size it is as large as its bytes.
        public init(label: String?, address: Address, bytes: [UInt8], size: UInt64? = nil) {
            self.label = label
            self.address = address
            self.bytes = bytes
            self.size = size ?? UInt64(bytes.count)
        }
    }

    /// Describes a board with nothing but a name, a version and memory; the rest can be set.
    public init(name: String, version: String, banks: [PhysicalMemory.BankDescription]) {
        self.name = name
        self.version = version
        self.banks = banks
        versionText = "U-Boot \(version)\n"
        argumentLimit = CommandDefinition.usualLimit
        reserved = []
        presets = []
        defaultEnvironment = [:]
        runtimeEnvironment = [:]
        environmentCapacity = 0x3fffc
        consoleDevices = ["serial"]
        loadAddress = 0
        commands = []
        usages = [:]
        summaries = [:]
        answers = [:]
        foreignCommands = [:]
        fdtFeatures = []
        firmwareStart = ""
        lacksRandom = false
        diskBuses = []
    }
}
