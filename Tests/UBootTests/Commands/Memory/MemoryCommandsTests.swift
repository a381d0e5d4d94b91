import Testing

@testable import UBoot

struct MemoryCommandsTests {
    static let display: [Exchange] = [
        Exchange(
            "mw.l 50000000 11223344 2; md.l 50000000 2", "50000000: 11223344 11223344                    D3\".D3\".\n"),
        Exchange(
            "mw.l 50000000 11223344 8; md 50000000 5",
            """
            50000000: 11223344 11223344 11223344 11223344  D3".D3".D3".D3".
            50000010: 11223344                             D3".

            """),
        Exchange(
            "mw.l 50000000 41424344 8; md.b 50000000 13",
            """
            50000000: 44 43 42 41 44 43 42 41 44 43 42 41 44 43 42 41  DCBADCBADCBADCBA
            50000010: 44 43 42                                         DCB

            """),
        Exchange(
            "mw.l 50000000 41424344 8; md.w 50000000 9",
            """
            50000000: 4344 4142 4344 4142 4344 4142 4344 4142  DCBADCBADCBADCBA
            50000010: 4344                                     DC

            """),
        Exchange(
            "mw.l 50000000 41424344 8; md.q 50000000 3",
            """
            50000000: 4142434441424344 4142434441424344  DCBADCBADCBADCBA
            50000010: 4142434441424344                   DCBADCBA

            """),
        Exchange(
            "mw.l 50000000 7f807e20 1; md.b 50000000 4",
            "50000000: 20 7e 80 7f                                       ~..\n"),
        Exchange("md 50000000 0; echo $?", "0\n"),
        Exchange("md", "md - memory display\n\nUsage:\nmd [.b, .w, .l, .q] address [# of objects]\n", 1),
        Exchange("md.x 50000000; echo $?", "1\n"),
        Exchange("md.s 50000000; echo $?", "1\n"),
        Exchange("md.b 0 1", "00000000: 0a                                               .\n"),
        Exchange("md 1 2 3", "md - memory display\n\nUsage:\nmd [.b, .w, .l, .q] address [# of objects]\n", 1),
    ]

    @Test(arguments: display)
    func memoryIsShownInLines(_ exchange: Exchange) throws { try exchange.check() }

    static let writes: [Exchange] = [
        Exchange(
            "mw.b 50000000 1ff; mw.b 50000001 0; md.b 50000000 2",
            "50000000: ff 00                                            ..\n"),
        Exchange("mw.w 50000000 12345; md.w 50000000 1", "50000000: 2345                                     E#\n"),
        Exchange(
            "mw.q 50000000 1122334455667788 2; md.q 50000000 2",
            "50000000: 1122334455667788 1122334455667788  .wfUD3\"..wfUD3\".\n"),
        Exchange("mw 50000000 5; md.l 50000000 1", "50000000: 00000005                             ....\n"),
        Exchange(
            "mw.l 50000000 0 4; mw.l 50000000 ff 0; md.l 50000000 1",
            "50000000: 00000000                             ....\n"),
        Exchange("mw 50000000", "mw - memory write (fill)\n\nUsage:\nmw [.b, .w, .l, .q] address value [count]\n", 1),
        Exchange("mw.k 50000000 1; echo $?", "1\n"),
        Exchange("mw.b 0 55; md.b 0 1", "00000000: 0a                                               .\n"),
        Exchange(
            "mw.l 50000000 12345678; cp.b 50000000 50000010 4; md.b 50000010 4",
            "50000010: 78 56 34 12                                      xV4.\n"),
        Exchange(
            "mw.l 50000000 12345678; mw.l 50000004 9abcdef0; cp 50000000 50000020 2; md 50000020 2",
            "50000020: 12345678 9abcdef0                    xV4.....\n"),
        Exchange("cp 50000000 50000010 0", "Zero length ???\n", 1),
        Exchange("cp 50000000 50000010", "cp - memory copy\n\nUsage:\ncp [.b, .w, .l, .q] source target count\n", 1),
        Exchange("cp.z 50000000 50000010 1; echo $?", "1\n"),
        Exchange(
            "mw.l 50000000 44332211; cp.b 50000000 50000001 7; md.b 50000000 8",
            "50000000: 11 11 11 11 11 11 11 11                          ........\n"),
        Exchange(
            "mw.l 50000000 44332211; mw.l 50000004 88776655; cp.b 50000002 50000000 6; md.b 50000000 8",
            "50000000: 33 44 55 66 77 88 77 88                          3DUfw.w.\n"),
        Exchange(
            "mw.l 50000000 44332211; mw.l 50000004 88776655; cp.b 50000000 50000003 40; md.b 50000000 48",
            """
            50000000: 11 22 33 11 22 33 11 22 33 11 22 33 11 22 33 11  ."3."3."3."3."3.
            50000010: 22 33 11 22 33 11 22 33 11 22 33 11 22 33 11 22  "3."3."3."3."3."
            50000020: 33 11 22 33 11 22 33 11 22 33 11 22 33 11 22 33  3."3."3."3."3."3
            50000030: 11 22 33 11 22 33 11 22 33 11 22 33 11 22 33 11  ."3."3."3."3."3.
            50000040: 22 33 11 00 00 00 00 00                          "3......

            """),
        Exchange(
            "base 50000000; mw 0 12345678; md 0 1; cp 0 4 1; cmp 0 4 1; base 0; md 50000004 1",
            """
            Base Address: 0x50000000
            50000000: 12345678                             xV4.
            Total of 1 word(s) were the same
            Base Address: 0x00000000
            50000004: 12345678                             xV4.

            """),
        Exchange("base", "Base Address: 0x00000000\n"),
        Exchange("base zz", "Base Address: 0x00000000\n"),
    ]

    @Test(arguments: writes)
    func memoryIsWrittenAndCopied(_ exchange: Exchange) throws { try exchange.check() }

    static let comparisons: [Exchange] = [
        Exchange(
            "mw.l 50000000 11 4; mw.l 50000100 11 4; cmp 50000000 50000100 4", "Total of 4 word(s) were the same\n"),
        Exchange(
            "mw.l 50000000 11 4; mw.l 50000100 11 4; cmp.b 50000000 50000100 10",
            "Total of 16 byte(s) were the same\n"),
        Exchange(
            "mw.l 50000000 11 4; mw.l 50000100 11 4; cmp.w 50000000 50000100 8",
            "Total of 8 halfword(s) were the same\n"),
        Exchange(
            "mw.l 50000000 11 4; mw.l 50000100 11 4; cmp.q 50000000 50000100 2",
            "Total of 2 double word(s) were the same\n"),
        Exchange(
            "mw.l 50000000 11 4; mw.l 50000100 11 4; mw.b 50000106 62; cmp.b 50000000 50000100 10",
            """
            byte at 0x50000006 (0x0) != byte at 0x50000106 (0x62)
            Total of 6 byte(s) were the same

            """, 1),
        Exchange(
            "mw.l 50000000 1 4; mw.l 50000100 0 4; cmp.w 50000000 50000100 4",
            """
            halfword at 0x50000000 (0x1) != halfword at 0x50000100 (0x0)
            Total of 0 halfword(s) were the same

            """, 1),
        Exchange(
            "mw.l 50000000 1 4; mw.l 50000100 0 4; cmp.l 50000000 50000100 4",
            """
            word at 0x50000000 (0x01) != word at 0x50000100 (0x00)
            Total of 0 word(s) were the same

            """, 1),
        Exchange(
            "mw.l 50000000 1 4; mw.l 50000100 0 4; cmp.q 50000000 50000100 2",
            """
            double word at 0x50000000 (0x100000001) != double word at 0x50000100 (0x000000)
            Total of 0 double word(s) were the same

            """, 1),
        Exchange("cmp 50000000 50000000 0", "Total of 0 word(s) were the same\n"),
        Exchange("cmp.x 50000000 50000000 1; echo $?", "1\n"),
        Exchange(
            "cmp 50000000 50000000",
            """
            \(UsageText.cmp)

            """, 1),
        Exchange("mw.b 50000000 0 20; crc32 50000000 20", "crc32 for 50000000 ... 5000001f ==> 190a55ad\n"),
        Exchange(
            "mw.b 50000000 41 20; crc32 50000000 20 50000100; md.b 50000100 4",
            """
            crc32 for 50000000 ... 5000001f ==> ad316f1e
            50000100: ad 31 6f 1e                                      .1o.

            """),
        Exchange("crc32 50000000 0", "crc32 for 50000000 ... 4fffffff ==> 00000000\n"),
        Exchange(
            "crc32 50000000",
            """
            \(UsageText.crc32)

            """, 1),
    ]

    @Test(arguments: comparisons)
    func memoryIsCompared(_ exchange: Exchange) throws { try exchange.check() }

    @Test(arguments: [
        "md ffffffff0000 1", "mw c0000000 1", "mw.b bfffffff 0 2", "cp.b 50000000 bffffff0 20",
        "cp.b 40000000 40000001 ffffffffffffffff", "cp.b 40000000 40000001 80000000", "cmp c0000000 50000000 1",
        "crc32 c0000000 1", "mw.q 40000000 123 ffffffffffffffff", "mw 40000000 0 ffffffffffffffff",
        "setexpr x *c0000000", "itest.s *c0000000 == a", "fdt addr c0000000", "iminfo c0000000", "source c0000000",
        "booti c0000000", "booti bfffffff", "env import -t c0000000", "env export -t c0000000",
    ])
    func accessesWithoutMemoryAbort(_ line: String) throws {
        var machine = try TestBoard.machine()
        let answer = machine.type(Array(line.utf8), source: "<prompt>")
        guard case .abort = answer.ending else {
            Issue.record("ended in \(answer.ending)")
            return
        }
        #expect(answer.commands.last?.status == nil)
        #expect(machine.console.text(from: 0).latin1.hasSuffix("Resetting CPU ...\n\nresetting ...\n"))
    }

    @Test func whoWroteIsKnown() throws {
        let machine = try Exchange("mw.l 50000000 1 4\ncp.b 50000000 50000008 4", "").check()
        let extents = machine.memory.provenance.extents(in: AddressRange(start: 0x5000_0000, size: 0x100))
        let writers = extents.map { machine.memory.provenance.writers[$0.writer].source }
        #expect(extents.map(\.range.size) == [8, 4, 4])
        #expect(writers == [.command("mw"), .command("cp"), .command("mw")])
    }

    @Test func writesToReadOnlyMemoryAreNoted() throws {
        let machine = try Exchange("mw.l 100 1", "").check()
        #expect(machine.memory.outsideAccesses.map(\.found) == [.rom])
    }
}
