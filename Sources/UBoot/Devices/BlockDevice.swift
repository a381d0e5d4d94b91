internal import Disks

/// A disk on one of the board's buses.
struct BlockDevice {
    let bus: DiskBus
    let number: Int
    let disk: Disk
    /// Whether U-Boot has looked at it.
    var isProbed = false
    /// The kind of partition table that U-Boot found when it looked; a later change does not count.
    var table: PartitionTable?

    var interface: BlockInterface { bus.interface }

    /// `Device 0: ` is followed by this in lists.
    var identity: ByteString {
        let template = bus.identity ?? interface.identity
        return template.replacing("{N}", with: "\(number)")
    }

    /// The three lines about it, without what stands before them.
    ///
    /// The newer release counts one block too many on AHCI.
    func summary(_ release: Release) -> ByteString {
        let blocks = disk.blockCount + (interface == .scsi && release >= .v2025_01 ? 1 : 0)
        let tenthsOfMega = blocks * 10 / 2048
        let tenthsOfGiga = tenthsOfMega / 1024
        return """
            \(identity)
                        Type: Hard Disk
                        Capacity: \(tenthsOfMega / 10).\(tenthsOfMega % 10) MB = \
            \(tenthsOfGiga / 10).\(tenthsOfGiga % 10) GB (\(blocks) x \(Disk.blockSize))

            """
    }
}

/// The disks of a machine and what their commands remember.
struct DiskState {
    /// The disks in the order of their buses and numbers.
    private(set) var devices: [BlockDevice] = []
    /// The buses that were searched.
    var scanned: Set<BlockInterface> = []
    /// The device that commands without a number mean; nil before one was chosen.
    var current: [BlockInterface: Int] = [:]
    /// How often blocks were asked for, since `blkcache show` was asked.
    var cache = BlockCacheState()

    mutating func add(_ device: BlockDevice) {
        let index = devices.firstIndex { other in
            other.interface == device.interface ? other.number > device.number : false
        }
        devices.insert(device, at: index ?? devices.count)
    }

    /// Whether a bus has a controller.
    func hasController(_ bus: DiskBus) -> Bool {
        bus.isBuiltIn || devices.contains { $0.interface == bus.interface }
    }

    /// The disks of a bus that U-Boot knows of.
    func visible(_ interface: BlockInterface) -> [BlockDevice] {
        guard !interface.needsScan || scanned.contains(interface) else { return [] }
        return devices.filter { $0.interface == interface }
    }

    mutating func probe(_ interface: BlockInterface, _ number: Int) -> BlockDevice? {
        guard let index = devices.firstIndex(where: { $0.interface == interface && $0.number == number }) else {
            return nil
        }
        devices[index].isProbed = true
        devices[index].table = PartitionTable(of: devices[index].disk)
        return devices[index]
    }

    /// Makes U-Boot take a kind of table for the disk's, or none until it looks again.
    mutating func setTable(_ table: PartitionTable?, of device: BlockDevice) {
        guard let index = devices.firstIndex(where: { $0.interface == device.interface && $0.number == device.number })
        else { return }
        devices[index].table = table
    }
}

/// The settings of `blkcache`.
struct BlockCacheState {
    var blocksPerEntry: UInt64 = 8
    var entryLimit: UInt64 = 32
}

extension ByteString {
    /// The text with every occurrence of one text replaced by another.
    func replacing(_ old: ByteString, with new: ByteString) -> ByteString {
        var result: [UInt8] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            if rest.starts(with: old.bytes) {
                result += new.bytes
                rest = rest.dropFirst(old.count)
            } else {
                result.append(rest.removeFirst())
            }
        }
        return ByteString(result)
    }
}
