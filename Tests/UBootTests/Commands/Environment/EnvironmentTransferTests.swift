import Testing

@testable import UBoot

struct EnvironmentTransferTests {
    static let exports: [Exchange] = [
        Exchange(
            """
            setenv b 2; setenv a 1; mw.b 50000000 ff 40; env export -t 50000000 b a; echo $filesize; md.b 50000000 10
            """,
            """
            9
            50000000: 61 3d 31 0a 62 3d 32 0a 00 ff ff ff ff ff ff ff  a=1.b=2.........

            """),
        Exchange(
            "setenv a 1; mw.b 50000000 ff 40; env export -t -s 40 50000000 a; echo $filesize; md.b 50000000 40",
            """
            40
            50000000: 61 3d 31 0a 00 00 00 00 00 00 00 00 00 00 00 00  a=1.............
            50000010: 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00  ................
            50000020: 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00  ................
            50000030: 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00  ................

            """),
        Exchange(
            "setenv a 1; mw.b 50000000 ff 40; env export -b 50000000 a; echo $filesize; md.b 50000000 10",
            """
            40000
            50000000: 61 3d 31 00 00 00 00 00 00 00 00 00 00 00 00 00  a=1.............

            """),
        Exchange(
            "setenv a 1; mw.b 50000000 ff 40; env export -c 50000000 a; echo $filesize; md.b 50000000 10",
            """
            40000
            50000000: aa fe bd ba 61 3d 31 00 00 00 00 00 00 00 00 00  ....a=1.........

            """),
        Exchange(
            "setenv a 1; env export -c -s 20 50000000 a; echo $filesize; md.b 50000000 30",
            """
            40000
            50000000: 3b 78 4d 37 61 3d 31 00 00 00 00 00 00 00 00 00  ;xM7a=1.........
            50000010: 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00  ................
            50000020: 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00  ................

            """),
        Exchange(
            "mw.b 50000000 ff 10; env export -t 50000000 nope; echo $filesize; md.b 50000000 10",
            """
            1
            50000000: 00 ff ff ff ff ff ff ff ff ff ff ff ff ff ff ff  ................

            """),
        Exchange(
            "setenv a 123456; env export -t -s 4 50000000 a",
            """
            Env export buffer too small: 4, but need 10
            ## Error: Cannot export environment: errno = 12

            """, 1),
        Exchange("env export -t -b 50000000", "## Error: export: only one of \"-b\", \"-c\" or \"-t\" allowed\n", 1),
        Exchange(
            "env export",
            """
            \(UsageText.env)


            """, 1),
        Exchange(
            "env export -z 50000000",
            """
            \(UsageText.env)


            """, 1),
        Exchange(
            "env export -t -s",
            """
            \(UsageText.env)


            """, 1),
        Exchange(
            "setenv a 'x\\\\y'; env export -t 50000000 a; md.b 50000000 8",
            "50000000: 61 3d 78 5c 5c 79 0a 00                          a=x\\\\y..\n"),
        Exchange(
            "setenv a \"x\ny\"; env export -t 50000000 a; md.b 50000000 8",
            "50000000: 61 3d 78 5c 0a 79 0a 00                          a=x\\.y..\n"),
    ]

    @Test(arguments: exports)
    func exportsWriteMemory(_ exchange: Exchange) throws { try exchange.check() }

    static let imports: [Exchange] = [
        // a=1 CR LF b=23 NUL: what is behind the NUL does not move when the CR is taken out.
        Exchange(
            "mw.q 50000000 3d620a0d313d61; mw.l 50000007 3332\nenv import -r -t 50000000 20\nprintenv a b",
            "a=1\nb=233\n"),
        Exchange(
            """
            setenv a 1; setenv b 2; env export -t 50000000 a b; setenv a; setenv b 3; env import -t 50000000; printenv a b
            """,
            """
            ## Info: input data size = 9 = 0x9
            a=1
            b=2

            """),
        Exchange(
            "setenv a 1; env export -t 50000000 a; setenv a; env import 50000000 $filesize; printenv a",
            """
            ## Warning: defaulting to text format
            a=1

            """),
        Exchange(
            "setenv a 1; env export -b 50000000 a; setenv a; env import -b 50000000; printenv a",
            """
            ## Info: input data size = 5 = 0x5
            a=1

            """),
        Exchange(
            "setenv a 1; env export -c 50000000 a; setenv a; env import -c 50000000 $filesize; printenv a", "a=1\n"),
        Exchange(
            "setenv a 1; env export -c 50000000 a; mw.b 50000004 62; env import -c 50000000 $filesize",
            "## Error: bad CRC, import failed\n", 1),
        Exchange("env import -c 50000000", "## Error: external checksum format must pass size\n", 1),
        Exchange("env import -c 50000000 4", "## Error: Invalid size 0x4\n", 1),
        Exchange("env import -t -b 50000000", "## import: only one of \"-b\", \"-c\" or \"-t\" allowed\n", 1),
        Exchange(
            "env import",
            """
            \(UsageText.env)


            """, 1),
        Exchange(
            "env import -q 50000000",
            """
            \(UsageText.env)


            """, 1),
        Exchange(
            """
            setenv a 1; setenv b 2; env export -t 50000000 a b; setenv a 5; setenv b 5; env import -t 50000000 - a; printenv a b
            """,
            """
            ## Info: input data size = 9 = 0x9
            a=1
            b=5

            """),
        Exchange(
            "setenv a 1; env export -t 50000000 a; env import -d -t 50000000 - a b; printenv a",
            """
            ## Info: input data size = 5 = 0x5
            WARNING: 'b' neither in running nor in imported env!
            a=1

            """),
        Exchange(
            """
            mw.l 50000000 0a0d313d; mw.b 50000004 0; setenv x; mw.b 50000000 78; mw.b 50000001 3d; mw.b 50000002 31; mw.b 50000003 0d; mw.b 50000004 0a; mw.b 50000005 0; env import -t 50000000 6; printenv x; env import -t -r 50000000 6; printenv x
            """,
            """
            x=1\u{d}
            x=1

            """),
        Exchange(
            """
            setenv a 1; mw.b 50000000 23; mw.b 50000001 61; mw.b 50000002 a; mw.b 50000003 61; mw.b 50000004 3d; mw.b 50000005 a; mw.b 50000006 0; env import -t 50000000 7; printenv a
            """,
            "## Error: \"a\" not defined\n", 1),
        Exchange("env import -t 50000000 8000000", "## Error: Environment import failed: errno = 12\n", 1),
        Exchange("env import -t 50000000 1020000", "## Error: Environment import failed: errno = 12\n", 1),
        Exchange("env import -t 50000000 0", ""),
    ]

    @Test(arguments: imports)
    func importsReadMemory(_ exchange: Exchange) throws { try exchange.check() }
}
