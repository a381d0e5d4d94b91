extension UnsimulatedCommands {
    /// Commands about disks and flash.
    static let disks: [CommandDefinition] = [
        CommandDefinition(
            "chpart", maximumArguments: 2, isRepeatable: false, summary: "change active partition of a MTD device",
            usage: """
                part-id
                    - change active partition (e.g. part-id = nand0,1) of a MTD device
                """,
            body: nil),
        CommandDefinition(
            "erase", minimumArguments: 2, maximumArguments: 3, isRepeatable: false, summary: "erase FLASH memory",
            usage: """
                start end
                    - erase FLASH from addr 'start' to addr 'end'
                erase start +len
                    - erase FLASH from addr 'start' to the end of sect w/addr 'start'+'len'-1
                erase N:SF[-SL]
                    - erase sectors SF-SL in FLASH bank # N
                erase bank N
                    - erase FLASH bank # N
                erase <part-id>
                    - erase partition
                erase all
                    - erase all FLASH banks
                """,
            body: nil),
        CommandDefinition(
            "flinfo", maximumArguments: 2, summary: "print FLASH memory information",
            usage: """

                    - print information for all FLASH memory banks
                flinfo N
                    - print information for FLASH memory bank # N
                """,
            body: nil),
        CommandDefinition(
            "gzwrite", minimumArguments: 2, maximumArguments: 8, isRepeatable: false,
            summary: "unzip and write memory to block device",
            usage: """
                <interface> <dev> <addr> length [wbuf=1M [offs=0 [outsize=0]]]
                \twbuf is the size in bytes (hex) of write buffer
                \t\tand should be padded to erase size for SSDs
                \toffs is the output start offset in bytes (hex)
                \toutsize is the size of the expected output (hex bytes)
                \t\tand is required for files with uncompressed lengths
                \t\t4 GiB or larger

                """,
            body: nil),
        CommandDefinition(
            "mtd", minimumArguments: 2, maximumArguments: 16, summary: "MTD utils",
            usage: """
                - generic operations on memory technology devices

                mtd list
                mtd read[.raw][.oob]                  <name> <addr> [<off> [<size>]]
                mtd dump[.raw][.oob]                  <name>        [<off> [<size>]]
                mtd write[.raw][.oob][.dontskipff]    <name> <addr> [<off> [<size>]]
                mtd erase[.dontskipbad]               <name>        [<off> [<size>]]

                Specific functions:
                mtd bad                               <name>

                With:
                \t<name>: NAND partition/chip name (or corresponding DM device name or OF path)
                \t<addr>: user address from/to which data will be retrieved/stored
                \t<off>: offset in <name> in bytes (default: start of the part)
                \t\t* must be block-aligned for erase
                \t\t* must be page-aligned otherwise
                \t<size>: length of the operation in bytes (default: the entire device)
                \t\t* must be a multiple of a block for erase
                \t\t* must be a multiple of a page otherwise (special case: default is a page with dump)

                The .dontskipff option forces writing empty pages, don't use it if unsure.

                """,
            body: nil),
        CommandDefinition(
            "mtdparts", maximumArguments: 6, isRepeatable: false, summary: "define flash/nand partitions",
            usage: """

                    - list partition table
                mtdparts delall
                    - delete all partitions
                mtdparts del part-id
                    - delete partition (e.g. part-id = nand0,1)
                mtdparts add <mtd-dev> <size>[@<offset>] [<name>] [ro]
                    - add partition
                mtdparts default
                    - reset partition table to defaults

                -----

                this command uses three environment variables:

                'partition' - keeps current partition identifier

                partition  := <part-id>
                <part-id>  := <dev-id>,part_num

                'mtdids' - linux kernel mtd device id <-> u-boot device id mapping

                mtdids=<idmap>[,<idmap>,...]

                <idmap>    := <dev-id>=<mtd-id>
                <dev-id>   := 'nand'|'nor'|'onenand'|'spi-nand'<dev-num>
                <dev-num>  := mtd device number, 0...
                <mtd-id>   := unique device tag used by linux kernel to find mtd device (mtd->name)

                'mtdparts' - partition list

                mtdparts=mtdparts=<mtd-def>[;<mtd-def>...]

                <mtd-def>  := <mtd-id>:<part-def>[,<part-def>...]
                <mtd-id>   := unique device tag used by linux kernel to find mtd device (mtd->name)
                <part-def> := <size>[@<offset>][<name>][<ro-flag>]
                <size>     := standard linux memsize OR '-' to denote all remaining space
                <offset>   := partition start offset within the device
                <name>     := '(' NAME ')'
                <ro-flag>  := when set to 'ro' makes partition read-only (not used, passed to kernel)
                """,
            body: nil),
        CommandDefinition(
            "protect", minimumArguments: 2, maximumArguments: 4, isRepeatable: false,
            summary: "enable or disable FLASH write protection",
            usage: """
                on  start end
                    - protect FLASH from addr 'start' to addr 'end'
                protect on start +len
                    - protect FLASH from addr 'start' to end of sect w/addr 'start'+'len'-1
                protect on  N:SF[-SL]
                    - protect sectors SF-SL in FLASH bank # N
                protect on  bank N
                    - protect FLASH bank # N
                protect on <part-id>
                    - protect partition
                protect on  all
                    - protect all FLASH banks
                protect off start end
                    - make FLASH from addr 'start' to addr 'end' writable
                protect off start +len
                    - make FLASH from addr 'start' to end of sect w/addr 'start'+'len'-1 wrtable
                protect off N:SF[-SL]
                    - make sectors SF-SL writable in FLASH bank # N
                protect off bank N
                    - make FLASH bank # N writable
                protect off <part-id>
                    - make partition writable
                protect off all
                    - make all FLASH banks writable
                """,
            body: nil),
        CommandDefinition(
            "scsiboot", maximumArguments: 3, summary: "boot from SCSI device",
            usage: "loadAddr dev:part",
            body: nil),
        CommandDefinition(
            "usbboot", maximumArguments: 3, summary: "boot from USB device",
            usage: "loadAddr dev:part",
            body: nil),
    ]
}
