internal import UBoot
internal import YAML

/// The chips of a board, checked.
extension BoardFile {
    struct DevicePart: Decodable {
        struct Pins: Decodable {
            var name: String
            var count: Marked<Int>
            var high: [Marked<Int>]?
        }

        struct Bus: Decodable {
            struct Chip: Decodable {
                var address: Marked<Quantity>
                var registers: HexBytes?
            }

            var bus: Marked<Int>
            var name: String?
            var chips: [Chip]?
        }

        struct SerialFlash: Decodable {
            var bus: Int?
            var chipSelect: Int?
            var name: String
            var page: Quantity?
            var erase: Marked<Quantity>?
            var size: Marked<Quantity>
            var file: Marked<String>?

            enum CodingKeys: String, CodingKey, CaseIterable {
                case bus
                case chipSelect = "chip-select"
                case name, page, erase, size, file
            }
        }

        struct RawFlash: Decodable {
            var name: String?
            var page: Quantity
            var spare: Quantity?
            var block: Marked<Quantity>
            var size: Marked<Quantity>
            var correction: Correction?
            var bad: [Marked<Quantity>]?
            var file: Marked<String>?
        }

        /// What a driver corrects.
        struct Correction: Decodable {
            var bits: Int
            var step: Int
        }

        struct Logic: Decodable {
            var message: String?
            var loads: Bool?
        }

        var gpio: [Pins]?
        var i2c: [Bus]?
        var leds: [String]?
        var spiFlash: [SerialFlash]?
        var nand: [RawFlash]?
        var fpga: [Logic]?
        var rtc: [String]?
        var monitor: Bool?

        enum CodingKeys: String, CodingKey, CaseIterable {
            case gpio, i2c, leds
            case spiFlash = "spi-flash"
            case nand, fpga, rtc, monitor
        }
    }
}

extension BoardFile.DevicePart {
    /// What commands talk to.
    func hardware() throws(BoardError) -> HardwareDescription {
        var hardware = HardwareDescription()
        for bank in gpio ?? [] { hardware.pins.append(try Self.bank(bank)) }
        for bus in i2c ?? [] { hardware.buses.append(try Self.bus(bus)) }
        hardware.lights = (leds ?? []).map { ByteString(utf8: $0) }
        for flash in spiFlash ?? [] { hardware.serialFlash.append(try Self.flash(flash)) }
        for (index, chip) in (nand ?? []).enumerated() { hardware.nand.append(try Self.chip(chip, index)) }
        hardware.logic = (fpga ?? []).map {
            .init(message: ByteString(utf8: $0.message ?? ""), takesLoads: $0.loads ?? true)
        }
        hardware.clocks = (rtc ?? []).map { ByteString(utf8: $0) }
        hardware.hasMonitor = monitor ?? false
        return hardware
    }

    private static func bank(_ bank: Pins) throws(BoardError) -> HardwareDescription.PinBank {
        guard (1...4096).contains(bank.count.value) else {
            throw BoardError(.badDevice("\(bank.count.value) pins"), at: bank.count.place)
        }
        for pin in bank.high ?? [] where !(0..<bank.count.value).contains(pin.value) {
            throw BoardError(.badDevice("a pin \(pin.value) of \(bank.count.value)"), at: pin.place)
        }
        let high = Set((bank.high ?? []).map(\.value))
        return .init(name: ByteString(utf8: bank.name), count: bank.count.value, high: high)
    }

    private static func bus(_ bus: Bus) throws(BoardError) -> HardwareDescription.Bus {
        guard (0...255).contains(bus.bus.value) else {
            throw BoardError(.badDevice("the bus number \(bus.bus.value)"), at: bus.bus.place)
        }
        var chips: [UInt8: [UInt8]] = [:]
        for chip in bus.chips ?? [] {
            guard chip.address.value.value < 0x80 else {
                throw BoardError(.badDevice("an address above 0x7f"), at: chip.address.place)
            }
            chips[UInt8(chip.address.value.value)] = chip.registers?.bytes ?? []
        }
        let name = bus.name ?? "i2c@\(bus.bus.value)"
        return .init(number: bus.bus.value, name: ByteString(utf8: name), chips: chips)
    }

    private static func flash(_ flash: SerialFlash) throws(BoardError) -> HardwareDescription.SerialFlash {
        let size = flash.size.value.value
        guard (1...(256 << 20)).contains(size) else {
            throw BoardError(.badDevice("\(size) bytes of flash"), at: flash.size.place)
        }
        guard flash.erase?.value.value != 0 else {
            throw BoardError(.badDevice("0 bytes that are erased at once"), at: flash.erase?.place)
        }
        var content: [UInt8] = []
        if let file = flash.file { content = try BoardFolder.read(file) }
        return .init(
            bus: flash.bus ?? 0, chipSelect: flash.chipSelect ?? 0, name: ByteString(utf8: flash.name),
            pageSize: flash.page?.value ?? 256, eraseSize: flash.erase?.value.value ?? 4096, size: size,
            content: content)
    }
}
