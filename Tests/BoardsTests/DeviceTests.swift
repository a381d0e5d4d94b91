import Testing
import UBoot

@testable import Boards

/// Commands that talk to chips, on boards with and without them.
struct DeviceTests {
    private static func type(_ lines: String, devices: String) throws -> (typed: [String], record: BootRecord) {
        let folder = try ScratchFolder()
        try folder.write([0xaa, 0xbb], to: "flash.bin")
        let names = HardwareNames.all.joined(separator: ", ")
        let file = try folder.write(
            "u-boot: {version: 2023.01}\nmemory: {ram: [{start: 0x40000000, size: 512M}]}\n"
                + "commands: [echo, md, mw, setenv, sleep, \"true\", \"false\", run, \(names)]\n\(devices)\n",
            to: "b.yaml")
        var machine = try Board(file: file).machine()
        let (typed, ending) = machine.type(Array(lines.utf8), source: "test")
        return (typed.map { $0.output.latin1 }, machine.record(input: "test", ending: ending))
    }

    @Test func absentDevicesAreAnsweredAsByTheRealUBoot() throws {
        let transcript = try Transcript("no-devices")
        let lines = transcript.commands.map(\.command).joined(separator: "\n")
        let (typed, record) = try Self.type(lines, devices: "devices: {rtc: [pl031@9010000]}")
        #expect(typed.count == transcript.commands.count)
        for (output, expected) in zip(typed, transcript.commands) {
            #expect(output == expected.output, "\(expected.command)")
        }
        #expect(record.notExecuted.allSatisfy { $0.reason == .unknown })
    }

    private static let pins = "devices: {gpio: [{name: A, count: 2}, {name: GPIO, count: 4, high: [1]}]}"

    @Test(arguments: [
        ("gpio input 0; echo $?", "gpio: pin 0 (gpio 0) value is 0\n0\n"),
        ("gpio input 3; echo $?", "gpio: pin 3 (gpio 3) value is 1\n1\n"),
        ("gpio set gpio2", "gpio: pin gpio2 (gpio 4) value is 1\n"),
        ("gpio t 0x5", "gpio: pin 0x5 (gpio 5) value is 1\n"),
        ("gpio clear a1", "gpio: pin a1 (gpio 1) value is 0\n"),
        ("gpio set 6", "GPIO: '6' not found\nCommand 'gpio' failed: Error -22\n"),
        ("gpio set gpio4", "GPIO: 'gpio4' not found\nCommand 'gpio' failed: Error -22\n"),
        (
            "gpio set 12345678901234567890123",
            "GPIO: '12345678901234567890123' not found\nCommand 'gpio' failed: Error -22\n"
        ),
    ])
    func pinsHaveNumbersAndNames(_ line: String, _ output: String) throws {
        #expect(try Self.type(line, devices: Self.pins).typed == [output])
    }

    @Test func allPinsAreListed() throws {
        let (typed, record) = try Self.type("gpio set 0\ngpio status -a\n", devices: Self.pins)
        #expect(
            typed.last?.hasPrefix("Bank A:\nA0: output: 1 [ ]\nA1: input: 0 [ ]\n\nBank GPIO:\nGPIO0: input: 0 [ ]\n")
                == true)
        #expect(record.effects.map(\.device) == ["gpio 0"])
        #expect(record.effects.map(\.action) == ["set to 1"])
    }

    @Test func registersOfAChipKeepWhatIsWritten() throws {
        let (typed, record) = try Self.type(
            "i2c dev 1\ni2c probe\ni2c md 20 0 4\ni2c mw 20 1 41 2\ni2c read 20 0 4 40000000\nmd.b 40000000 4\ni2c md 21 0\n",
            devices: "devices: {i2c: [{bus: 1, chips: [{address: 0x20, registers: 01 02}, {address: 0x4c}]}]}")
        #expect(
            typed == [
                "Setting bus to 1\n", "Valid chip addresses: 20 4C\n", "0000: 01 02 00 00    ....\n", "", "",
                "40000000: 01 41 41 00                                      .AA.\n", "Error reading the chip: -121\n",
            ])
        #expect(record.effects.map(\.device) == ["i2c 1", "i2c 1:20", "i2c 1:20", "i2c 1:20"])
    }

    @Test func lightsAreSwitched() throws {
        let (typed, _) = try Self.type(
            "led list\nled red on\nled red\nled red o; led list\nled green\nled red x; echo $?\n",
            devices: "devices: {leds: [red]}")
        #expect(
            typed == [
                "red             <inactive>\n", "", "LED 'red': on\n", "red             off\n",
                "LED 'green' not found (err=-19)\n", "0\n",
            ])
    }

    @Test func flashIsReadErasedAndProgrammed() throws {
        let (typed, record) = try Self.type(
            """
            sf probe
            sf read 40000000 0 4
            md.b 40000000 4
            sf erase 0 10000
            mw.b 40000000 f0 2; sf write 40000000 0 2
            mw.b 40000000 3c 2; sf write 40000000 0 1
            sf read 40000000 0 4; md.b 40000000 4
            sf erase 1 10
            sf erase 0 +10
            sf probe 1
            sf probe 0:3 100 0
            """,
            devices: "devices: {spi-flash: [{name: m25p16, erase: 64K, size: 2M, file: flash.bin}]}")
        #expect(
            typed == [
                "SF: Detected m25p16 with page size 256 Bytes, erase size 64 KiB, total 2 MiB\n",
                "device 0 offset 0x0, size 0x4\nSF: 4 bytes @ 0x0 Read: OK\n",
                "40000000: aa bb ff ff                                      ....\n",
                "SF: 65536 bytes @ 0x0 Erased: OK\n",
                "device 0 offset 0x0, size 0x2\nSF: 2 bytes @ 0x0 Written: OK\n",
                "device 0 offset 0x0, size 0x1\nSF: 1 bytes @ 0x0 Written: OK\n",
                "device 0 offset 0x0, size 0x4\nSF: 4 bytes @ 0x0 Read: OK\n"
                    + "40000000: 30 f0 ff ff                                      0...\n",
                "SF: 16 bytes @ 0x1 Erased: ERROR -22\n", "SF: 65536 bytes @ 0x0 Erased: OK\n",
                "Invalid cs 1 (err=-22)\nInvalid cs 1 (err=-22)\nInvalid chip select 0:1 (err=-22)\n"
                    + "Failed to initialize SPI flash at 0:1 (error -22)\n",
                "Invalid cs 3 (err=-22)\nInvalid cs 3 (err=-22)\nInvalid chip select 0:3 (err=-22)\n"
                    + "Failed to initialize SPI flash at 0:3 (error -22)\n",
            ])
        #expect(record.effects.count == 7)
    }

    @Test func logicTakesItsSizeInHexadecimal() throws {
        let (typed, record) = try Self.type(
            "fpga load 0 40000000 100; echo $?\nfpga load 1 40000000 100; echo $?\nfpga load 2 40000000 100\n",
            devices: "devices: {fpga: [{}, {message: \"no\\n\", loads: false}]}")
        #expect(
            typed == [
                "0\n", "no\nCommand 'load' failed: Error 1\n1\n",
                "fpga_load: Invalid device number 2\nCommand 'load' failed: Error 1\n",
            ])
        #expect(
            record.effects.map(\.action) == [
                "load of 0x100 bytes at 0x40000000", "load of 0x100 bytes at 0x40000000 failed",
            ])
    }

    @Test(arguments: [
        ("pci enum; echo $?", "0\n"), ("qfw load", "missing load or initrd address\nCommand 'load' failed: Error 1\n"),
        ("qfw load 40400000 44000000", "fatal: no kernel available\nCommand 'load' failed: Error 1\n"),
    ])
    func busesOfTheMachine(_ line: String, _ output: String) throws {
        #expect(try Self.type(line, devices: "").typed == [output])
    }

    @Test func dateKeepsWhatWasSet() throws {
        let (typed, record) = try Self.type(
            "date\ndate 022823592024.58; sleep 3; date\ndate 12312359; sleep 61; date\n", devices: "devices: {rtc: [r]}"
        )
        #expect(
            typed == [
                "Date: 2000-01-01 (Saturday)    Time:  0:00:00\n",
                "Date: 2024-02-28 (Wednesday)    Time: 23:59:58\nDate: 2024-02-29 (Thursday)    Time:  0:00:01\n",
                "Date: 2024-12-31 (Tuesday)    Time: 23:59:00\nDate: 2025-01-01 (Wednesday)    Time:  0:00:01\n",
            ])
        #expect(record.effects.map(\.device) == ["rtc", "rtc"])
        #expect(try Self.type("date", devices: "").typed == ["Cannot find RTC: err=-19\n"])
    }

    @Test func timeIsThatOfTheSimulation() throws {
        let (typed, _) = try Self.type("time sleep 61.5\ntimer start; sleep 1; timer get\n", devices: "")
        #expect(typed == ["\ntime: 1 minutes, 1.500 seconds\n", "1.000\n"])
    }

    @Test(arguments: [
        ("devices: {gpio: [{name: A, count: 0}]}", "devices.gpio.[0].count: no device has 0 pins"),
        ("devices: {gpio: [{name: A, count: 2, high: [2]}]}", "devices.gpio.[0].high.[0]: no device has a pin 2 of 2"),
        (
            "devices: {i2c: [{bus: 0, chips: [{address: 0x80}]}]}",
            "devices.i2c.[0].chips.[0].address: no device has an address above 0x7f"
        ),
        ("devices: {i2c: [{bus: -1}]}", "devices.i2c.[0].bus: no device has the bus number -1"),
        (
            "devices: {spi-flash: [{name: x, size: 1G}]}",
            "devices.spi-flash.[0].size: no device has 1073741824 bytes of flash"
        ),
        (
            "devices: {spi-flash: [{name: x, size: 1M, erase: 0}]}",
            "devices.spi-flash.[0].erase: no device has 0 bytes that are erased at once"
        ),
        ("devices: {ledz: []}", "devices: unknown key 'ledz', did you mean 'leds'?"),
    ])
    func mistakesHaveTheirPlace(_ devices: String, _ message: String) throws {
        let error = #expect(throws: BoardError.self) { try Self.type("", devices: devices) }
        #expect(error?.description.hasSuffix(message) == true, "\(error?.description ?? "")")
    }
}

/// The commands of these tests.
private enum HardwareNames {
    static let all = [
        "adc", "bcb", "button", "clk", "cpu", "cyclic", "dcache", "dfu", "fastboot", "fpga", "gpio", "i2c", "icache",
        "date", "hash", "kaslrseed", "led", "md5sum", "mdio", "mii", "misc", "printenv", "sha1sum", "nand", "nboot",
        "pci", "pinmux", "pmic", "pwm", "qfw", "regulator", "rtc",
        "sata", "sf",
        "time", "timer", "ubi", "ubifsload", "ubifsls", "ubifsmount", "ubifsumount", "wdt",
    ]
}
