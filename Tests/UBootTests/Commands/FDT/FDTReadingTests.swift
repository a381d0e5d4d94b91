import Testing

@testable import UBoot

struct FDTReadingTests {
    static let read: [Exchange] = [
        Exchange("fdt get value v / compatible; echo $v", "acme,board\n"),
        Exchange("fdt get value v / compatible 1; echo $v", "acme,soc\n"),
        Exchange("fdt get value v / compatible 2\necho $?", "1\n"),
        Exchange(
            "fdt get value v / #address-cells",
            """
            \(UsageText.fdt)

            """, 1),
        Exchange("fdt get value v / \\#address-cells; echo $v", "0x00000002\n"),
        Exchange("fdt get value v /memory reg; echo $v", "00000000000000400000000000000010\n"),
        Exchange("fdt get value v /memory reg 1; echo $v", "00000000000000400000000000000010\n"),
        Exchange("fdt get value v /soc/net phy; echo $v", "3412000000000100\n"),
        Exchange("fdt get value v /soc odd", "error: unprintable value\n", 1),
        Exchange("setenv v old; fdt get value v /soc ranges; printenv v", "## Error: \"v\" not defined\n", 1),
        Exchange("setenv v old; fdt get value v /soc clock-frequency; printenv v", "## Error: \"v\" not defined\n", 1),
        Exchange("setenv v old; fdt get value v /soc empty-text; printenv v", "## Error: \"v\" not defined\n", 1),
        Exchange("fdt get value v / nope", "libfdt fdt_getprop(): FDT_ERR_NOTFOUND\n", 1),
        Exchange("fdt get value v /nope x", "libfdt fdt_path_offset() returned FDT_ERR_NOTFOUND\n", 1),
        Exchange(
            "fdt get value v /",
            """
            \(UsageText.fdt)

            """, 1),
        Exchange(
            "fdt get value v",
            """
            \(UsageText.fdt)

            """, 1),
        Exchange(
            "fdt get zz v / model",
            """
            \(UsageText.fdt)

            """, 1),
        Exchange("fdt get size v / compatible; echo $v", "0x00000014\n"),
        Exchange("fdt get size v /; echo $v", "4\n"),
        Exchange("fdt get size v /soc; echo $v", "2\n"),
        Exchange("setenv v old; fdt get size v /soc ranges; printenv v", "## Error: \"v\" not defined\n", 1),
        Exchange("fdt get name v / 0; echo $v", "aliases\n"),
        Exchange("fdt get name v / 3; echo $v", "soc\n"),
        Exchange("fdt get name v / 4", "libfdt node not found\n", 1),
        Exchange("fdt get name v / -1; echo $v", "aliases\n"),
        Exchange("fdt get addr v / model; echo $v", "0x000000004800009c\n"),
        Exchange("fdt get addr v / nope", "libfdt fdt_getprop(): FDT_ERR_NOTFOUND\n", 1),
        Exchange("fdt g v x / model; echo $x", "Acme\n"),
        Exchange(
            "fdt header",
            """
            magic:\t\t\t0xd00dfeed
            totalsize:\t\t0x1000 (4096)
            off_dt_struct:\t\t0x48
            off_dt_strings:\t\t0x20c
            off_mem_rsvmap:\t\t0x28
            version:\t\t17
            last_comp_version:\t16
            boot_cpuid_phys:\t0x0
            size_dt_strings:\t0x88
            size_dt_struct:\t\t0x1c4
            number mem_rsv:\t\t0x1


            """),
        Exchange(
            """
            fdt header get v magic; echo $v; fdt header get v totalsize; echo $v; fdt header get v off_dt_struct; echo $v
            """,
            """
            d00dfeed
            1000
            48

            """),
        Exchange("fdt header get v off_dt_strings; echo $v; fdt header get v off_mem_rsvmap; echo $v", "20c\n28\n"),
        Exchange("fdt header get v version; echo $v; fdt header get v last_comp_version; echo $v", "11\n10\n"),
        Exchange("fdt header get v size_dt_strings; echo $v; fdt header get v size_dt_struct; echo $v", "88\n1c4\n"),
        Exchange("fdt header get v nope\necho $?", "1\n"),
        Exchange(
            "fdt header get v; echo $?",
            """
            magic:\t\t\t0xd00dfeed
            totalsize:\t\t0x1000 (4096)
            off_dt_struct:\t\t0x48
            off_dt_strings:\t\t0x20c
            off_mem_rsvmap:\t\t0x28
            version:\t\t17
            last_comp_version:\t16
            boot_cpuid_phys:\t0x0
            size_dt_strings:\t0x88
            size_dt_struct:\t\t0x1c4
            number mem_rsv:\t\t0x1

            0

            """),
        Exchange("fdt he zz v magic; echo $?", "1\n"),
        Exchange(
            "fdt get value ethaddr / model",
            """
            ## Error: flags type check failure for "ethaddr" <= "Acme" (type: m)
            ## Error inserting "ethaddr" variable, errno=1

            """),
    ]

    @Test(arguments: read)
    func valuesComeIntoVariables(_ exchange: Exchange) throws {
        let text = "Working FDT set to 48000000\n"
        let whole = Exchange("fdt addr 48000000\n" + exchange.typed, text + exchange.output, exchange.status)
        try whole.check(with: [(TestTree.board, 0x4800_0000)])
    }
}
