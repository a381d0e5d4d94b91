import Testing

@testable import UBoot

struct FDTReservationsTests {
    static let reservations: [Exchange] = [
        Exchange(
            "fdt rsvmem print",
            """
            index\t\t   start\t\t    size
            ------------------------------------------------
                0\t0000000047000000\t0000000000001000

            """),
        Exchange(
            "fdt rsvmem add 4a000000 2000; fdt rsvmem print",
            """
            index\t\t   start\t\t    size
            ------------------------------------------------
                0\t0000000047000000\t0000000000001000
                1\t000000004a000000\t0000000000002000

            """),
        Exchange(
            "fdt rsvmem add 123456789abc fedcba9876543210; fdt rs p",
            """
            index\t\t   start\t\t    size
            ------------------------------------------------
                0\t0000000047000000\t0000000000001000
                1\t0000123456789abc\tfedcba9876543210

            """),
        Exchange(
            "fdt rsvmem delete 0; fdt rsvmem print",
            """
            index\t\t   start\t\t    size
            ------------------------------------------------

            """),
        Exchange(
            "fdt rsvmem delete 5\necho $?",
            """
            libfdt fdt_del_mem_rsv():  FDT_ERR_NOTFOUND
            \(UsageText.fdt)
            1

            """),
        Exchange("fdt rsvmem delete", ""),
        Exchange("fdt rsvmem add", ""),
        Exchange(
            "fdt rsvmem",
            """
            \(UsageText.fdt)

            """, 1),
        Exchange(
            "fdt rsvmem zz",
            """
            \(UsageText.fdt)

            """, 1),
        Exchange(
            "fdt rsvmem add 1; fdt rsvmem print",
            """
            index\t\t   start\t\t    size
            ------------------------------------------------
                0\t0000000047000000\t0000000000001000

            """),
    ]

    @Test(arguments: reservations)
    func reservationsAreListedAndChanged(_ exchange: Exchange) throws {
        let text = "Working FDT set to 48000000\n"
        let whole = Exchange("fdt addr 48000000\n" + exchange.typed, text + exchange.output, exchange.status)
        try whole.check(with: [(TestTree.board, 0x4800_0000)])
    }
}
