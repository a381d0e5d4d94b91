import Testing

@testable import UBoot

struct ControlCommandsTests {
    static let echo: [Exchange] = [
        Exchange("echo", "\n"),
        Exchange("echo a \"b c\"", "a b c\n"),
        Exchange("echo -n", ""),
        Exchange("echo -n -n", "-n"),
        Exchange("echo a -n", "a -n\n"),
        Exchange("echo -nn", "-nn\n"),
        Exchange("true a b; false a b", "", 1),
        Exchange("exit", ""),
        Exchange("exit 3", "", 1),
        Exchange("exit x", ""),
        Exchange("exit -1", ""),
        Exchange("exit 0x10", "", 1),
        Exchange("exit 1 2", "exit - exit script\n\nUsage:\nexit \n", 1),
        Exchange("showvar x y", "## Error: \"x\" not defined\n## Error: \"y\" not defined\n", 1),
        Exchange("setenv bootcmd echo booting; boot", "booting\n"),
        Exchange("setenv bootcmd echo booting; bootd", "booting\n"),
        Exchange("boot 1", "boot - boot default, i.e., run 'bootcmd'\n\nUsage:\nboot \n", 1),
        Exchange("setenv bootcmd; boot", "", 1),
    ]

    @Test(arguments: echo)
    func controlCommandsPrintWhatTheyAreGiven(_ exchange: Exchange) throws { try exchange.check() }

    @Test(arguments: [
        ("sleep 2", 2000), ("sleep 0.01", 10), ("sleep 1.5", 1500), ("sleep 1.23456", 1234), ("sleep x", 0),
        ("sleep 0x2", 2000), ("sleep .5", 500), ("sleep 1.x", 1000),
    ])
    func sleepingTakesNoTimeOfOurs(_ line: String, _ milliseconds: UInt64) throws {
        let machine = try Exchange(line, "").check()
        #expect(machine.clock == milliseconds)
    }

    @Test func sleepWantsANumber() throws {
        try Exchange(
            "sleep",
            """
            \(UsageText.sleep)

            """, 1
        ).check()
    }
}
