import Testing

@testable import UBoot

/// A board whose CPU has 32 bits, as U-Boot 2023.01 of QEMU's 32-bit `virt` machine answers.
struct NarrowWordTests {
    private static func type(_ lines: String, wordSize: Int = 4) throws -> [Machine.TypedCommand] {
        var description = MachineDescription(
            name: "test", version: "2023.01", banks: [.init(kind: .ram, range: .init(start: 0, size: 1 << 20))])
        description.commands = ["echo", "setexpr", "printenv", "itest", "test", "md", "mw", "crc32"]
        description.wordSize = wordSize
        var machine = try Machine(description)
        return machine.type(Array(lines.utf8), source: "test").commands
    }

    @Test(arguments: [
        ("setexpr a 0xffffffff + 1; echo $a", "0\n"), ("setexpr a 5 - 6; echo $a", "ffffffff\n"),
        ("setexpr a 123456789abcdef0; echo $a", "9abcdef0\n"), ("setexpr a fffffff0 / 3; echo $a", "55555550\n"),
        ("itest 100000000 == 0; echo $?", "0\n"), ("itest ffffffff -gt 0; echo $?", "1\n"),
        ("itest 80000000 -lt 0; echo $?", "0\n"), ("test 08 -gt 0xb9148bc9; echo $?", "0\n"),
        ("test 5 -gt -1; echo $?", "0\n"), ("md.q 0 1; echo $?", "1\n"), ("mw.q 0 1; echo $?", "1\n"),
        ("mw 100000010 5 1; md 10 1", "00000010: 00000005                             ....\n"),
        ("mw.b 0 80; setexpr.q a *0; echo $a", "80\n"),
    ])
    func numbersHave32Bits(_ line: String, _ output: ByteString) throws {
        #expect(try Self.type(line).map(\.output) == [output])
    }

    @Test func pointersHaveEightDigits() {
        let shown = FDTText.value([1, 2, 3, 4, 5], at: 0x4800_0090, limit: 4, .v2023_07, wordSize: 4)
        #expect(shown == "* 0x48000090 [0x00000005]")
    }

    @Test(arguments: ["/", "%"])
    func divisionByZeroHangs(_ sign: String) throws {
        let typed = try Self.type("setexpr a 1 \(sign) 0\necho x\n")
        #expect(typed.map(\.output) == ["### ERROR ### Please RESET the board ###\n"])
        #expect(typed.last?.status == nil)
        #expect(try Self.type("setexpr a 1 \(sign) 0; echo $a\n", wordSize: 8).first?.status == 0)
    }

    @Test func crc32NamesItselfAsTheBuildDoes() throws {
        var description = MachineDescription(
            name: "test", version: "2023.01", banks: [.init(kind: .ram, range: .init(start: 0, size: 1 << 20))])
        description.commands = ["crc32"]
        description.hasDigests = false
        var machine = try Machine(description)
        let output = machine.type(Array("crc32 0 4".utf8), source: "test").commands.first?.output
        #expect(output == "CRC32 for 00000000 ... 00000003 ==> 2144df1c\n")
    }
}
