import Testing

@testable import UBoot

struct SetExpressionTests {
    static let arithmetic: [Exchange] = [
        Exchange("setexpr x 10 + 10; echo $x", "20\n"),
        Exchange("setexpr x 0x10 - 11; echo $x", "ffffffffffffffff\n"),
        Exchange("setexpr x 10 * 10; echo $x", "100\n"),
        Exchange("setexpr x 10 / 3; echo $x", "5\n"),
        Exchange("setexpr x 10 % 3; echo $x", "1\n"),
        Exchange("setexpr x 10 / 0; echo $x", "0\n"),
        Exchange("setexpr x 10 % 0; echo $x", "10\n"),
        Exchange("setexpr x 3 \"|\" 4; echo $x", "7\n"),
        Exchange("setexpr x 7 \"&\" 5; echo $x", "5\n"),
        Exchange("setexpr x 7 ^ 5; echo $x", "2\n"),
        Exchange("setexpr x ffffffff + 1; echo $x", "100000000\n"),
        Exchange("setexpr.b x ff + 1; echo $x", "100\n"),
        Exchange("setexpr x ffffffffffffffff + 1; echo \"<$x>\"", "<0>\n"),
        Exchange("setexpr x abc; echo $x", "abc\n"),
        Exchange("setexpr x xyz; echo $x", "0\n"),
        Exchange("setexpr x 1 & 2", "syntax error\n"),
        Exchange("setexpr -x 1 + 2", ""),
        Exchange("setexpr.s x 00 -5", "", 1),
        Exchange("setexpr.s x 1 2 3 4 5 6", "", 1),
        Exchange("mw.q 50000000 1122334455667788; setexpr.k x *50000000 + 1; echo $x", "1122334455667789\n"),
        Exchange("setenv v 1; setexpr -f sub a v a; printenv v", "-f=v\n## Error: \"v\" not defined\n", 1),
        Exchange(
            "setexpr ethaddr 5",
            "## Error: flags type check failure for \"ethaddr\" <= \"5\" (type: m)\n## Error inserting \"ethaddr\" variable, errno=1\n",
            1),
        Exchange("setexpr x 1 ~ 2", "invalid op\n", 1),
        Exchange(
            "setexpr x 1 << 2",
            """
            \(UsageText.setexpr)

            """, 1),
        Exchange(
            "setexpr x 1 +",
            """
            \(UsageText.setexpr)

            """, 1),
        Exchange(
            "setexpr x",
            """
            \(UsageText.setexpr)

            """, 1),
        Exchange(
            "setexpr",
            """
            \(UsageText.setexpr)

            """, 1),
        Exchange("mw.l 50000000 12345678; setexpr x *50000000; echo $x", "12345678\n"),
        Exchange("mw.l 50000000 12345678; setexpr.b x *50000000; echo $x", "78\n"),
        Exchange("mw.l 50000000 12345678; setexpr.w x *50000000 + 1; echo $x", "5679\n"),
        Exchange("mw.l 50000000 12345678; mw.l 50000004 1; setexpr.q x *50000000; echo $x", "112345678\n"),
        Exchange("mw.l 50000000 1; setexpr.w x *50000000 - 2; echo $x", "ffffffffffffffff\n"),
        Exchange("setexpr.x x 1 + 1; echo $?", "0\n"),
        Exchange(
            "setexpr ethaddr 1",
            """
            ## Error: flags type check failure for "ethaddr" <= "1" (type: m)
            ## Error inserting "ethaddr" variable, errno=1

            """, 1),
        Exchange("setexpr a=b 1", "## Error: illegal character '='in variable name \"a=b\"\n", 1),
        Exchange(
            "setexpr ipaddr 1",
            """
            ## Error: flags type check failure for "ipaddr" <= "1" (type: i)
            ## Error inserting "ipaddr" variable, errno=1

            """, 1),
    ]

    @Test(arguments: arithmetic)
    func numbersAreHexadecimal(_ exchange: Exchange) throws { try exchange.check() }

    static let strings: [Exchange] = [
        Exchange("mw.l 50000000 00636261; setexpr.s x *50000000; echo $x", "abc\n"),
        Exchange(
            "mw.l 50000000 00636261; mw.l 50000010 0000007a; setexpr.s x *50000000 + *50000010; echo $x", "abcz\n"),
        Exchange("mw.l 50000000 00636261; setexpr.s x *50000000 - *50000000", "invalid op\n", 1),
        Exchange("setexpr.s x abc; echo $?", "1\n"),
        Exchange("setexpr.s x abc + def; echo $?", "1\n"),
        Exchange("mw.b 50000000 0; setenv x 1; setexpr.s x *50000000; printenv x", "## Error: \"x\" not defined\n", 1),
    ]

    @Test(arguments: strings)
    func stringsLieInMemory(_ exchange: Exchange) throws { try exchange.check() }
}
