/// A bus that disks are attached to, by the word that commands use for it.
public enum BlockInterface: String, Sendable, Codable, CaseIterable {
    case virtio, mmc, scsi, nvme, usb, sata, ide

    /// What a list of partitions calls a device of it.
    func title(_ release: Release) -> ByteString {
        if release >= .v2025_01 { return ByteString(utf8: rawValue) }
        switch self {
        case .virtio: return "VirtIO"
        case .mmc: return "MMC"
        case .scsi: return "SCSI"
        case .nvme: return "NVMe"
        case .usb: return "USB"
        case .sata: return "SATA"
        case .ide: return "IDE"
        }
    }

    /// What the name of a partition without one of its own begins with.
    var partitionPrefix: ByteString {
        switch self {
        case .ide, .sata: "hd"
        case .scsi: "sd"
        case .usb: "usbd"
        case .mmc: "mmcsd"
        case .virtio, .nvme: "xx"
        }
    }

    /// What lists of devices say about a disk if the board does not say otherwise; `{N}` is its number.
    var identity: ByteString {
        switch self {
        case .virtio: "1af4 VirtIO Block Device"
        case .mmc: "Vendor: Man 000000 Snr 00000000 Rev: 0.0 Prod: CARD00"
        case .scsi: "({N}:0) Vendor: ATA Prod.: QEMU HARDDISK Rev: 2.5+"
        case .nvme: "Vendor: 0x1b36 Rev: 1.0      Prod: disk{N}               "
        case .usb: "Vendor: QEMU     Rev: 2.5+ Prod: QEMU HARDDISK   "
        case .sata, .ide: "Model: QEMU HARDDISK Firm: 2.5+ Ser#: QM0000{N}"
        }
    }

    /// Whether disks appear only after the bus was searched.
    var needsScan: Bool { self == .scsi || self == .nvme || self == .usb || self == .sata }
}

/// What a board says about one of its buses for disks.
public struct DiskBus: Sendable, Equatable {
    /// Which one.
    public var interface: BlockInterface
    /// What lists of devices say about a disk, with `{N}` for its number; nil for the usual.
    public var identity: ByteString?
    /// What there is on the board, in the order of the numbers.
    ///
    /// For `mmc` the names of the controllers, for `scsi` the ports, for `usb` the controller.
    public var slots: [ByteString]
    /// What is printed about a card or a controller; nil for the usual.
    ///
    /// For `mmc` what `mmc info` prints, with `{slot}`, `{high}` and `{capacity}`; for `scsi` and `usb` what a scan prints.
    public var info: ByteString?
    /// Whether the controller is there also without a disk.
    public var isBuiltIn: Bool

    /// Describes a bus.
    public init(
        interface: BlockInterface, identity: ByteString? = nil, slots: [ByteString] = [], info: ByteString? = nil,
        isBuiltIn: Bool = true
    ) {
        self.isBuiltIn = isBuiltIn
        self.interface = interface
        self.identity = identity
        self.slots = slots
        self.info = info
    }
}
