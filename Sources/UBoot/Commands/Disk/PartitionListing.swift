internal import Disks

/// The list of a disk's partitions.
enum PartitionListing {
    /// What `part list` prints for a disk.
    static func text(_ device: BlockDevice, _ release: Release) -> ByteString {
        guard let table = device.table else {
            return "## Unknown partition table type 0\n"
        }
        let head: ByteString =
            "\nPartition Map for \(device.interface.title(release)) device \(device.number)  --   Partition Type: \(table.name)\n\n"
        return switch table {
        case .efi: head + guidTable(device)
        case .dos: head + dosTable(device)
        case .iso: head + catalogue(device)
        case .mtd: head
        }
    }

    private static func catalogue(_ device: BlockDevice) -> ByteString {
        guard ElTorito.entry(1, on: device.disk) != nil else {
            return "** No boot partition found on device \(device.number) **\n"
        }
        var text: ByteString = "Part   Start     Sect x Size Type\n"
        var number = 1
        while let entry = ElTorito.entry(number, on: device.disk) {
            text +=
                " \(right(UInt64(number), 2)) \(right(entry.start, 8)) \(right(entry.blockCount, 8)) \(right(512, 6)) U-Boot\n"
            number += 1
        }
        return text
    }

    private static func guidTable(_ device: BlockDevice) -> ByteString {
        guard let table = GUIDTable(of: device.disk) else { return "" }
        var text: ByteString = "Part\tStart LBA\tEnd LBA\t\tName\n\tAttributes\n\tType GUID\n\tPartition GUID\n"
        for entry in table.entries {
            text += """
                \(padded(entry.number))\t0x\(hex: entry.first, width: 8)\t0x\(hex: entry.last, width: 8)\t\
                "\(ByteString(entry.name))"
                \tattrs:\t0x\(hex: entry.attributes, width: 16)
                \ttype:\t\(entry.type)
                \tguid:\t\(entry.uuid)

                """
        }
        return text
    }

    private static func dosTable(_ device: BlockDevice) -> ByteString {
        let signature = MasterBootRecord.signature(of: device.disk)
        var text: ByteString = "Part\tStart Sector\tNum Sectors\tUUID\t\tType\n"
        for item in MasterBootRecord.listing(of: device.disk) {
            switch item {
            case .problem(let problem): text += self.text(problem, device)
            case .entry(let entry):
                text += """
                    \(padded(entry.number))\t\(left(entry.start))\t\(left(entry.blockCount))\t\
                    \(hex: signature, width: 8)-\(hex: entry.number, width: 2)\t\(hex: entry.type, width: 2)\
                    \(entry.isExtended ? " Extd" : "")\(entry.isBootable ? " Boot" : "")

                    """
            }
        }
        return text
    }

    /// What U-Boot says where a chain of tables is damaged.
    static func text(_ problem: MasterBootRecord.Problem, _ device: BlockDevice) -> ByteString {
        switch problem {
        case .unreadable(let block): "** Can't read partition table on \(device.number):\(block) **\n"
        case .badSignature(let first, let second):
            "bad MBR sector signature 0x\(hex: first, width: 2)\(hex: second, width: 2)\n"
        case .tooDeep: "** Nested DOS partitions detected, stopping **\n"
        }
    }

    private static func padded(_ number: Int) -> String { right(UInt64(clamping: number), 3) }

    private static func right(_ number: UInt64, _ width: Int) -> String {
        let digits = "\(number)"
        return String(repeating: " ", count: max(0, width - digits.count)) + digits
    }

    private static func left(_ number: UInt64) -> String {
        let digits = "\(number)"
        return digits + String(repeating: " ", count: max(0, 10 - digits.count))
    }
}

extension ByteString {
    /// Adds a text.
    static func += (left: inout ByteString, right: ByteString) { left.bytes += right.bytes }
}
