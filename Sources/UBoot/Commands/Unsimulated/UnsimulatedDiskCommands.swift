extension UnsimulatedCommands {
    /// Commands about disks and flash.
    static let disks: [CommandDefinition] = [
        CommandDefinition(
            "blkcache", minimumArguments: 2, maximumArguments: 4, isRepeatable: false,
            summary: "block cache diagnostics and control",
            usage: """
                show - show and reset statistics
                blkcache configure <blocks> <entries> - set max blocks per entry and max cache entries

                """,
            body: nil),
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
            "mmc", maximumArguments: 29, summary: "MMC sub system",
            usage: """
                info - display info of the current MMC device
                mmc read addr blk# cnt
                mmc write addr blk# cnt
                mmc erase blk# cnt
                mmc rescan [mode]
                mmc part - lists available partition on current mmc device
                mmc dev [dev] [part] [mode] - show or set current mmc device [partition] and set mode
                  - the required speed mode is passed as the index from the following list
                    [MMC_LEGACY, MMC_HS, SD_HS, MMC_HS_52, MMC_DDR_52, UHS_SDR12, UHS_SDR25,
                    UHS_SDR50, UHS_DDR50, UHS_SDR104, MMC_HS_200, MMC_HS_400, MMC_HS_400_ES]
                mmc list - lists available devices
                mmc wp [PART] - power on write protect boot partitions
                  arguments:
                   PART - [0|1]
                       : 0 - first boot partition, 1 - second boot partition
                         if not assigned, write protect all boot partitions
                mmc hwpartition <USER> <GP> <MODE> - does hardware partitioning
                  arguments (sizes in 512-byte blocks):
                   USER - <user> <enh> <start> <cnt> <wrrel> <{on|off}>
                \t: sets user data area attributes
                   GP - <{gp1|gp2|gp3|gp4}> <cnt> <enh> <wrrel> <{on|off}>
                \t: general purpose partition
                   MODE - <{check|set|complete}>
                \t: mode, complete set partitioning completed
                  WARNING: Partitioning is a write-once setting once it is set to complete.
                  Power cycling is required to initialize partitions after set to complete.
                mmc setdsr <value> - set DSR register value

                """,
            body: nil),
        CommandDefinition(
            "mmcinfo", maximumArguments: 1, isRepeatable: false, summary: "display MMC info",
            usage: "- display info of the current MMC device",
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
            "nvme", minimumArguments: 2, maximumArguments: 8, summary: "NVM Express sub-system",
            usage: """
                scan - scan NVMe devices
                nvme detail - show details of current NVMe device
                nvme info - show all available NVMe devices
                nvme device [dev] - show or set current NVMe device
                nvme part [dev] - print partition table of one or all NVMe devices
                nvme read addr blk# cnt - read `cnt' blocks starting at block
                     `blk#' to memory address `addr'
                nvme write addr blk# cnt - write `cnt' blocks starting at block
                     `blk#' from memory address `addr'
                """,
            body: nil),
        CommandDefinition(
            "part", minimumArguments: 2, maximumArguments: 16, summary: "disk partition related commands",
            usage: """
                uuid <interface> <dev>:<part>
                    - print partition UUID
                part uuid <interface> <dev>:<part> <varname>
                    - set environment variable to partition UUID
                part list <interface> <dev>
                    - print a device's partition table
                part list <interface> <dev> [flags] <varname>
                    - set environment variable to the list of partitions
                      flags can be -bootable (list only bootable partitions)
                part start <interface> <dev> <part> <varname>
                    - set environment variable to the start of the partition (in blocks)
                      part can be either partition number or partition name
                part size <interface> <dev> <part> <varname>
                    - set environment variable to the size of the partition (in blocks)
                      part can be either partition number or partition name
                part number <interface> <dev> <part> <varname>
                    - set environment variable to the partition number using the partition name
                      part must be specified as partition name
                part types
                    - list supported partition table types
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
            "scsi", minimumArguments: 2, maximumArguments: 5, summary: "SCSI sub-system",
            usage: """
                reset - reset SCSI controller
                scsi info  - show available SCSI devices
                scsi scan  - (re-)scan SCSI bus
                scsi device [dev] - show or set current device
                scsi part [dev] - print partition table of one or all SCSI devices
                scsi read addr blk# cnt - read `cnt' blocks starting at block `blk#'
                     to memory address `addr'
                scsi write addr blk# cnt - write `cnt' blocks starting at block
                     `blk#' from memory address `addr'
                """,
            body: nil),
        CommandDefinition(
            "scsiboot", maximumArguments: 3, summary: "boot from SCSI device",
            usage: "loadAddr dev:part",
            body: nil),
        CommandDefinition(
            "usb", minimumArguments: 2, maximumArguments: 5, summary: "USB sub-system",
            usage: """
                start - start (scan) USB controller
                usb reset - reset (rescan) USB controller
                usb stop [f] - stop USB [f]=force stop
                usb tree - show USB device tree
                usb info [dev] - show available USB devices
                usb test [dev] [port] [mode] - set USB 2.0 test mode
                    (specify port 0 to indicate the device's upstream port)
                    Available modes: J, K, S[E0_NAK], P[acket], F[orce_Enable]
                usb storage - show details of USB storage devices
                usb dev [dev] - show or set current USB storage device
                usb part [dev] - print partition table of one or all USB storage    devices
                usb read addr blk# cnt - read `cnt' blocks starting at block `blk#'
                    to memory address `addr'
                usb write addr blk# cnt - write `cnt' blocks starting at block `blk#'
                    from memory address `addr'
                """,
            body: nil),
        CommandDefinition(
            "usbboot", maximumArguments: 3, summary: "boot from USB device",
            usage: "loadAddr dev:part",
            body: nil),
        CommandDefinition(
            "virtio", minimumArguments: 2, maximumArguments: 8, summary: "virtio block devices sub-system",
            usage: """
                scan - initialize virtio bus
                virtio info - show all available virtio block devices
                virtio device [dev] - show or set current virtio block device
                virtio part [dev] - print partition table of one or all virtio block devices
                virtio read addr blk# cnt - read `cnt' blocks starting at block
                     `blk#' to memory address `addr'
                virtio write addr blk# cnt - write `cnt' blocks starting at block
                     `blk#' from memory address `addr'
                """,
            body: nil),
    ]
}
