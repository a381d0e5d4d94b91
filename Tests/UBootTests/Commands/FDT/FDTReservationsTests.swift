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
            fdt - flattened device tree utility commands

            Usage:
            fdt addr [-c] [-q] <addr> [<size>]  - Set the [control] fdt location to <addr>
            fdt move   <fdt> <newaddr> <length> - Copy the fdt to <addr> and make it active
            fdt resize [<extrasize>]            - Resize fdt to size + padding to 4k addr + some optional <extrasize> if needed
            fdt print  <path> [<prop>]          - Recursive print starting at <path>
            fdt list   <path> [<prop>]          - Print one level starting at <path>
            fdt get value <var> <path> <prop> [<index>] - Get <property> and store in <var>
                                                  In case of stringlist property, use optional <index>
                                                  to select string within the stringlist. Default is 0.
            fdt get name <var> <path> <index>   - Get name of node <index> and store in <var>
            fdt get addr <var> <path> <prop>    - Get start address of <property> and store in <var>
            fdt get size <var> <path> [<prop>]  - Get size of [<property>] or num nodes and store in <var>
            fdt set    <path> <prop> [<val>]    - Set <property> [to <val>]
            fdt mknode <path> <node>            - Create a new node after <path>
            fdt rm     <path> [<prop>]          - Delete the node or <property>
            fdt header [get <var> <member>]     - Display header info
                                                  get - get header member <member> and store it in <var>
            fdt bootcpu <id>                    - Set boot cpuid
            fdt memory <addr> <size>            - Add/Update memory node
            fdt rsvmem print                    - Show current mem reserves
            fdt rsvmem add <addr> <size>        - Add a mem reserve
            fdt rsvmem delete <index>           - Delete a mem reserves
            fdt chosen [<start> <size>]         - Add/update the /chosen branch in the tree
                                                    <start>/<size> - initrd start addr/size
            fdt checksign [<addr>]              - check FIT signature
                                                    <start> - addr of key blob
                                                              default gd->fdt_blob
            NOTE: Dereference aliases by omitting the leading '/', e.g. fdt print ethernet0.
            1

            """),
        Exchange("fdt rsvmem delete", ""),
        Exchange("fdt rsvmem add", ""),
        Exchange(
            "fdt rsvmem",
            """
            fdt - flattened device tree utility commands

            Usage:
            fdt addr [-c] [-q] <addr> [<size>]  - Set the [control] fdt location to <addr>
            fdt move   <fdt> <newaddr> <length> - Copy the fdt to <addr> and make it active
            fdt resize [<extrasize>]            - Resize fdt to size + padding to 4k addr + some optional <extrasize> if needed
            fdt print  <path> [<prop>]          - Recursive print starting at <path>
            fdt list   <path> [<prop>]          - Print one level starting at <path>
            fdt get value <var> <path> <prop> [<index>] - Get <property> and store in <var>
                                                  In case of stringlist property, use optional <index>
                                                  to select string within the stringlist. Default is 0.
            fdt get name <var> <path> <index>   - Get name of node <index> and store in <var>
            fdt get addr <var> <path> <prop>    - Get start address of <property> and store in <var>
            fdt get size <var> <path> [<prop>]  - Get size of [<property>] or num nodes and store in <var>
            fdt set    <path> <prop> [<val>]    - Set <property> [to <val>]
            fdt mknode <path> <node>            - Create a new node after <path>
            fdt rm     <path> [<prop>]          - Delete the node or <property>
            fdt header [get <var> <member>]     - Display header info
                                                  get - get header member <member> and store it in <var>
            fdt bootcpu <id>                    - Set boot cpuid
            fdt memory <addr> <size>            - Add/Update memory node
            fdt rsvmem print                    - Show current mem reserves
            fdt rsvmem add <addr> <size>        - Add a mem reserve
            fdt rsvmem delete <index>           - Delete a mem reserves
            fdt chosen [<start> <size>]         - Add/update the /chosen branch in the tree
                                                    <start>/<size> - initrd start addr/size
            fdt checksign [<addr>]              - check FIT signature
                                                    <start> - addr of key blob
                                                              default gd->fdt_blob
            NOTE: Dereference aliases by omitting the leading '/', e.g. fdt print ethernet0.

            """, 1),
        Exchange(
            "fdt rsvmem zz",
            """
            fdt - flattened device tree utility commands

            Usage:
            fdt addr [-c] [-q] <addr> [<size>]  - Set the [control] fdt location to <addr>
            fdt move   <fdt> <newaddr> <length> - Copy the fdt to <addr> and make it active
            fdt resize [<extrasize>]            - Resize fdt to size + padding to 4k addr + some optional <extrasize> if needed
            fdt print  <path> [<prop>]          - Recursive print starting at <path>
            fdt list   <path> [<prop>]          - Print one level starting at <path>
            fdt get value <var> <path> <prop> [<index>] - Get <property> and store in <var>
                                                  In case of stringlist property, use optional <index>
                                                  to select string within the stringlist. Default is 0.
            fdt get name <var> <path> <index>   - Get name of node <index> and store in <var>
            fdt get addr <var> <path> <prop>    - Get start address of <property> and store in <var>
            fdt get size <var> <path> [<prop>]  - Get size of [<property>] or num nodes and store in <var>
            fdt set    <path> <prop> [<val>]    - Set <property> [to <val>]
            fdt mknode <path> <node>            - Create a new node after <path>
            fdt rm     <path> [<prop>]          - Delete the node or <property>
            fdt header [get <var> <member>]     - Display header info
                                                  get - get header member <member> and store it in <var>
            fdt bootcpu <id>                    - Set boot cpuid
            fdt memory <addr> <size>            - Add/Update memory node
            fdt rsvmem print                    - Show current mem reserves
            fdt rsvmem add <addr> <size>        - Add a mem reserve
            fdt rsvmem delete <index>           - Delete a mem reserves
            fdt chosen [<start> <size>]         - Add/update the /chosen branch in the tree
                                                    <start>/<size> - initrd start addr/size
            fdt checksign [<addr>]              - check FIT signature
                                                    <start> - addr of key blob
                                                              default gd->fdt_blob
            NOTE: Dereference aliases by omitting the leading '/', e.g. fdt print ethernet0.

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
