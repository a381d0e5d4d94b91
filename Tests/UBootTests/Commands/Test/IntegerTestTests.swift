import Testing

struct IntegerTestTests {
    static let comparisons: [Exchange] = [
        Exchange("itest 1 -eq 1", ""),
        Exchange("itest 10 == 0x10", ""),
        Exchange("itest 1ffffffff == ffffffff", ""),
        Exchange("itest.b 100 == 0", ""),
        Exchange("itest.w 12345 == 2345", ""),
        Exchange("itest.q 1ffffffff == ffffffff", "", 1),
        Exchange("itest.q ffffffffffffffff -lt 0", ""),
        Exchange("itest.l ffffffff -lt 0", "", 1),
        Exchange("itest ffffffff > 1", ""),
        Exchange("itest 1 != 2", ""),
        Exchange("itest 1 <> 2", ""),
        Exchange("itest 1 -ne 1", "", 1),
        Exchange("itest 1 < 2", ""),
        Exchange("itest 2 -le 2", ""),
        Exchange("itest 2 >= 3", "", 1),
        Exchange("itest 3 -ge 3", ""),
        Exchange("itest 3 <= 2", "", 1),
        Exchange("itest zz == 0", ""),
        Exchange("itest 1 = 1", "Unknown operator '='\n", 1),
        Exchange("itest.s abc == abc", ""),
        Exchange("itest.s abc < abd", ""),
        Exchange("itest.s abc -gt abd", "", 1),
        Exchange("itest.s a ~ b", "Unknown operator '~'\n", 1),
        Exchange("mw.l 50000000 00636261; itest.s *50000000 == abc", ""),
        Exchange("mw.l 50000000 12345678; itest *50000000 == 12345678", ""),
        Exchange("mw.l 50000000 12345678; itest.b *50000000 == 78", ""),
        Exchange("mw.l 50000000 12345678; itest.w *0x50000000 == 5678", ""),
        Exchange("itest.x 1 == 1", "Invalid data width specifier\n", 1),
        Exchange(
            "itest 1 ==",
            """
            \(UsageText.itest)

            """, 1),
        Exchange(
            "itest",
            """
            \(UsageText.itest)

            """, 1),
        Exchange(
            "itest 1 == 1 1",
            """
            \(UsageText.itest)

            """, 1),
    ]

    @Test(arguments: comparisons)
    func numbersAreComparedInTheirWidth(_ exchange: Exchange) throws { try exchange.check() }
}
