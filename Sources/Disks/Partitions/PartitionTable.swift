/// A disk's partition table as U-Boot finds it.
public enum PartitionTable: Sendable, Equatable, CaseIterable {
    /// Four entries in the first block, and chains of them behind extended ones.
    case dos
    /// A GUID partition table, told by its protective entry in the first block.
    case efi
    /// The boot catalogue of a CD image.
    case iso
    /// The partitions of a flash chip, which no disk has; only a command says so.
    case mtd

    /// The name that U-Boot gives it.
    public var name: String {
        switch self {
        case .dos: "DOS"
        case .efi: "EFI"
        case .iso: "ISO"
        case .mtd: "MTD"
        }
    }

    /// The table of a disk; nil if there is none that U-Boot takes for one.
    public init?(of disk: Disk) {
        guard let block = disk.read(0, Disk.blockSize) else { return nil }
        if GUIDTable.isProtected(block) {
            self = .efi
        } else if MasterBootRecord.kind(of: block) == .table {
            self = .dos
        } else if ElTorito.entry(1, on: disk) != nil {
            self = .iso
        } else {
            return nil
        }
    }
}

/// One partition.
public struct Partition: Sendable, Equatable {
    /// The number that U-Boot gives it, from 1 on.
    public var number: Int
    /// The first block.
    public var start: UInt64
    /// The number of blocks.
    public var blockCount: UInt64
    /// Whether U-Boot takes it for bootable.
    public var isBootable: Bool
    /// The unique identifier as text.
    public var uuid: String
    /// The name, where the table has one: at most 31 bytes.
    public var name: [UInt8]

    /// Describes a partition.
    public init(
        number: Int, start: UInt64, blockCount: UInt64, isBootable: Bool, uuid: String, name: [UInt8]
    ) {
        self.number = number
        self.start = start
        self.blockCount = blockCount
        self.isBootable = isBootable
        self.uuid = uuid
        self.name = name
    }
}

/// Hexadecimal digits of a number, padded with zeros.
func hexadecimal(_ value: UInt64, width: Int) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
