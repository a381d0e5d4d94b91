/// Commands of buses and chips, answered for a board that has none of them.
///
/// What is not in the table is a wrong call. The texts are those of U-Boot 2023.01 with all of these commands on
/// QEMU's `virt` machine, where none of these devices is.
enum AbsentDevices {
    static let all: [CommandDefinition] = [
        CommandDefinition(
            "button", maximumArguments: 2, summary: "manage buttons",
            usage: """
                <button_label> \tGet button state
                button list\t\tShow a list of buttons
                """,
            body: { call, machine in AbsentDevices.answer(call, &machine) }),
        CommandDefinition(
            "adc", maximumArguments: 16, summary: "ADC sub-system",
            usage: """
                list - list ADC devices
                adc info <name> - Get ADC device info
                adc single <name> <channel> [varname] - Get Single data of ADC device channel
                adc scan <name> [channel mask] - Scan all [or masked] ADC channels
                """,
            body: { call, machine in AbsentDevices.answer(call, &machine) }),
        CommandDefinition(
            "pmic", maximumArguments: 16, summary: "PMIC sub-system",
            usage: """
                list          - list pmic devices
                pmic dev [name]    - show or [set] operating PMIC device
                pmic dump          - dump registers
                pmic read address  - read byte of register at address
                pmic write address - write byte to register at address

                """,
            body: { call, machine in AbsentDevices.answer(call, &machine) }),
        CommandDefinition(
            "sata", maximumArguments: 5, summary: "SATA sub system",
            usage: """
                init - init SATA sub system
                sata stop [dev] - disable SATA sub system or device
                sata info - show available SATA devices
                sata device [dev] - show or set current device
                sata part [dev] - print partition table
                sata read addr blk# cnt
                sata write addr blk# cnt
                """,
            body: { call, machine in AbsentDevices.answer(call, &machine) }),
        CommandDefinition(
            "mdio", maximumArguments: 6, summary: "MDIO utility commands",
            usage: """
                list\t\t\t- List MDIO buses
                mdio read <phydev> [<devad>.]<reg> - read PHY's register at <devad>.<reg>
                mdio write <phydev> [<devad>.]<reg> <data> - write PHY's register at <devad>.<reg>
                mdio rx <phydev> [<devad>.]<reg> - read PHY's extended register at <devad>.<reg>
                mdio wx <phydev> [<devad>.]<reg> <data> - write PHY's extended register at <devad>.<reg>
                <phydev> may be:
                   <busname>  <addr>
                   <addr>
                   <eth name>
                <addr> <devad>, and <reg> may be ranges, e.g. 1-5.4-0x1f.

                """,
            body: { call, machine in AbsentDevices.answer(call, &machine) }),
        CommandDefinition(
            "pwm", maximumArguments: 6, isRepeatable: false, summary: "control pwm channels",
            usage: """
                invert <pwm_dev_num> <channel> <polarity> - invert polarity
                pwm config <pwm_dev_num> <channel> <period_ns> <duty_ns> - config PWM
                pwm enable <pwm_dev_num> <channel> - enable PWM output
                pwm disable <pwm_dev_num> <channel> - disable PWM output
                Note: All input values are in decimal
                """,
            body: { call, machine in AbsentDevices.answer(call, &machine) }),
        CommandDefinition(
            "misc", maximumArguments: 6, summary: "Access miscellaneous devices with MISC uclass driver APIs",
            usage: """
                list                       - list all miscellaneous devices
                misc read  name offset addr len - read `len' bytes starting at
                \t\t\t\t  `offset' of device `name'
                \t\t\t\t  to memory at `addr'
                misc write name offset addr len - write `len' bytes starting at
                \t\t\t\t  `offset' of device `name'
                \t\t\t\t  from memory at `addr'
                """,
            body: { call, machine in AbsentDevices.answer(call, &machine) }),
        CommandDefinition(
            "clk", maximumArguments: 4, summary: "CLK sub-system",
            usage: """
                dump - Print clock frequencies
                clk setfreq [clk] [freq] - Set clock frequency
                """,
            body: { call, machine in AbsentDevices.answer(call, &machine) }),
        CommandDefinition(
            "cpu", maximumArguments: 16, summary: "Multiprocessor CPU boot manipulation and release",
            usage: """
                <num> reset                 - Reset cpu <num>
                cpu status                      - Status of all cpus
                cpu <num> status                - Status of cpu <num>
                cpu <num> disable               - Disable cpu <num>
                cpu <num> release <addr> [args] - Release cpu <num> at <addr> with [args]
                """,
            body: { call, machine in AbsentDevices.answer(call, &machine) }),
        CommandDefinition(
            "cyclic", maximumArguments: 16, summary: "Cyclic",
            usage: """
                cyclic demo <cycletime_ms> <delay_us> - register cyclic demo function
                cyclic list - list cyclic functions

                """,
            body: { call, machine in AbsentDevices.answer(call, &machine) }),
        CommandDefinition(
            "kaslrseed", maximumArguments: 1, isRepeatable: false,
            summary: "feed bytes from the hardware random number generator to the kaslr-seed",
            usage: """
                [n]
                  - append random bytes to chosen kaslr-seed node

                """,
            body: { call, machine in AbsentDevices.answer(call, &machine) }),
        CommandDefinition(
            "nboot", maximumArguments: 4, summary: "boot from NAND device",
            usage: "[partition] | [[[loadAddr] dev] offset]",
            body: { call, machine in AbsentDevices.answer(call, &machine) }),
        CommandDefinition(
            "pinmux", maximumArguments: 16, summary: "show pin-controller muxing",
            usage: """
                list                     - list UCLASS_PINCTRL devices
                pinmux dev [pincontroller-name] - select pin-controller device
                pinmux status [-a | pin-name]   - print pin-controller muxing [for all | for pin-name]

                """,
            body: { call, machine in AbsentDevices.answer(call, &machine) }),
        CommandDefinition(
            "wdt", maximumArguments: 16, summary: "Watchdog sub-system",
            usage: """
                list - list watchdog devices
                wdt dev [<name>] - get/set current watchdog device
                wdt start <timeout ms> [flags] - start watchdog timer
                wdt stop - stop watchdog timer
                wdt reset - reset watchdog timer
                wdt expire [flags] - expire watchdog timer immediately

                """,
            body: { call, machine in AbsentDevices.answer(call, &machine) }),
        CommandDefinition(
            "bcb", maximumArguments: 16, summary: "Load/set/clear/test/dump/store Android BCB fields",
            usage: """
                load  <dev> <part>       - load  BCB from mmc <dev>:<part>
                bcb set   <field> <val>      - set   BCB <field> to <val>
                bcb clear [<field>]          - clear BCB <field> or all fields
                bcb test  <field> <op> <val> - test  BCB <field> against <val>
                bcb dump  <field>            - dump  BCB <field>
                bcb store                    - store BCB back to mmc

                Legend:
                <dev>   - MMC device index containing the BCB partition
                <part>  - MMC partition index or name containing the BCB
                <field> - one of {command,status,recovery,stage,reserved}
                <op>    - the binary operator used in 'bcb test':
                          '=' returns true if <val> matches the string stored in <field>
                          '~' returns true if <val> matches a subset of <field>'s string
                <val>   - string/text provided as input to bcb {set,test}
                          NOTE: any ':' character in <val> will be replaced by line feed
                          during 'bcb set' and used as separator by upper layers

                """,
            body: { call, machine in AbsentDevices.answer(call, &machine) }),
        CommandDefinition(
            "regulator", maximumArguments: 16, summary: "uclass operations",
            usage: """
                list             - list UCLASS regulator devices
                regulator dev [regulator-name] - show/[set] operating regulator device
                regulator info                 - print constraints info
                regulator status [-a]          - print operating status [for all]
                regulator value [val] [-f]     - print/[set] voltage value [uV] (force)
                regulator current [val]        - print/[set] current value [uA]
                regulator mode [id]            - print/[set] operating mode id
                regulator enable               - enable the regulator output
                regulator disable              - disable the regulator output

                """,
            body: { call, machine in AbsentDevices.answer(call, &machine) }),
    ]

    /// One answer: for calls with the subcommand (nil: any) and this many words, the command's name included.
    struct Rule: Sendable {
        var subcommand: String?
        var words: ClosedRange<Int>
        /// `{2}` stands for the word of that number.
        var text: String
        var status: CommandStatus

        init(_ subcommand: String?, _ words: ClosedRange<Int> = 1...16, _ text: String = "", _ status: Int = 1) {
            self.subcommand = subcommand
            self.words = words
            self.text = text
            self.status = CommandStatus(rawValue: status)
        }
    }

    /// The answers by command, the first one that fits first.
    static let rules: [String: [Rule]] = [
        "button": [
            Rule("list", 2...2, "", 0),
            Rule(nil, 2...2, "Button '{1}' not found (err=-19)\n"),
        ],
        "adc": [
            Rule("list", 2...2, "", 0),
            Rule("info", 3...3, "Unknown ADC device {2}\n"),
            Rule("single", 4...5, "Error getting single shot for device {2} channel {3} (ret=-19)\n"),
            Rule("scan", 3...4, "Can't get the ADC {2}: -19\n"),
        ],
        "pmic": [
            Rule("list", 2...2, "| Name                            | Parent name         | Parent uclass @ seq\n", 0),
            Rule("dev", 2...2, "PMIC device is not set!\n\n", -1),
            Rule("dev", 3...3, "Can't get PMIC: {2}!\nError: -19 ()\n"),
            Rule("dump", 2...2, noPMIC, -1), Rule("read", 3...3, noPMIC, -1), Rule("write", 4...4, noPMIC, -1),
        ],
        "regulator": [
            Rule("list", 2...2, "| Device              | regulator-name                  | Parent\n", 0),
            Rule("dev", 2...2, "Regulator device is not set!\n\n", -1),
            Rule("dev", 3...3, "Can't get the regulator: {2}!\nError: -19 ()\n"),
            Rule("status", 2...3, "Name                 Enabled            uV         mA Mode       Status\n", 0),
            Rule("info", 2...2, noRegulator), Rule("value", 2...4, noRegulator), Rule("current", 2...3, noRegulator),
            Rule("mode", 2...3, noRegulator), Rule("enable", 2...2, noRegulator), Rule("disable", 2...2, noRegulator),
        ],
        "sata": [
            Rule("stop", 2...2, "Cannot find SATA device 0 (err=-19)\n"),
            Rule(nil, 1...5, "No SATA device found!\n"),
        ],
        "mdio": [
            Rule("list", 2...2, "No MDIO bus found\n"),
            Rule("list", 3...3, "{2} is not a known ethernet\n"),
            Rule("read", 3...4, "{2} is not a known ethernet\nNo MDIO bus found\n"),
            Rule("write", 3...5, "{2} is not a known ethernet\nNo MDIO bus found\n"),
            Rule(nil, 2...6, "No MDIO bus found\n"),
        ],
        "pwm": [
            Rule("config", 6...6, noPWM), Rule("enable", 4...4, noPWM), Rule("disable", 4...4, noPWM),
            Rule("invert", 5...5, noPWM),
        ],
        "misc": [
            Rule("list", 2...2, "Device               Index     Driver\n-------------------------------------\n", 0),
            Rule("read", 6...6, "Unable to find device {2}\nCommand 'read' failed: Error -19\n"),
            Rule("write", 6...6, "Unable to find device {2}\nCommand 'write' failed: Error -19\n"),
        ],
        "clk": [
            Rule("dump", 2...2, clockHeading, 0),
            Rule("setfreq", 4...4, "clock '{2}' not found.\n"),
        ],
        "cpu": [Rule("list", 2...2, "", 0), Rule("detail", 2...2, "", 0)],
        "cyclic": [Rule("list", 2...2, "", 0)],
        "kaslrseed": [Rule(nil, 1...1, "No RNG device\n")],
        "nboot": [Rule(nil, 1...4, "\n** Device 0 not available\n")],
        "pinmux": [
            Rule(
                "list", 2...2,
                "| Device                        | Driver                        | Parent\n", 0),
            Rule("dev", 2...2, "Pin-controller device is not set!\n", -1),
            Rule("dev", 3...3, "Can't get the pin-controller: {2}!\n"),
            Rule("status", 2...2, "pin-controller device not selected\n"),
            Rule("status", 3...3, "", 0),
        ],
        "wdt": [
            Rule("list", 2...2, "", 0),
            Rule("dev", 2...2, "No watchdog timer device set!\n"),
            Rule("dev", 3...3, "Can't get the watchdog timer: {2}\n"),
            Rule("start", 3...4, noWatchdog), Rule("stop", 2...2, noWatchdog), Rule("reset", 2...2, noWatchdog),
            Rule("expire", 2...3, noWatchdog),
        ],
        "bcb": [
            Rule("load", 4...4, "Error: mmc {2}:{3} read failed (-19)\n"),
            Rule("load", 2...16, "Error: Bad usage of 'bcb load'\n"),
            Rule("test", 5...5, noBCB), Rule("test", 2...16, "Error: Bad usage of 'bcb test'\n"),
            Rule("set", 4...4, noBCB), Rule("set", 2...16, "Error: Bad usage of 'bcb set'\n"),
            Rule("clear", 2...3, noBCB), Rule("dump", 3...3, noBCB),
            Rule("dump", 2...16, "Error: Bad usage of 'bcb dump'\n"), Rule("store", 2...2, noBCB),
        ],
    ]

    private static let noPMIC = "First, set the PMIC device!\n"
    private static let noRegulator = "First, set the regulator device!\n"
    private static let noPWM = "pwm: '{2}' not found\nCommand 'pwm' failed: Error -19\n"
    private static let noWatchdog = "No device set, use 'wdt dev' first\n"
    private static let noBCB = "Error: Please, load BCB first!\n"
    private static let clockHeading =
        " Rate               Usecnt      Name\n------------------------------------------\n"

    static func answer(_ call: CommandCall, _ machine: inout Machine) -> CommandStatus {
        let word = call.word(1).display
        let rule = rules[call.definition.name]?.first {
            $0.words.contains(call.count) && ($0.subcommand == nil || $0.subcommand == word)
        }
        guard let rule else { return .usage }
        var text = ByteString(utf8: rule.text).bytes
        for number in 1..<max(call.count, 2) {
            text = text.replacing(Array("{\(number)}".utf8), with: call.word(number).bytes)
        }
        machine.print(ByteString(text))
        return rule.status
    }
}
