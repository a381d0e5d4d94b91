import Testing

@testable import UBoot

struct SystemCommandsTests {
    static let help: [Exchange] = [
        Exchange(
            "help echo",
            """
            \(UsageText.echo)

            """, 1),
        Exchange(
            "help nosuch",
            """
            Unknown command 'nosuch' - try 'help' without arguments for list of all known commands


            """, 1),
        Exchange(
            "help true false",
            """
            \(UsageText.`true`)
            \(UsageText.`false`)

            """, 1),
        Exchange("? version", "version - print monitor, compiler and linker version\n\nUsage:\nversion \n", 1),
        Exchange(
            "help run booti",
            """
            \(UsageText.run)
            \(UsageText.booti)


            """, 1),
        Exchange("version 1", "version - print monitor, compiler and linker version\n\nUsage:\nversion \n", 1),
        Exchange(
            "help fdt",
            """
            \(UsageText.fdt)

            """, 1),
        Exchange(
            "help setexpr itest test",
            """
            \(UsageText.setexpr)
            \(UsageText.itest)
            \(UsageText.test)

            """, 1),
        Exchange(
            "help env printenv setenv",
            """
            \(UsageText.env)

            \(UsageText.printenv)
            \(UsageText.setenv)

            """, 1),
        Exchange(
            "help md mw cp cmp crc32 base",
            """
            \(UsageText.md)
            \(UsageText.mw)
            \(UsageText.cp)
            \(UsageText.cmp)
            \(UsageText.crc32)
            base - print or set address offset

            Usage:
            base\u{20}
                - print address offset for memory commands
            base off
                - set address offset for memory commands to 'off'

            """, 1),
        Exchange(
            "help tftpboot dhcp source iminfo",
            """
            \(UsageText.tftpboot)
            \(UsageText.dhcp)
            \(UsageText.source)
            \(UsageText.iminfo)

            """, 1),
        Exchange(
            "help boot bootd exit sleep showvar true",
            """
            boot - boot default, i.e., run 'bootcmd'

            Usage:
            boot\u{20}
            bootd - boot default, i.e., run 'bootcmd'

            Usage:
            bootd\u{20}
            exit - exit script

            Usage:
            exit\u{20}
            \(UsageText.sleep)
            showvar - print local hushshell variables

            Usage:
            showvar\u{20}
                - print values of all hushshell variables
            showvar name ...
                - print value of hushshell variable 'name'
            \(UsageText.`true`)

            """, 1),
        Exchange(
            "help reset poweroff panic saveenv help",
            """
            \(UsageText.reset)
            poweroff - Perform POWEROFF of the device

            Usage:
            poweroff\u{20}
            \(UsageText.panic)
            saveenv - save environment variables to persistent storage

            Usage:
            saveenv\u{20}
            help - print command description/usage

            Usage:
            help\u{20}
            \t- print brief description of all commands
            help command ...
            \t- print detailed usage of 'command'

            """, 1),
        Exchange(
            "help load ext4load fatload unzip bootm bootefi",
            """
            \(UsageText.load)
            \(UsageText.ext4load)
            \(UsageText.fatload)
            \(UsageText.unzip)
            \(UsageText.bootm)
            \(UsageText.bootefi)


            """, 1),
    ]

    @Test(arguments: help)
    func helpShowsTheUsage(_ exchange: Exchange) throws { try exchange.check() }

    @Test func helpListsAllCommands() throws {
        var machine = try TestBoard.machine()
        let output = machine.type(Array("help".utf8), source: "<prompt>").commands[0].output.latin1
        let lines = output.split(separator: "\n")
        #expect(lines.count == TestBoard.commandNames.count)
        #expect(lines.first == "?         - alias for 'help'")
        #expect(lines.contains("source    - run script from memory"))
    }

    @Test func versionComesFromTheBoard() throws {
        try Exchange("version", "U-Boot \(TestBoard.version)\n\ncompiler\nlinker\n").check()
    }

    @Test(arguments: [
        ("reset", "resetting ...\n"), ("reset -w", "resetting ...\n"), ("poweroff", "poweroff ...\n"),
        ("panic oh", "oh\nresetting ...\n"), ("panic", "\nresetting ...\n"),
    ])
    func theBoardGoesAway(_ line: String, _ output: String) throws {
        var machine = try TestBoard.machine()
        let answer = machine.type(Array("\(line)\necho on".utf8), source: "<prompt>")
        #expect(answer.commands.map(\.output.latin1) == [output])
        guard case .reset = answer.ending else {
            Issue.record("ended in \(answer.ending)")
            return
        }
    }

    @Test func commandsThatAreNotSimulatedSaySo() throws {
        let machine = try Exchange("dm tree", "ibtest: the command 'dm' is not simulated\n", 1).check()
        #expect(machine.recorder.commands.map(\.outcome) == [.unsimulated])
    }

    @Test func theCommandTableIsAsRecorded() throws {
        let table = try TestBoard.machine().commands.commands.map { command in
            let repeats = command.isRepeatable ? "repeats" : "once"
            return "\(command.name) | \(command.maximumArguments) | \(repeats) | \(command.summary)\n"
        }
        try GoldenFile.check(table.joined(), "command-table.txt")
    }
}
