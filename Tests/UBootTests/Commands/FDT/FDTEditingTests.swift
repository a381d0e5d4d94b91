import DeviceTree
import Testing

@testable import UBoot

struct FDTEditingTests {
    static let edits: [Exchange] = [
        Exchange(
            "fdt mknode / a; fdt list /",
            """
            / {
            \tcompatible = "acme,board", "acme,soc";
            \t#address-cells = <0x00000002>;
            \t#size-cells = <0x00000002>;
            \tmodel = "Acme";
            \ta {
            \t};
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
            "fdt mknode /soc a@1; fdt mknode /soc b; fdt print /soc",
            """
            soc {
            \tranges;
            \tclock-frequency = "", "\u{f4}$";
            \todd = [01 02 03];
            \tempty-text = "";
            \tb {
            \t};
            \ta@1 {
            \t};
            \tserial@1000 {
            \t\treg = <0x00000000 0x00001000 0x00000000 0x00000100>;
            \t\tstatus = "okay";
            \t};
            \tnet@2000 {
            \t\tphy = <0x00001234 0x00010000>;
            \t};
            };

            """),
        Exchange("fdt mknode / soc", "libfdt fdt_add_subnode(): FDT_ERR_EXISTS\n", 1),
        Exchange("fdt mknode /nope a\necho $?", "libfdt fdt_path_offset() returned FDT_ERR_NOTFOUND\n1\n"),
        Exchange(
            "fdt mknode /",
            """
            \(UsageText.fdt)

            """, 1),
        Exchange("fdt mk /chosen sub; fdt list /chosen", "chosen {\n\tstdout-path = \"serial0\";\n\tsub {\n\t};\n};\n"),
        Exchange(
            "fdt rm /soc; fdt list /",
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
            };

            """),
        Exchange(
            "fdt rm /soc odd; fdt print /soc",
            """
            soc {
            \tranges;
            \tclock-frequency = "", "\u{f4}$";
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
            "fdt rm /soc nope\necho $?",
            """
            libfdt fdt_delprop():  FDT_ERR_NOTFOUND
            \(UsageText.fdt)
            1

            """),
        Exchange("fdt rm /nope", "libfdt fdt_path_offset() returned FDT_ERR_NOTFOUND\n", 1),
        Exchange("fdt rm /", ""),
        Exchange("fdt rm", "libfdt fdt_path_offset() returned FDT_ERR_BADPATH\n", 1),
        Exchange("fdt bootcpu 3; fdt header get v boot_cpuid_phys; echo $v", "3\n"),
        Exchange("fdt bootcpu", ""),
        Exchange(
            "fdt memory 50000000 1000; fdt print /memory",
            """
            memory@40000000 {
            \tdevice_type = "memory";
            \treg = <0x00000000 0x50000000 0x00000000 0x00001000>;
            };

            """),
        Exchange(
            "fdt memory 123456789a 80000000; fdt print /memory",
            """
            memory@40000000 {
            \tdevice_type = "memory";
            \treg = <0x00000012 0x3456789a 0x00000000 0x80000000>;
            };

            """),
        Exchange(
            "fdt rm /memory; fdt memory 50000000 1000; fdt print /memory",
            """
            memory {
            \treg = <0x00000000 0x50000000 0x00000000 0x00001000>;
            \tdevice_type = "memory";
            };

            """),
        Exchange("fdt memory", ""),
        Exchange(
            "setenv bootargs console=x; fdt chosen; fdt print /chosen",
            """
            chosen {
            \tu-boot,version = "2023.01+dfsg-2+deb12u3";
            \tbootargs = "console=x";
            \tstdout-path = "serial0";
            };

            """),
        Exchange(
            "fdt chosen; fdt print /chosen",
            """
            chosen {
            \tu-boot,version = "2023.01+dfsg-2+deb12u3";
            \tstdout-path = "serial0";
            };

            """),
        Exchange(
            "fdt chosen 4a000000 1000; fdt print /chosen; fdt rsvmem print",
            """
            chosen {
            \tlinux,initrd-end = <0x00000000 0x4a000fff>;
            \tlinux,initrd-start = <0x00000000 0x4a000000>;
            \tu-boot,version = "2023.01+dfsg-2+deb12u3";
            \tstdout-path = "serial0";
            };
            index\t\t   start\t\t    size
            ------------------------------------------------
                0\t0000000047000000\t0000000000001000
                1\t000000004a000000\t0000000000000fff

            """),
        Exchange(
            "fdt chosen 4a000000",
            """
            \(UsageText.fdt)

            """, 1),
        Exchange(
            "fdt rm /chosen; fdt chosen; fdt list /",
            """
            / {
            \tcompatible = "acme,board", "acme,soc";
            \t#address-cells = <0x00000002>;
            \t#size-cells = <0x00000002>;
            \tmodel = "Acme";
            \tchosen {
            \t};
            \taliases {
            \t};
            \tmemory@40000000 {
            \t};
            \tsoc {
            \t};
            };

            """),
        Exchange(
            "fdt set serial0 status disabled; fdt print serial0",
            """
            serial@1000 {
            \treg = <0x00000000 0x00001000 0x00000000 0x00000100>;
            \tstatus = "disabled";
            };

            """),
        Exchange(
            "fdt mknode serial0 x; fdt list serial0",
            """
            serial@1000 {
            \treg = <0x00000000 0x00001000 0x00000000 0x00000100>;
            \tstatus = "okay";
            \tx {
            \t};
            };

            """),
        Exchange(
            "fdt rm /soc/; fdt list /",
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
            };

            """),
    ]

    @Test(arguments: edits)
    func nodesAndPropertiesAreChanged(_ exchange: Exchange) throws {
        try check(exchange, TestTree.board)
    }

    static let full: [Exchange] = [
        Exchange("fdt mknode / n\necho $?", "libfdt fdt_add_subnode(): FDT_ERR_NOSPACE\n1\n"),
        Exchange("fdt set / x y\necho $?", "libfdt fdt_setprop(): FDT_ERR_NOSPACE\n1\n"),
        Exchange("fdt set / a bcdef", "libfdt fdt_setprop(): FDT_ERR_NOSPACE\n", 1),
        Exchange("fdt set / a c; fdt print /", "/ {\n\ta = \"c\";\n};\n"),
        Exchange(
            "fdt rsvmem add 1 2; echo not reached",
            """
            libfdt fdt_add_mem_rsv():  FDT_ERR_NOSPACE
            exit not allowed from main input shell.

            """, 1),
        Exchange(
            "fdt memory 1 2; echo not reached",
            """
            fdt_find_or_add_subnode: memory: FDT_ERR_NOSPACE
            exit not allowed from main input shell.

            """, 1),
        Exchange("fdt chosen\necho $?", "fdt_find_or_add_subnode: chosen: FDT_ERR_NOSPACE\n0\n"),
        Exchange(
            "fdt chosen 4a000000 1000\necho $?",
            """
            fdt_find_or_add_subnode: chosen: FDT_ERR_NOSPACE
            fdt_find_or_add_subnode: chosen: FDT_ERR_NOSPACE
            0

            """),
        Exchange(
            "setenv a 'fdt rsvmem add 1 2; echo not reached'; run a; echo $?",
            """
            libfdt fdt_add_mem_rsv():  FDT_ERR_NOSPACE
            0

            """),
    ]

    @Test(arguments: full)
    func aFullTreeTakesNothing(_ exchange: Exchange) throws {
        try check(exchange, TestTree.tight)
    }

    private func check(_ exchange: Exchange, _ tree: [UInt8]) throws {
        let text = "Working FDT set to 48000000\n"
        let whole = Exchange("fdt addr 48000000\n" + exchange.typed, text + exchange.output, exchange.status)
        try whole.check(with: [(tree, 0x4800_0000)])
    }

    @Test func editsAreRecorded() throws {
        let lines = """
            fdt addr 48000000; fdt mknode / n; fdt set /n p v; fdt rm /n p; fdt rm /n; fdt set /no p v; fdt print /n
            """
        var machine = try TestBoard.machine(with: [(TestTree.board, 0x4800_0000)])
        machine.type(line: lines)
        let edits = machine.recorder.treeEdits
        #expect(
            edits.map(\.action) == [
                .select, .makeNode, .setProperty, .removeProperty, .removeNode, .setProperty, .read,
            ])
        #expect(edits.map(\.failure) == [nil, nil, nil, nil, nil, "FDT_ERR_NOTFOUND", "FDT_ERR_NOTFOUND"])
        #expect(edits.map(\.path) == ["", "/", "/n", "/n", "/n", "/no", "/n"])
    }
}
