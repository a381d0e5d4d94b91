import Testing

@testable import UBoot

/// Rows recorded from the real U-Boot 2025.01 of Debian 13, under QEMU.
struct NewerReleaseTests {
    private static let version = "2025.01-3+deb13u1"

    @Test(
        "2025.01 leaves with exit, counts what is missing and forgets empty variables",
        arguments: [
            Exchange("exit 5; echo no\necho $?", "exit not allowed from main input shell.\n5\n"),
            Exchange("exit -5", "exit not allowed from main input shell.\n"),
            Exchange("exit 4294967294; echo on", "on\n"),
            Exchange("if true; then exit 3; fi; echo no", "exit not allowed from main input shell.\n"),
            Exchange("setenv s 'echo one; exit 3; echo two'\nrun s", "one\n", 3),
            Exchange("setenv s 'if true; then exit 4; fi; echo two'\nrun s", ""),
            Exchange("setenv s 'for i in a b; do echo $i; exit 5; done; echo two'\nrun s || echo failed", "a\n"),
            Exchange("setenv s 'exit 1'\nrun s s", "", 1),
            Exchange("x=3; setenv s 'exit $x; echo on'\nrun s", "on\n"),
            Exchange("setenv a 'run b; echo back $?'; setenv b 'exit 6'\nrun a", "back 6\n"),
            Exchange(
                "printenv no1 no2 no3",
                "## Error: \"no1\" not defined\n## Error: \"no2\" not defined\n## Error: \"no3\" not defined\n", 3),
            Exchange("showvar no1 no2", "## Error: \"no1\" not defined\n## Error: \"no2\" not defined\n", 2),
            Exchange("a=1\na=\nshowvar a", "## Error: \"a\" not defined\n", 1),
            Exchange("HUSH_VERSION=", "HUSH_VERSION: readonly variable"),
            Exchange("setenv a=b 1", "## Error: illegal character '=' in variable name \"a=b\"\n", 1),
            Exchange("env default nosuch", "WARNING: 'nosuch' neither in running nor in imported env!\n"),
            Exchange("setexpr s sub o 0 \"hello\"; echo $s", "hell0\n"),
            Exchange("setexpr s gsub x 0 \"hello\"; echo $s", "hello\n"),
            Exchange("setenv s 'exit 3'\nrun s s", "", 3),
            Exchange("setenv s 'exit 0'; setenv t 'echo t; exit 7'\nrun s t", "t\n", 7),
            Exchange("setenv s 'true'; setenv t 'echo t; exit 7'\nrun s t; echo $?", "t\n7\n"),
            Exchange("echo ${:=two words}; showvar", "two words\nHUSH_VERSION=0.01\n"),
            Exchange("setenv a x; env default a; echo $a", "WARNING: 'a' not in imported env, deleting it!\n\n"),
            Exchange("x\\;y; echo $?", "Unknown command 'x;y' - try 'help' or use 'run' command\n4294967295\n"),
        ])
    func answersAsTheNewerRelease(_ row: Exchange) throws {
        try row.check(version: Self.version)
    }

    @Test("a board says how many words a command may have")
    func boardLimitsWords() throws {
        var description = TestBoard.description(ramByteCount: 1 << 20)
        description.argumentLimit = 3
        var machine = try Machine(description)
        #expect(machine.type(Array("true 1 2\n".utf8), source: "<prompt>").commands[0].status == 0)
        #expect(machine.type(Array("true 1 2 3\n".utf8), source: "<prompt>").commands[0].status == 1)
        // A limit of the command's own holds on every board.
        #expect(machine.type(Array("setexpr v 1 + 2\n".utf8), source: "<prompt>").commands[0].status == 0)
    }
}
