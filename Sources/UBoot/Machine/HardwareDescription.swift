/// The chips of a board that commands of U-Boot talk to.
public struct HardwareDescription: Sendable, Equatable {
    /// Pins that `gpio` sees as one bank.
    public struct PinBank: Sendable, Equatable {
        /// What stands before the number in a pin's name, such as `GPIO`.
        public var name: ByteString
        /// How many pins it has.
        public var count: Int
        /// The pins that read as 1 while they are inputs.
        public var high: Set<Int>

        /// A bank from its parts.
        public init(name: ByteString, count: Int, high: Set<Int> = []) {
            self.name = name
            self.count = count
            self.high = high
        }
    }

    /// An I2C bus.
    public struct Bus: Sendable, Equatable {
        /// Its number.
        public var number: Int
        /// The controller's name, as `i2c bus` shows it.
        public var name: ByteString
        /// The registers of the chips that answer, from register 0 on, by the chip's address; behind them are zeros.
        public var chips: [UInt8: [UInt8]]

        /// A bus from its parts.
        public init(number: Int, name: ByteString, chips: [UInt8: [UInt8]]) {
            self.number = number
            self.name = name
            self.chips = chips
        }
    }

    /// A serial flash chip.
    public struct SerialFlash: Sendable, Equatable {
        /// The bus.
        public var bus: Int
        /// The chip select.
        public var chipSelect: Int
        /// The name that `sf probe` shows.
        public var name: ByteString
        /// Bytes of a page.
        public var pageSize: UInt64
        /// Bytes that are erased at once.
        public var eraseSize: UInt64
        /// Bytes of the chip.
        public var size: UInt64
        /// What it holds from its start on; the rest is erased.
        public var content: [UInt8]

        /// A chip from its parts.
        public init(
            bus: Int, chipSelect: Int, name: ByteString, pageSize: UInt64, eraseSize: UInt64, size: UInt64,
            content: [UInt8] = []
        ) {
            self.bus = bus
            self.chipSelect = chipSelect
            self.name = name
            self.pageSize = pageSize
            self.eraseSize = eraseSize
            self.size = size
            self.content = content
        }
    }

    /// A device that `fpga` can load.
    public struct LogicDevice: Sendable, Equatable {
        /// What its driver prints behind a load; empty for nothing.
        public var message: ByteString
        /// Whether a load succeeds.
        public var takesLoads: Bool

        /// A device from its parts.
        public init(message: ByteString = "", takesLoads: Bool = true) {
            self.message = message
            self.takesLoads = takesLoads
        }
    }

    /// The banks of pins in the order of their numbers.
    public var pins: [PinBank] = []
    /// The I2C buses.
    public var buses: [Bus] = []
    /// The labels of the LEDs.
    public var lights: [ByteString] = []
    /// The serial flash chips.
    public var serialFlash: [SerialFlash] = []
    /// The programmable logic.
    public var logic: [LogicDevice] = []
    /// The names of the real-time clocks.
    public var clocks: [ByteString] = []
    /// Whether `hdmidet` finds a monitor.
    public var hasMonitor = false
    /// Raw NAND flash in the order of U-Boot's numbers.
    public var nand: [NANDChip] = []

    /// A board without any of them.
    public init() {}
}

/// What a command did to a chip.
public struct DeviceEffect: Sendable, Codable, Equatable {
    /// The number of the command.
    public var command: Int
    /// The place of the command.
    public var place: ScriptPlace
    /// The chip, such as `gpio 12` or `i2c 0:20`.
    public var device: String
    /// What it did, such as `set to 1`.
    public var action: String
}

extension Machine {
    /// Notes what a command did to a chip.
    mutating func recordEffect(on device: String, _ action: String, _ call: CommandCall) {
        let effect = DeviceEffect(
            command: recorder.currentCommand ?? 0, place: call.place, device: device, action: action)
        recorder.note(effect, in: \.effects)
    }
}

/// What the chips of a board remember while it runs.
struct HardwareState {
    /// What a pin does.
    enum Pin: Equatable {
        case output(Bool)
    }

    /// The pins that were made outputs, or read, by their numbers on the board.
    var outputs: [Int: Bool] = [:]
    /// The LEDs that were switched, by their labels.
    var lights: [ByteString: Bool] = [:]
    /// The I2C bus that was chosen last; nil before.
    var bus: Int?
    /// Registers of I2C chips that were written, by bus, chip and register.
    var registers: [[UInt64]: UInt8] = [:]
    /// The serial flash that was found last, as its index.
    var flash: Int?
    /// The content of serial flash that was changed, by its index.
    var flashContent: [Int: [UInt8]] = [:]
    /// The NAND chips as they are now.
    var nand: [NANDChip] = []
    /// The index of the one that commands work on.
    var nandDevice = 0
    /// That one, which the board must have.
    var nandChip: NANDChip {
        get { nand[nandDevice] }
        set { nand[nandDevice] = newValue }
    }
    /// Milliseconds of the machine's clock at `timer start`.
    var timerStart: UInt64 = 0
    /// Seconds since 1970 when the machine started, as the clock was set; nil as long as it was not.
    var clockStart: Int64?
    /// The numbers that `mii` was given last.
    var phyAddresses: Range<UInt64> = 0..<1
    var phyRegisters: Range<UInt64> = 0..<1
    /// Whether the caches are on.
    var hasDataCache = true
    var hasInstructionCache = true
}
