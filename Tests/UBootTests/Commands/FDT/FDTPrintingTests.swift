import Testing

@testable import UBoot

struct FDTPrintingTests {
    static let printed: [Exchange] = [
        Exchange(
            "fdt print",
            """
            / {
            \tcompatible = "acme,board", "acme,soc";
            \t#address-cells = <0x00000002>;
            \t#size-cells = <0x00000002>;
            \tmodel = "Acme";
            \taliases {
            \t\tserial0 = "/soc/serial@1000";
            \t\tbroken = "soc";
            \t};
            \tchosen {
            \t\tstdout-path = "serial0";
            \t};
            \tmemory@40000000 {
            \t\tdevice_type = "memory";
            \t\treg = <0x00000000 0x40000000 0x00000000 0x10000000>;
            \t};
            \tsoc {
            \t\tranges;
            \t\tclock-frequency = "", "\u{f4}$";
            \t\todd = [01 02 03];
            \t\tempty-text = "";
            \t\tserial@1000 {
            \t\t\treg = <0x00000000 0x00001000 0x00000000 0x00000100>;
            \t\t\tstatus = "okay";
            \t\t};
            \t\tnet@2000 {
            \t\t\tphy = <0x00001234 0x00010000>;
            \t\t};
            \t};
            };

            """),
        Exchange(
            "fdt print /",
            """
            / {
            \tcompatible = "acme,board", "acme,soc";
            \t#address-cells = <0x00000002>;
            \t#size-cells = <0x00000002>;
            \tmodel = "Acme";
            \taliases {
            \t\tserial0 = "/soc/serial@1000";
            \t\tbroken = "soc";
            \t};
            \tchosen {
            \t\tstdout-path = "serial0";
            \t};
            \tmemory@40000000 {
            \t\tdevice_type = "memory";
            \t\treg = <0x00000000 0x40000000 0x00000000 0x10000000>;
            \t};
            \tsoc {
            \t\tranges;
            \t\tclock-frequency = "", "\u{f4}$";
            \t\todd = [01 02 03];
            \t\tempty-text = "";
            \t\tserial@1000 {
            \t\t\treg = <0x00000000 0x00001000 0x00000000 0x00000100>;
            \t\t\tstatus = "okay";
            \t\t};
            \t\tnet@2000 {
            \t\t\tphy = <0x00001234 0x00010000>;
            \t\t};
            \t};
            };

            """),
        Exchange(
            "fdt list /",
            """
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
            "fdt l",
            """
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
            "fdt print /soc",
            """
            soc {
            \tranges;
            \tclock-frequency = "", "\u{f4}$";
            \todd = [01 02 03];
            \tempty-text = "";
            \tserial@1000 {
            \t\treg = <0x00000000 0x00001000 0x00000000 0x00000100>;
            \t\tstatus = "okay";
            \t};
            \tnet@2000 {
            \t\tphy = <0x00001234 0x00010000>;
            \t};
            };

            """),
        Exchange(
            "fdt list /soc",
            """
            soc {
            \tranges;
            \tclock-frequency = "", "\u{f4}$";
            \todd = [01 02 03];
            \tempty-text = "";
            \tserial@1000 {
            \t};
            \tnet@2000 {
            \t};
            };

            """),
        Exchange(
            "fdt p /soc/serial",
            """
            serial@1000 {
            \treg = <0x00000000 0x00001000 0x00000000 0x00000100>;
            \tstatus = "okay";
            };

            """),
        Exchange(
            "fdt print /soc/serial@1000/",
            """
            serial@1000 {
            \treg = <0x00000000 0x00001000 0x00000000 0x00000100>;
            \tstatus = "okay";
            };

            """),
        Exchange("fdt print /memory reg", "reg = <0x00000000 0x40000000 0x00000000 0x10000000>\n"),
        Exchange("fdt print / compatible", "compatible = \"acme,board\", \"acme,soc\"\n"),
        Exchange("fdt print /soc ranges", "/soc ranges\n"),
        Exchange("fdt print /soc odd", "odd = [01 02 03]\n"),
        Exchange("fdt print /soc clock-frequency", "clock-frequency = \"\", \"\u{f4}$\"\n"),
        Exchange("fdt print /soc empty-text", "empty-text = \"\"\n"),
        Exchange("fdt list / model", "model = \"Acme\"\n"),
        Exchange("fdt print / nope\necho $?", "libfdt fdt_getprop(): FDT_ERR_NOTFOUND\n1\n"),
        Exchange("fdt print /nope\necho $?", "libfdt fdt_path_offset() returned FDT_ERR_NOTFOUND\n1\n"),
        Exchange("fdt print serial0 status", "status = \"okay\"\n"),
        Exchange("fdt print nope", "libfdt fdt_path_offset() returned FDT_ERR_BADPATH\n", 1),
        Exchange("fdt print broken", "libfdt fdt_path_offset() returned FDT_ERR_BADPATH\n", 1),
        Exchange("fdt print soc", "libfdt fdt_path_offset() returned FDT_ERR_BADPATH\n", 1),
        Exchange("fdt print \"\"", "libfdt fdt_path_offset() returned FDT_ERR_BADPATH\n", 1),
        Exchange(
            "setenv fdt_max_dump 8; fdt print /memory reg; fdt print /soc odd; fdt print / compatible",
            """
            reg = * 0x000000004800013c [0x00000010]
            odd = [01 02 03]
            compatible = "acme,board", "acme,soc"

            """),
    ]

    @Test(arguments: printed)
    func treesArePrinted(_ exchange: Exchange) throws {
        let text = "Working FDT set to 48000000\n"
        let whole = Exchange("fdt addr 48000000\n" + exchange.typed, text + exchange.output, exchange.status)
        try whole.check(with: [(TestTree.board, 0x4800_0000)])
    }

    /// The structure begins with the end of a node.
    @Test func moreNodesEndThanBegin() throws {
        let words: [UInt32] = [
            0xd00d_feed, 80, 56, 80, 40, 17, 16, 0, 0, 24, 0, 0, 0, 0, 2, 2, 1, 0x6100_0000, 2, 9,
        ]
        let tree = words.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (24 - 8 * UInt32($0))) } }
        try Exchange("fdt addr 48000000; fdt print", "Working FDT set to 48000000\n/};\n").check(
            with: [(tree, 0x4800_0000)])
    }
}
