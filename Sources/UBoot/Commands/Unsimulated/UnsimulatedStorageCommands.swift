extension UnsimulatedCommands {
    /// Commands that read and write disks, flash and file systems.
    static let storage: [CommandDefinition] = [
        CommandDefinition(
            "blkcache", maximumArguments: 4, isRepeatable: false, summary: "block cache diagnostics and control",
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
            "erase", maximumArguments: 3, isRepeatable: false, summary: "erase FLASH memory",
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
            "ext2load", maximumArguments: 6, isRepeatable: false, summary: "load binary file from a Ext2 filesystem",
            usage: """
                <interface> [<dev[:part]> [addr [filename [bytes [pos]]]]]
                    - load binary file 'filename' from 'dev' on 'interface'
                      to address 'addr' from ext2 filesystem.
                """,
            body: nil),
        CommandDefinition(
            "ext2ls", maximumArguments: 4, summary: "list files in a directory (default /)",
            usage: """
                <interface> <dev[:part]> [directory]
                    - list files from 'dev' on 'interface' in a 'directory'
                """,
            body: nil),
        CommandDefinition(
            "ext4load", maximumArguments: 7, isRepeatable: false, summary: "load binary file from a Ext4 filesystem",
            usage: """
                <interface> [<dev[:part]> [addr [filename [bytes [pos]]]]]
                    - load binary file 'filename' from 'dev' on 'interface'
                      to address 'addr' from ext4 filesystem
                """,
            body: nil),
        CommandDefinition(
            "ext4ls", maximumArguments: 4, summary: "list files in a directory (default /)",
            usage: """
                <interface> <dev[:part]> [directory]
                    - list files from 'dev' on 'interface' in a 'directory'
                """,
            body: nil),
        CommandDefinition(
            "ext4size", maximumArguments: 4, isRepeatable: false, summary: "determine a file's size",
            usage: """
                <interface> <dev[:part]> <filename>
                    - Find file 'filename' from 'dev' on 'interface'
                      and determine its size.
                """,
            body: nil),
        CommandDefinition(
            "fatinfo", maximumArguments: 3, summary: "print information about filesystem",
            usage: """
                <interface> [<dev[:part]>]
                    - print information about filesystem from 'dev' on 'interface'
                """,
            body: nil),
        CommandDefinition(
            "fatload", maximumArguments: 7, isRepeatable: false, summary: "load binary file from a dos filesystem",
            usage: """
                <interface> [<dev[:part]> [<addr> [<filename> [bytes [pos]]]]]
                    - Load binary file 'filename' from 'dev' on 'interface'
                      to address 'addr' from dos filesystem.
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
            "fatls", maximumArguments: 4, summary: "list files in a directory (default /)",
            usage: """
                <interface> [<dev[:part]>] [directory]
                    - list files from 'dev' on 'interface' in a 'directory'
                """,
            body: nil),
        CommandDefinition(
            "fatmkdir", maximumArguments: 4, summary: "create a directory",
            usage: """
                <interface> [<dev[:part]>] <directory>
                    - create a directory in 'dev' on 'interface'
                """,
            body: nil),
        CommandDefinition(
            "fatrm", maximumArguments: 4, summary: "delete a file",
            usage: """
                <interface> [<dev[:part]>] <filename>
                    - delete a file from 'dev' on 'interface'
                """,
            body: nil),
        CommandDefinition(
            "fatsize", maximumArguments: 4, isRepeatable: false, summary: "determine a file's size",
            usage: """
                <interface> <dev[:part]> <filename>
                    - Find file 'filename' from 'dev' on 'interface'
                      and determine its size.
                """,
            body: nil),
        CommandDefinition(
            "fatwrite", maximumArguments: 7, isRepeatable: false, summary: "write file into a dos filesystem",
            usage: """
                <interface> <dev[:part]> <addr> <filename> [<bytes> [<offset>]]
                    - write file 'filename' from the address 'addr' in RAM
                      to 'dev' on 'interface'
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
            "fstype", maximumArguments: 4, summary: "Look up a filesystem type",
            usage: """
                <interface> <dev>:<part>
                - print filesystem type
                fstype <interface> <dev>:<part> <varname>
                - set environment variable to filesystem type

                """,
            body: nil),
        CommandDefinition(
            "fstypes", maximumArguments: 1, summary: "List supported filesystem types",
            usage: "",
            body: nil),
        CommandDefinition(
            "fsuuid", maximumArguments: 4, summary: "Look up a filesystem UUID",
            usage: """
                <interface> <dev>:<part>
                    - print filesystem UUID
                fsuuid <interface> <dev>:<part> <varname>
                    - set environment variable to filesystem UUID

                """,
            body: nil),
        CommandDefinition(
            "gzwrite", maximumArguments: 8, isRepeatable: false, summary: "unzip and write memory to block device",
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
            "ln", maximumArguments: 5, summary: "Create a symbolic link",
            usage: """
                <interface> <dev[:part]> target linkname
                    - create a symbolic link to 'target' with the name 'linkname' on
                      device type 'interface' instance 'dev'.
                """,
            body: nil),
        CommandDefinition(
            "load", maximumArguments: 7, isRepeatable: false, summary: "load binary file from a filesystem",
            usage: """
                <interface> [<dev[:part]> [<addr> [<filename> [bytes [pos]]]]]
                    - Load binary file 'filename' from partition 'part' on device
                       type 'interface' instance 'dev' to address 'addr' in memory.
                      'bytes' gives the size to load in bytes.
                      If 'bytes' is 0 or omitted, the file is read until the end.
                      'pos' gives the file byte position to start reading from.
                      If 'pos' is 0 or omitted, the file is read from the start.
                """,
            body: nil),
        CommandDefinition(
            "ls", maximumArguments: 4, summary: "list files in a directory (default /)",
            usage: """
                <interface> [<dev[:part]> [directory]]
                    - List files in directory 'directory' of partition 'part' on
                      device type 'interface' instance 'dev'.
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
            "mtd", maximumArguments: 16, summary: "MTD utils",
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
            "nvme", maximumArguments: 8, summary: "NVM Express sub-system",
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
            "part", maximumArguments: 16, summary: "disk partition related commands",
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
            "protect", maximumArguments: 4, isRepeatable: false, summary: "enable or disable FLASH write protection",
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
            "save", maximumArguments: 7, isRepeatable: false, summary: "save file to a filesystem",
            usage: """
                <interface> <dev[:part]> <addr> <filename> bytes [pos]
                    - Save binary file 'filename' to partition 'part' on device
                      type 'interface' instance 'dev' from addr 'addr' in memory.
                      'bytes' gives the size to save in bytes and is mandatory.
                      'pos' gives the file byte position to start writing to.
                      If 'pos' is 0 or omitted, the file is written from the start.
                """,
            body: nil),
        CommandDefinition(
            "scsi", maximumArguments: 5, summary: "SCSI sub-system",
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
            "size", maximumArguments: 4, isRepeatable: false, summary: "determine a file's size",
            usage: """
                <interface> <dev[:part]> <filename>
                    - Find file 'filename' from 'dev' on 'interface'
                      and determine its size.
                """,
            body: nil),
        CommandDefinition(
            "sysboot", maximumArguments: 7, summary: "command to get and boot from syslinux files",
            usage: """
                [-p] <interface> <dev[:part]> <ext2|fat|any> [addr] [filename]
                    - load and parse syslinux menu file 'filename' from ext2, fat
                      or any filesystem on 'dev' on 'interface' to address 'addr'
                """,
            body: nil),
        CommandDefinition(
            "usb", maximumArguments: 5, summary: "USB sub-system",
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
            "virtio", maximumArguments: 8, summary: "virtio block devices sub-system",
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
