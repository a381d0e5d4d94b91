import Glibc

/// A simulated board that runs U-Boot.
///
/// Commands change it through `inout`; its memory is shared between copies.
public struct Machine {
    /// What the board is.
    public let description: MachineDescription
    /// Which U-Boot it runs, for what differs between releases.
    let release: Release
    /// The commands that the board's U-Boot has.
    public let commands: CommandTable
    /// What a simulation may use.
    public let limits: Limits
    /// The address space.
    public let memory: PhysicalMemory
    /// The environment.
    public var environment: Environment
    /// The shell's own variables.
    public var shellVariables: ShellVariables
    /// What `$?` gives.
    public internal(set) var lastStatus = 0
    /// What was printed.
    public internal(set) var console: Console
    /// What stops loops from outside; nil if nothing can.
    public var interruption: Interruption?
    /// What happened.
    public internal(set) var recorder: Recorder
    /// The files that the network serves.
    public var fileServer: (any FileServer)?
    /// What a word does that is no command of the board.
    public var unknownCommands = UnknownCommandPolicy.board
    /// The addresses that network commands use.
    var network: NetworkSettings
    /// What must not be loaded to: U-Boot itself, which grows downwards.
    public internal(set) var reserved: [AddressRange]
    /// The disks.
    var disks = DiskState()
    /// The tree that `fdt` works on; nil if none is set.
    public internal(set) var workingTree: Address?
    /// The address that the last load used, or `loadaddr` gave.
    public internal(set) var loadAddress: Address
    /// What memory is left for a boot; newer releases keep it, and everything that is loaded in it.
    var memoryMap = MemoryAllocator(banks: [], reserved: [])
    /// What UEFI remembers of loaded files, and the memory that takes.
    var firmware = FirmwareMemory()
    /// Where U-Boot's own tree lies.
    var controlTree: Address?
    /// The number that `base` adds to addresses of memory commands.
    var baseOffset: UInt64 = 0
    /// What the boot commands have found so far.
    var boot = BootState()
    /// The bytes that the last `fdt set` left in its buffer.
    var scratch = [UInt8](repeating: 0, count: FDTValue.capacity)
    /// What `md` showed last.
    var display = MemoryDisplay()
    /// What the chips of the board remember.
    var hardware = HardwareState()
    /// Milliseconds since the start, as far as commands wait.
    public internal(set) var clock: UInt64 = 0
    /// How many commands have run.
    public internal(set) var steps = 0
    /// Whether an empty line at the prompt runs the last one again.
    var canRepeat = false
    /// Whether that is happening.
    var isRepeating = false
    /// The line that an empty one runs again.
    var repeatedLine: [UInt8] = []
    var callers: [ScriptPlace] = []
    var nesting = 0
    var testDepth = 0

    /// Starts a board; throws if its memory cannot be set up as described.
    public init(_ description: MachineDescription, limits: Limits = Limits()) throws(MemoryFault) {
        self.description = description
        release = Release(version: description.version)
        shellVariables = ShellVariables(release: release)
        self.limits = limits
        commands = CommandTable(
            Self.commandGroups, available: description.commands, usages: description.usages,
            summaries: description.summaries,
            foreign: description.foreignCommands)
        memory = try PhysicalMemory(banks: description.banks)
        environment = Environment(
            defaults: description.defaultEnvironment, runtime: description.runtimeEnvironment,
            capacity: description.environmentCapacity, consoleDevices: description.consoleDevices)
        network = NetworkSettings(environment)
        console = Console(limit: limits.outputByteCount)
        recorder = Recorder(limit: limits.recordedCommandCount)
        loadAddress = Address(environment.address("loadaddr") ?? description.loadAddress.value)
        controlTree = description.controlTree
        reserved = description.reserved
        if release >= .v2024_10 { memoryMap = KernelStart.allocator(self) }
        hardware.nand = description.hardware.nand
        for preset in description.presets {
            try memory.preset(preset.bytes, at: preset.address)
            guard let label = preset.label else { continue }
            let range = AddressRange(start: preset.address, size: preset.size)
            recorder.presets.append(LabelledRange(label: label, range: range))
        }
    }

    /// Lets time pass.
    mutating func wait(milliseconds: UInt64) { clock = clock &+ milliseconds }

    /// Gives each piece of console text to `sink` as it is printed.
    public mutating func watchConsole(_ sink: (@Sendable ([UInt8]) -> Void)?) { console.sink = sink }

    /// Prints on the console.
    mutating func print(_ text: ByteString) { console.print(text) }

    /// Prints as U-Boot's `printf` does, which cuts what one call prints.
    mutating func printFormatted(_ text: ByteString) { console.print(text.cutForPrinting(release)) }

    /// The provenance of bytes that a command writes.
    func writer(_ call: CommandCall) -> Provenance.ID {
        memory.identify(Provenance(source: .command(ByteString(utf8: call.definition.name)), place: call.place))
    }

    /// Whether all of a range may be loaded to.
    func isLoadable(_ range: AddressRange) -> Bool {
        range.size > 0 && memory.isRAM(range) && !occupied.contains { $0.intersects(range) }
    }

    /// The names of the commands that ibtest knows, whether it executes them or not.
    public static let knownCommands = Set(commandGroups.joined().map(\.name))

    private static let commandGroups: [[CommandDefinition]] = [
        EnvironmentCommands.all,
        ControlCommands.all,
        TestCommands.all,
        [SetExpression.command],
        MemoryCommands.all,
        [FDTCommand.command],
        NetworkCommands.all,
        [PingCommand.command],
        FileCommands.all,
        DiskCommands.all,
        MenuCommands.all,
        ImageCommands.all,
        [
            BootImageCommand.command, BootMemoryCommand.command, BootZImageCommand.command, BootEFICommand.command,
        ],
        SystemCommands.all,
        HardwareCommands.all,
        UnsimulatedCommands.all,
    ]
}

/// A range with a name.
public struct LabelledRange: Sendable, Equatable, Codable {
    /// What it is.
    public var label: String
    /// Where it lies.
    public var range: AddressRange
}

/// Where the network's files come from.
public protocol FileServer: Sendable {
    /// Opens a file by the name that a script uses; throws a reason if there is none that may be read.
    func open(_ name: ByteString) throws(FileRefusal) -> ServedFile
}

/// Why a file is not served.
public enum FileRefusal: Error, Sendable, Equatable {
    /// There is no such file.
    case notFound
    /// The name leads out of the served folder.
    case outsideRoot
    /// It is not a readable regular file.
    case unreadable(errno: Int32)
}

/// A file that is open for a load.
public struct ServedFile: Sendable {
    /// The descriptor; whoever got the file closes it.
    public let descriptor: Int32
    /// The length in bytes.
    public let byteCount: Int
    /// The path on this machine, for messages.
    public let path: String

    /// Describes an open file.
    public init(descriptor: Int32, byteCount: Int, path: String) {
        self.descriptor = descriptor
        self.byteCount = byteCount
        self.path = path
    }

    func close() { _ = Glibc.close(descriptor) }
}
