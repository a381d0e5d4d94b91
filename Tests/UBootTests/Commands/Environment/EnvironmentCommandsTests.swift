import Testing

@testable import UBoot

struct EnvironmentCommandsTests {
    static let changes: [Exchange] = [
        Exchange("setenv a 1  2 '3  4'\nprintenv a", "a=1 2 3  4\n"),
        Exchange("setenv a \"\"\nprintenv a; env exists a", "a=\n"),
        Exchange("setenv a 1; setenv a; printenv a", "## Error: \"a\" not defined\n", 1),
        Exchange("setenv nope", ""),
        Exchange(
            "setenv",
            """
            \(UsageText.setenv)

            """, 1),
        Exchange(
            "setenv -x a b",
            """
            \(UsageText.setenv)

            """, 1),
        Exchange("setenv -f", ""),
        Exchange("setenv -f a b; printenv a", "a=b\n"),
        Exchange("printenv nope arch", "## Error: \"nope\" not defined\narch=arm\n", 1),
        Exchange("printenv -x", "## Error: \"-x\" not defined\n", 1),
        Exchange("setenv .h 1; printenv .h", ".h=1\n"),
        Exchange("env exists arch; echo $?; env exists nope; echo $?", "0\n1\n"),
        Exchange(
            "env exists",
            """
            \(UsageText.env)


            """, 1),
        Exchange("env exists arch nope", ""),
        Exchange("setenv a 1; env delete a; printenv a", "## Error: \"a\" not defined\n", 1),
        Exchange("env delete nope", "", 1),
        Exchange("env delete", ""),
        Exchange("env delete -f ethaddr; printenv ethaddr", "## Error: \"ethaddr\" not defined\n", 1),
        Exchange("env delete ethaddr", "## Error: Can't delete \"ethaddr\"\n", 1),
        Exchange("setenv arch x; env default arch; printenv arch", "arch=arm\n"),
        Exchange("env default -a", "## Resetting to default environment\n"),
        Exchange("env default -f -a", "## Resetting to default environment\n"),
        Exchange("env default nope; echo $?", "0\n"),
        Exchange(
            "env default",
            """
            \(UsageText.env)


            """, 1),
        Exchange("env print arch", "arch=arm\n"),
        Exchange("env pr arch; env set a 1; env p arch", "arch=arm\narch=arm\n"),
        Exchange("env ru x", "## Error: \"x\" not defined\n", 1),
        Exchange(
            "env e",
            """
            \(UsageText.env)


            """, 1),
        Exchange(
            "env",
            """
            \(UsageText.env)


            """, 1),
        Exchange("env set a 1 2; env print a", "a=1 2\n"),
        Exchange("setenv a \"x\ny\"; printenv a", "a=x\ny\n"),
    ]

    @Test(arguments: changes)
    func variablesAreChangedAndPrinted(_ exchange: Exchange) throws { try exchange.check() }

    @Test func theWholeEnvironmentIsSortedAndMeasured() throws {
        var machine = try TestBoard.machine()
        let output = machine.type(Array("printenv".utf8), source: "<prompt>").commands.first?.output.latin1 ?? ""
        let lines = output.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.first == "arch=arm")
        let byteCount = TestBoard.environment.reduce(1) { $0 + $1.key.count + $1.value.count + 2 }
        #expect(lines.suffix(3) == ["", "Environment size: \(byteCount)/262140 bytes", ""])
    }

    @Test func hiddenNamesAreShownOnDemand() throws {
        var machine = try TestBoard.machine()
        machine.type(line: "setenv .hidden 1")
        let plain = machine.type(Array("printenv".utf8), source: "<prompt>").commands[0].output.latin1
        let all = machine.type(Array("printenv -a".utf8), source: "<prompt>").commands[0].output.latin1
        #expect(!plain.contains(".hidden"))
        #expect(all.hasPrefix(".hidden=1\n"))
    }

    @Test func theLoadAddressFollowsItsVariable() throws {
        var machine = try TestBoard.machine()
        machine.type(line: "setenv loadaddr 0x41000000")
        #expect(machine.loadAddress == 0x4100_0000)
    }
}
