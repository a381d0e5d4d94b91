import DeviceTree
import Testing

@testable import UBoot

struct FDTValueTests {
    static let values: [Exchange] = [
        Exchange("fdt set /chosen x <1>; fdt print /chosen x", "x = <0x00000001>\n"),
        Exchange("fdt set /chosen x <16 0x10 020>; fdt print /chosen x", "x = <0x00000010 0x00000010 0x00000010>\n"),
        Exchange("fdt set /chosen x < 1 2 >; fdt print /chosen x", "x = <0x00000001 0x00000002>\n"),
        Exchange("fdt set /chosen x <1 2 >; fdt print /chosen x", "x = <0x00000001 0x00000002>\n"),
        Exchange("fdt set /chosen x \"<1 2>\"; fdt print /chosen x", "x = <0x00000001 0x00000002>\n"),
        Exchange("fdt set /chosen x <0x123456789>; fdt print /chosen x", "x = <0x23456789>\n"),
        Exchange("fdt set /chosen x <1> <2>; fdt print /chosen x", "x = <0x00000001>\n"),
        Exchange("fdt set /chosen x <>; fdt print /chosen x", "/chosen x\n"),
        Exchange("fdt set /chosen x <1 zz>\necho $?", "Sorry, I could not convert \"zz>\"\n1\n"),
        Exchange("fdt set /chosen x <-1>", "Sorry, I could not convert \"-1>\"\n", 1),
        Exchange("fdt set /chosen x <1,2>", "Sorry, I could not convert \",2>\"\n", 1),
        Exchange("fdt set /chosen x <1", "Unexpected character '\n'\n", 1),
        Exchange("fdt set /chosen x <", "Unexpected character '\n'\n", 1),
        Exchange(
            "fdt set /memory reg <? 5 ? 6>; fdt print /memory reg",
            "reg = <0x00000000 0x00000005 0x00000000 0x00000006>\n"),
        Exchange("fdt set /chosen x [00 11 22]; fdt print /chosen x", "x = [00 11 22]\n"),
        Exchange("fdt set /chosen x [001122]; fdt print /chosen x", "x = [22]\n"),
        Exchange("fdt set /chosen x [0x1f 100]; fdt print /chosen x", "x = [1f 00]\n"),
        Exchange("fdt set /chosen x []; fdt print /chosen x", "/chosen x\n"),
        Exchange("fdt set /chosen x [zz]", "Unexpected character 'z'\n", 1),
        Exchange("fdt set /chosen x [11", "Unexpected character '\n'\n", 1),
        Exchange("fdt set /chosen x [ 11 22 ]; fdt print /chosen x", "x = [11 22]\n"),
        Exchange("fdt set /chosen x a b c; fdt print /chosen x", "x = \"a\", \"b\", \"c\"\n"),
        Exchange("fdt set /chosen x \"a b\" c; fdt print /chosen x", "x = \"a b\", \"c\"\n"),
        Exchange(
            """
            setenv s 'a b c'; fdt set /chosen x $s; fdt print /chosen x; fdt set /chosen x "$s"; fdt print /chosen x
            """,
            """
            x = "a", "b", "c"
            x = "a b c"

            """),
        Exchange("fdt set /chosen x \"\"; fdt print /chosen x", "x = \"\"\n"),
        Exchange("fdt set /chosen x; fdt print /chosen", "chosen {\n\tx;\n\tstdout-path = \"serial0\";\n};\n"),
        Exchange("fdt set /chosen x $nope; fdt print /chosen x", "/chosen x\n"),
        Exchange("fdt set /chosen x 5; fdt print /chosen x", "x = \"5\"\n"),
        Exchange(
            "fdt set /chosen x \\<1; fdt print /chosen x",
            """
            Unexpected character '
            '
            libfdt fdt_getprop(): FDT_ERR_NOTFOUND

            """, 1),
        Exchange(
            "fdt set /chosen \\#address-cells <1>; fdt print /chosen",
            """
            chosen {
            \t#address-cells = <0x00000001>;
            \tstdout-path = "serial0";
            };

            """),
        Exchange(
            "fdt set /chosen",
            """
            \(UsageText.fdt)

            """, 1),
        Exchange("fdt set /nope x y", "libfdt fdt_path_offset() returned FDT_ERR_NOTFOUND\n", 1),
        Exchange(
            "fdt set /soc odd <1>; fdt print /soc",
            """
            soc {
            \tranges;
            \tclock-frequency = "", "\u{f4}$";
            \todd = <0x00000001>;
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
    ]

    @Test(arguments: values)
    func valuesAreReadByTheirFirstCharacter(_ exchange: Exchange) throws {
        let text = "Working FDT set to 48000000\n"
        let whole = Exchange("fdt addr 48000000\n" + exchange.typed, text + exchange.output, exchange.status)
        try whole.check(with: [(TestTree.board, 0x4800_0000)])
    }

    @Test func aLongOldValueIsRefused() throws {
        let tree = TestTree.blob(
            .init("", [TestTree.property("long", bytes: [UInt8](repeating: 1, count: 1234))]), padded: 4096)
        try Exchange(
            "fdt addr 48000000; fdt set / long <1>",
            "Working FDT set to 48000000\nprop (1234) doesn't fit in scratchpad!\n", 1
        ).check(with: [(tree, 0x4800_0000)])
    }
}
