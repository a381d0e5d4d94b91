/// The commands for disks and their buses.
enum DiskCommands {
    static let all: [CommandDefinition] = [
        PartitionCommand.command,
        CommandDefinition(
            "blkcache", minimumArguments: 2, maximumArguments: 4, isRepeatable: false,
            summary: "block cache diagnostics and control",
            usage: """
                show - show and reset statistics
                blkcache configure <blocks> <entries> - set max blocks per entry and max cache entries

                """,
            body: { call, machine in BlockCacheCommand.run(call, &machine) }),
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
            body: { call, machine in try MMCCommand.run(call, &machine) }),
        CommandDefinition(
            "mmcinfo", maximumArguments: 1, isRepeatable: false, summary: "display MMC info",
            usage: "- display info of the current MMC device",
            body: { _, machine in MMCCommand.info(&machine) }),
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
            body: { call, machine in try BusCommands.nvme(call, &machine) }),
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
            body: { call, machine in try BusCommands.scsi(call, &machine) }),
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
            body: { call, machine in try BusCommands.usb(call, &machine) }),
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
            body: { call, machine in try BusCommands.virtio(call, &machine) }),
    ]
}
