extension UnsimulatedCommands {
    /// Commands about storage that few boards have.
    static let storage: [CommandDefinition] = [
        CommandDefinition(
            "abootimg", maximumArguments: 16, isRepeatable: false, summary: "manipulate Android Boot Image",
            usage: """
                addr <addr>
                    - set the address in RAM where boot image is located
                      ($loadaddr is used by default)
                abootimg dump dtb
                    - print info for all DT blobs in DTB area
                abootimg get ver [varname]
                    - get header version
                abootimg get recovery_dtbo [addr_var [size_var]]
                    - get address and size (hex) of recovery DTBO area in the image
                      [addr_var]: variable name to contain DTBO area address
                      [size_var]: variable name to contain DTBO area size
                abootimg get dtb_load_addr [varname]
                    - get load address (hex) of DTB, from image header
                abootimg get dtb --index=<num> [addr_var [size_var]]
                    - get address and size (hex) of DT blob in the image by index
                      <num>: index number of desired DT blob in DTB area
                      [addr_var]: variable name to contain DT blob address
                      [size_var]: variable name to contain DT blob size
                """,
            body: nil),
        CommandDefinition(
            "adtimg", maximumArguments: 16, isRepeatable: false, summary: "manipulate dtb/dtbo Android image",
            usage: """
                addr <addr> - Set image location to <addr>
                adtimg dump        - Print out image contents
                adtimg get dt --index=<index> [avar [svar]]         - Get DT address/size by index

                Legend:
                  - <addr>: DTB/DTBO image address (hex) in RAM
                  - <index>: index (hex/dec) of desired DT in the image
                  - <avar>: variable name to contain DT address (hex)
                  - <svar>: variable name to contain DT size (hex)
                """,
            body: nil),
        CommandDefinition(
            "btrsubvol", maximumArguments: 3, summary: "list subvolumes of a BTRFS filesystem",
            usage: """
                <interface> <dev[:part]>
                     - List subvolumes of a BTRFS filesystem.
                """,
            body: nil),
        CommandDefinition(
            "diskboot", maximumArguments: 3, summary: "boot from IDE device",
            usage: "loadAddr dev:part",
            body: nil),
        CommandDefinition(
            "eeprom", maximumArguments: 8, summary: "EEPROM sub-system",
            usage: """
                read  <bus> <devaddr> addr off cnt
                eeprom write <bus> <devaddr> addr off cnt
                       - read/write `cnt' bytes from `devaddr` EEPROM at offset `off'
                """,
            body: nil),
        CommandDefinition(
            "ext4write", maximumArguments: 7, summary: "create a file in the root directory",
            usage: """
                <interface> <dev[:part]> <addr> <absolute filename path>
                    [sizebytes] [file offset]
                    - create a file in / directory
                """,
            body: nil),
        CommandDefinition(
            "fru", maximumArguments: 8, summary: "FRU table info",
            usage: """
                capture <addr> - Parse and capture FRU table present at address.
                fru display - Displays content of FRU table that was captured using
                              fru capture command
                fru board_gen <addr> <manufacturer> <board name> <serial number>
                              <part number> <revision> - Generate FRU format with
                              board info area filled based on parameters. <addr> is
                              pointing to place where FRU is generated.

                """,
            body: nil),
        CommandDefinition(
            "fuse", maximumArguments: 16, isRepeatable: false, summary: "Fuse sub-system",
            usage: """
                read <bank> <word> [<cnt>] - read 1 or 'cnt' fuse words,
                    starting at 'word'
                fuse cmp <bank> <word> <hexval> - compare 'hexval' to fuse
                    at 'word'
                fuse readm <bank> <word> <addr> [<cnt>] - read 1 or 'cnt' fuse words,
                    starting at 'word' into memory at 'addr'
                fuse sense <bank> <word> [<cnt>] - sense 1 or 'cnt' fuse words,
                    starting at 'word'
                fuse prog [-y] <bank> <word> <hexval> [<hexval>...] - program 1 or
                    several fuse words, starting at 'word' (PERMANENT)
                fuse override <bank> <word> <hexval> [<hexval>...] - override 1 or
                    several fuse words, starting at 'word'
                """,
            body: nil),
        CommandDefinition(
            "gpt", maximumArguments: 16, summary: "GUID Partition Table",
            usage: """
                <command> <interface> <dev> <partitions_list>
                 - GUID partition table restoration and validity check
                 Restore or verify GPT information on a device connected
                 to interface
                 Example usage:
                 gpt repair mmc 0
                    - repair the GPT on the device
                 gpt write mmc 0 $partitions
                    - write the GPT to device
                 gpt verify mmc 0 $partitions
                    - verify the GPT on device against $partitions
                 gpt setenv mmc 0 $name
                    - setup environment variables for partition $name:
                      gpt_partition_addr, gpt_partition_size,
                      gpt_partition_name, gpt_partition_entry
                 gpt enumerate mmc 0
                    - store list of partitions to gpt_partition_list environment variable
                 read <interface> <dev>
                    - read GPT into a data structure for manipulation
                 gpt guid <interface> <dev>
                    - print disk GUID
                 gpt guid <interface> <dev> <varname>
                    - set environment variable to disk GUID
                 Example usage:
                 gpt guid mmc 0
                 gpt guid mmc 0 varname

                """,
            body: nil),
        CommandDefinition(
            "ide", maximumArguments: 5, summary: "IDE sub-system",
            usage: """
                reset - reset IDE controller
                ide info  - show available IDE devices
                ide device [dev] - show or set current device
                ide part [dev] - print partition table of one or all IDE devices
                ide read  addr blk# cnt
                ide write addr blk# cnt - read/write `cnt' blocks starting at block `blk#'
                    to/from memory address `addr'
                """,
            body: nil),
        CommandDefinition(
            "nandecc", maximumArguments: 3, summary: "switch OMAP3 NAND ECC calculation algorithm",
            usage: """
                hw [hamming|bch8|bch16] - Switch between NAND hardware 1-bit hamming and 8-bit/16-bit BCH
                                           ecc calculation (second parameter may be omitted).
                nandecc sw               - Switch to NAND software ecc algorithm.
                """,
            body: nil),
        CommandDefinition(
            "onenand", maximumArguments: 16, summary: "OneNAND sub-system",
            usage: """
                info - show available OneNAND devices
                onenand bad - show bad blocks
                onenand read[.oob] addr off size
                onenand write[.yaffs] addr off size
                    read/write 'size' bytes starting at offset 'off'
                    to/from memory address 'addr', skipping bad blocks.
                onenand erase [force] [off size] - erase 'size' bytes from
                onenand test [off size] - test 'size' bytes from
                    offset 'off' (entire device if not specified)
                onenand dump[.oob] off - dump page
                onenand markbad off [...] - mark bad block(s) at offset (UNSAFE)
                """,
            body: nil),
        CommandDefinition(
            "sqfsload", maximumArguments: 7, isRepeatable: false,
            summary: "load binary file from a SquashFS filesystem",
            usage: """
                <interface> [<dev[:part]> [<addr> [<filename> [bytes [pos]]]]]
                    - Load binary file 'filename' from 'dev' on 'interface'
                      to address 'addr' from SquashFS filesystem.
                      'pos' gives the file position to start loading from.
                      If 'pos' is omitted, 0 is used. 'pos' requires 'bytes'.
                      'bytes' gives the size to load. If 'bytes' is 0 or omitted,
                      the load stops on end of file.
                      If either 'pos' or 'bytes' are not aligned to
                      ARCH_DMA_MINALIGN then a misaligned buffer warning will
                      be printed and performance will suffer for the load.
                """,
            body: nil),
        CommandDefinition(
            "sqfsls", maximumArguments: 4, summary: "List files in directory. Default: root (/).",
            usage: """
                <interface> [<dev[:part]>] [directory]
                    - list files from 'dev' on 'interface' in 'directory'

                """,
            body: nil),
    ]
}
