import Testing

struct TestExpressionTests {
    static let expressions: [Exchange] = [
        Exchange("test", "", 1),
        Exchange("test a", "", 1),
        Exchange("test -z", "", 1),
        Exchange("test -z \"\"", ""),
        Exchange("test -n \"\"", "", 1),
        Exchange("test -n a", ""),
        Exchange("test -z a", "", 1),
        Exchange("test a = a", ""),
        Exchange("test a = b", "", 1),
        Exchange("test a != b", ""),
        Exchange("test a < b", ""),
        Exchange("test b < a", "", 1),
        Exchange("test b > a", ""),
        Exchange("test 1 -eq 1", ""),
        Exchange("test 0x10 -eq 16", ""),
        Exchange("test 010 -eq 8", ""),
        Exchange("test 08 -eq 0", ""),
        Exchange("test -1 -lt 0", ""),
        Exchange("test -0x10 -eq -16", ""),
        Exchange("test 2 -ne 3", ""),
        Exchange("test 2 -le 2", ""),
        Exchange("test 3 -gt 2", ""),
        Exchange("test 2 -ge 3", "", 1),
        Exchange("test a -eq b", ""),
        Exchange("test 99999999999999999999 -gt 0", ""),
        Exchange("test ! a = a", "", 1),
        Exchange("test ! ! a = a", ""),
        Exchange("test ! a", ""),
        Exchange("test !", "", 1),
        Exchange("test a = a -a b = b", ""),
        Exchange("test a = a -a b = c", "", 1),
        Exchange("test a = b -o b = b", ""),
        Exchange("test a = a -o b = c -a c = d", "", 1),
        Exchange("test a = b -o ! c = d", ""),
        Exchange("test a b", ""),
        Exchange("test a == a", ""),
        Exchange("test a = b c", ""),
        Exchange("test 1 = 1 -a", ""),
        Exchange("test 1 = 2 -o", "", 1),
        Exchange("test -a 1 = 1", "", 1),
        Exchange("test -n a -a -z \"\"", ""),
        Exchange("test -e virtio", ""),
        Exchange("test = = =", ""),
        Exchange("test -z = =", "", 1),
        Exchange("test ( a = a )", ""),
        Exchange(
            "test 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16",
            """
            \(UsageText.test)

            """, 1),
    ]

    @Test(arguments: expressions)
    func expressionsAreReadFromLeftToRight(_ exchange: Exchange) throws { try exchange.check() }
}
