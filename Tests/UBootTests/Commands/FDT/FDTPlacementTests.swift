import DeviceTree
import Testing

@testable import UBoot

struct FDTPlacementTests {
    static let presets: [TestBoard.Preset] = [(TestTree.board, 0x4800_0000), (TestTree.tight, 0x4900_0000)]

    static let placement: [Exchange] = [
        Exchange(
            "fdt",
            """
            \(UsageText.fdt)

            """, 1),
        Exchange(
            "fdt print",
            """
            No FDT memory address configured. Please configure
            the FDT address via "fdt addr <address>" command.
            Aborting!

            """, 1),
        Exchange("fdt addr\necho $?", "1\n"),
        Exchange(
            """
            fdt addr 48000000
            echo $fdtaddr
            fdt addr
            """,
            """
            Working FDT set to 48000000
            48000000
            Working fdt: 48000000

            """),
        Exchange("fdt addr 0x48000000; fdt ad", "Working FDT set to 48000000\nWorking fdt: 48000000\n"),
        Exchange("fdt addr 50000000\necho $?", "libfdt fdt_check_header(): FDT_ERR_BADMAGIC\n1\n"),
        Exchange("fdt addr 0\necho $?", "The address of the fdt is invalid (NULL).\n1\n"),
        Exchange(
            "fdt addr 48000000; fdt addr 50000000; fdt addr",
            """
            Working FDT set to 48000000
            libfdt fdt_check_header(): FDT_ERR_BADMAGIC
            Working fdt: 48000000

            """),
        Exchange("fdt addr -q 50000000\necho $?", "1\n"),
        Exchange("fdt addr -q 48000000", "Working FDT set to 48000000\n"),
        Exchange("fdt addr -c 48000000; fdt addr -c", "Control fdt: 48000000\n"),
        Exchange(
            "fdt addr -x 48000000",
            """
            \(UsageText.fdt)

            """, 1),
        Exchange(
            "fdt addr 48000000 16", "Working FDT set to 48000000\nNew length 22 < existing length 4096, ignoring\n"),
        Exchange("fdt addr 48000000 2000; fdt header get s totalsize; echo $s", "Working FDT set to 48000000\n2000\n"),
        Exchange(
            "fdt addr 49000000 1000; fdt header",
            """
            Working FDT set to 49000000
            magic:\t\t\t0xd00dfeed
            totalsize:\t\t0x1000 (4096)
            off_dt_struct:\t\t0x48
            off_dt_strings:\t\t0x68
            off_mem_rsvmap:\t\t0x28
            version:\t\t17
            last_comp_version:\t16
            boot_cpuid_phys:\t0x0
            size_dt_strings:\t0x2
            size_dt_struct:\t\t0x20
            number mem_rsv:\t\t0x1


            """),
        Exchange(
            "fdt addr 48000000; setenv fdtaddr 1234; fdt addr", "Working FDT set to 48000000\nWorking fdt: 00001234\n"),
        Exchange(
            "fdt move 48000000 4a000000 2000",
            """
            No FDT memory address configured. Please configure
            the FDT address via "fdt addr <address>" command.
            Aborting!

            """, 1),
        Exchange(
            "fdt addr 48000000; fdt move 48000000 4a000000 2000; fdt header get s totalsize; echo $s $fdtaddr",
            """
            Working FDT set to 48000000
            Working FDT set to 4a000000
            2000 4a000000

            """),
        Exchange(
            "fdt addr 48000000; fdt move 48000000 4a000000; fdt list /",
            """
            Working FDT set to 48000000
            Working FDT set to 4a000000
            / {
            \tcompatible = "acme,board", "acme,soc";
            \t#address-cells = <0x00000002>;
            \t#size-cells = <0x00000002>;
            \tmodel = "Acme";
            \taliases {
            \t};
            \tchosen {
            \t};
            \tmemory@40000000 {
            \t};
            \tsoc {
            \t};
            };

            """),
        Exchange(
            "fdt addr 48000000; fdt move 48000000 4a000000 100; fdt addr",
            """
            Working FDT set to 48000000
            New length 0x100 < existing length 0x1000, aborting.
            Working fdt: 48000000

            """),
        Exchange(
            """
            fdt addr 48000000; fdt move 50000000 4a000000
            echo $?
            fdt list /
            """,
            """
            Working FDT set to 48000000
            libfdt fdt_check_header(): FDT_ERR_BADMAGIC
            1
            No FDT memory address configured. Please configure
            the FDT address via "fdt addr <address>" command.
            Aborting!

            """, 1),
        Exchange(
            "fdt addr 48000000; fdt move 48000000",
            """
            Working FDT set to 48000000
            \(UsageText.fdt)

            """, 1),
        Exchange(
            "fdt addr 48000000; fdt move 48000000 48000010 2000; fdt list /",
            """
            Working FDT set to 48000000
            Working FDT set to 48000010
            / {
            \tcompatible = "acme,board", "acme,soc";
            \t#address-cells = <0x00000002>;
            \t#size-cells = <0x00000002>;
            \tmodel = "Acme";
            \taliases {
            \t};
            \tchosen {
            \t};
            \tmemory@40000000 {
            \t};
            \tsoc {
            \t};
            };

            """),
        Exchange(
            "fdt addr 49000000; fdt resize; fdt header get s totalsize; echo $s",
            """
            Working FDT set to 49000000
            1000

            """),
        Exchange(
            "fdt addr 49000000; fdt resize 1024; fdt header get s totalsize; echo $s",
            """
            Working FDT set to 49000000
            2000

            """),
        Exchange(
            "fdt addr 48000000; fdt resize; fdt header get s totalsize; echo $s",
            """
            Working FDT set to 48000000
            1000

            """),
        Exchange(
            "fdt addr 48000000; fdt resize ffff; fdt header",
            """
            Working FDT set to 48000000
            magic:\t\t\t0xd00dfeed
            totalsize:\t\t0x11000 (69632)
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
            "fdt addr 48000000; fdt rsvmem add 48000000 1000; fdt resize 2000; fdt rsvmem print",
            """
            Working FDT set to 48000000
            index\t\t   start\t\t    size
            ------------------------------------------------
                0\t0000000047000000\t0000000000001000
                1\t0000000048000000\t0000000000003000

            """),
        Exchange(
            "fdt addr 48000000; fdt apply 49000000",
            """
            Working FDT set to 48000000
            \(UsageText.fdt)

            """, 1),
        Exchange(
            "fdt addr 48000000; fdt boardsetup",
            """
            Working FDT set to 48000000
            \(UsageText.fdt)

            """, 1),
        Exchange(
            "fdt addr 48000000; fdt nosuch",
            """
            Working FDT set to 48000000
            \(UsageText.fdt)

            """, 1),
        Exchange("mw.b 48000017 12; fdt addr 48000000", "Working FDT set to 48000000\n"),
        Exchange("mw.b 4800001b 0; fdt addr 48000000", "Working FDT set to 48000000\n"),
        Exchange(
            "mw.b 48000007 1; mw.b 48000006 0; fdt addr 48000000", "libfdt fdt_check_header(): FDT_ERR_TRUNCATED\n", 1),
        Exchange(
            "cp.b 48000000 4b000004 1000; fdt addr 4b000004; fdt set / a <1>; fdt print / a",
            """
            Working FDT set to 4b000004
            a = <0x00000001>

            """),
    ]

    @Test(arguments: placement)
    func treesAreFoundAndMoved(_ exchange: Exchange) throws { try exchange.check(with: Self.presets) }

    @Test func overlaysAreAppliedWhereTheBoardCan() throws {
        var description = TestBoard.description()
        description.fdtFeatures = ["apply"]
        var machine = try Machine(description)
        try machine.memory.preset(TestTree.board, at: 0x4800_0000)
        try machine.memory.preset(TestTree.overlay, at: 0x4900_0000)
        machine.type(line: "fdt addr 48000000; fdt apply 49000000; fdt print /chosen added")
        #expect(machine.console.text(from: 0).latin1 == "Working FDT set to 48000000\nadded = \"yes\"\n")
    }
}
