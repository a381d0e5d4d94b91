public import Boards
internal import UBoot

/// One board as a JSON document.
public struct BoardSummary: Encodable {
    /// The number of this form; keys are never renamed within one.
    public static let schemaVersion = 1

    /// Variables that tell where a script can put things.
    static let highlights = [
        "scriptaddr", "kernel_addr_r", "fdt_addr_r", "fdt_addr", "ramdisk_addr_r", "pxefile_addr_r", "loadaddr",
        "fdtoverlay_addr_r", "kernel_comp_addr_r", "kernel_comp_size", "fdtfile", "fdt_high", "initrd_high",
        "fdtcontroladdr", "boot_targets", "bootcmd", "preboot", "bootdelay",
    ]

    private struct Range: Encodable {
        var kind: String
        var start: UInt64
        var size: UInt64
        var why: String?
    }

    private struct Tree: Encodable {
        var address: UInt64
        var size: UInt64
        var isControl: Bool
    }

    private let schema = Self.schemaVersion
    private let name: String
    private let description: String
    private let file: String
    private let extends: String?
    private let version: String
    private let prompt: String
    private let loadAddress: UInt64
    private let console: [String]
    private let memory: [Range]
    private let trees: [Tree]
    private let commands: [String]
    private let environment: [String: String]
    private let devices: [String: [String]]
    private let network: String?

    /// Takes a board.
    public init(_ board: Board) {
        let machine = board.description
        name = board.name
        description = board.summary
        file = board.path
        extends = board.parent
        version = machine.version
        prompt = board.prompt.display
        loadAddress = machine.loadAddress.value
        console = machine.consoleDevices.map(\.display)
        memory =
            machine.banks.map { Range(kind: $0.kind.rawValue, start: $0.range.start.value, size: $0.range.size) }
            + board.reservations.map {
                Range(kind: "reserved", start: $0.range.start.value, size: $0.range.size, why: $0.reason)
            }
        trees = machine.presets.filter { $0.bytes.starts(with: [0xd0, 0x0d, 0xfe, 0xed]) }.map {
            Tree(address: $0.address.value, size: $0.size, isControl: $0.address == machine.controlTree)
        }
        commands = Self.commands(board)
        let variables = machine.defaultEnvironment.merging(machine.runtimeEnvironment) { $1 }
        environment = Dictionary(variables.map { ($0.key.display, $0.value.display) }, uniquingKeysWith: { $1 })
        let hardware = machine.hardware
        devices = [
            "gpio": hardware.pins.map(\.name.display), "i2c": hardware.buses.map(\.name.display),
            "led": hardware.lights.map(\.display), "sf": hardware.serialFlash.map(\.name.display),
            "fpga": hardware.logic.indices.map(String.init), "rtc": hardware.clocks.map(\.display),
        ].filter { !$0.value.isEmpty }
        network = machine.network?.device.display
    }

    /// The document in UTF-8, ended by a line feed.
    public func bytes() throws -> [UInt8] { try encodeJSON(self, isPretty: true) }

    /// The names of all commands, those that ibtest does not know among them.
    static func commands(_ board: Board) -> [String] {
        (Array(board.description.commands) + board.description.foreignCommands.keys).sorted()
    }
}
