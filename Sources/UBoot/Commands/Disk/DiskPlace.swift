internal import Disks

/// A disk, and the part of it that a command works on.
struct DiskPlace {
    var device: BlockDevice
    /// The partition's number; 0 for all of the disk.
    var partition: Int
    /// What the partition table says; nil for all of the disk.
    var info: Partition?

    /// The blocks; nil where they cannot be counted in bytes.
    var slice: DiskSlice? {
        guard let info else { return DiskSlice(all: device.disk) }
        return DiskSlice(disk: device.disk, firstBlock: info.start, blockCount: info.blockCount)
    }

    /// The name in records, such as `virtio 0:1`.
    var name: String { "\(device.interface.rawValue) \(device.number):\(hexadecimal(UInt64(partition)))" }
}

extension Machine {
    /// The highest partition number that U-Boot looks for.
    static let largestPartition = 128

    /// Finds `INTERFACE DEVICE` as `part list` and its like read it; prints what is wrong with it.
    mutating func blockDevice(_ interface: ByteString, _ word: ByteString) -> BlockDevice? {
        let dot = word.bytes.firstIndex(of: UInt8(ascii: "."))
        let name = ByteString(word.bytes[..<(dot ?? word.count)])
        guard Numbers.isWholeHex(name) else {
            print("** Bad device specification \(interface) \(name) **\n")
            return nil
        }
        if let dot {
            let part = ByteString(word.bytes[(dot + 1)...])
            guard Numbers.isWholeHex(part) else {
                print("** Bad HW partition specification \(interface) \(part) **\n")
                return nil
            }
            // A card has no partitions in its hardware, other disks do not know them.
            if interface == "mmc", Numbers.hex(part) != 0 { return nil }
        }
        let number = Int(Int32(truncatingIfNeeded: Numbers.hex(name)))
        guard let bus = BlockInterface(rawValue: interface.display) else { return nil }
        return usableDevice(bus, number)
    }

    /// A device that U-Boot knows of; looking at it for the first time has effects of its own.
    mutating func usableDevice(_ interface: BlockInterface, _ number: Int) -> BlockDevice? {
        guard let device = disks.visible(interface).first(where: { $0.number == number }) else {
            if interface == .mmc, let bus = description.diskBuses.first(where: { $0.interface == .mmc }),
                bus.slots.indices.contains(number)
            {
                print("MMC: no card present\n")
            }
            return nil
        }
        guard !device.isProbed, let probed = disks.probe(interface, number) else { return device }
        listen(to: probed)
        return probed
    }

    /// U-Boot asks a new disk for all its partitions and what is on them, which can be heard when it is damaged.
    ///
    /// For the disk and each of its partitions UEFI takes two pages.
    private mutating func listen(to device: BlockDevice) {
        guard device.table != nil else {
            if release >= .v2025_01 {
                _ = fileSystem(at: DiskPlace(device: device, partition: 0), wanted: nil)
            }
            takePages(2)
            return
        }
        let found = (1...Self.largestPartition).compactMap { number in
            partition(number, on: device).map { DiskPlace(device: device, partition: number, info: $0) }
        }
        for place in found { _ = fileSystem(at: place, wanted: nil) }
        takePages(2 * (1 + found.count))
    }

    /// Finds `INTERFACE DEVICE[:PARTITION]`; prints what is wrong with it.
    ///
    /// - Parameters:
    ///   - interface: the bus.
    ///   - word: the device; nil if the command line ends before it.
    ///   - allowsWhole: whether a disk without a table, or the partition 0, will do.
    /// - Returns: the place; nil if there is none.
    mutating func diskPlace(_ interface: ByteString, _ word: ByteString?, allowsWhole: Bool) -> DiskPlace? {
        var word = word ?? ""
        if word.isEmpty || word == "-" { word = environment["bootdevice"] ?? "" }
        guard !word.isEmpty else {
            print("** No device specified **\n")
            return nil
        }
        let colon = word.bytes.firstIndex(of: UInt8(ascii: ":"))
        let name = ByteString(word.bytes[..<(colon ?? word.count)])
        let part = colon.map { ByteString(word.bytes[($0 + 1)...]) } ?? ""
        guard let device = blockDevice(interface, name) else {
            print("** Bad device specification \(interface) \(name) **\n")
            return nil
        }
        var number: Int?
        if !part.isEmpty, part != "auto" {
            let value = Numbers.hex(part)
            guard Numbers.isWholeHex(part), Int32(truncatingIfNeeded: value) != 0 || allowsWhole else {
                print("** Bad partition specification \(interface) \(word) **\n")
                return nil
            }
            number = Int(Int32(truncatingIfNeeded: value))
            if number == 0 { return DiskPlace(device: device, partition: 0) }
        }
        guard device.table != nil else {
            if number == nil, allowsWhole { return DiskPlace(device: device, partition: 0) }
            print("** No partition table - \(interface) \(name) **\n")
            return nil
        }
        if part == "auto" { return automaticPlace(device) }
        guard let info = partition(number ?? 1, on: device) else {
            print("** Invalid partition \(number ?? 1) **\n")
            return nil
        }
        return DiskPlace(device: device, partition: number ?? 1, info: info)
    }

    /// The first bootable partition, else the first one.
    private mutating func automaticPlace(_ device: BlockDevice) -> DiskPlace? {
        var first: DiskPlace?
        for number in 1...Self.largestPartition {
            guard let info = partition(number, on: device) else { continue }
            let place = DiskPlace(device: device, partition: number, info: info)
            if info.isBootable { return place }
            first = first ?? place
        }
        if first == nil { print("** No valid partitions found **\n") }
        return first
    }

    /// A partition by its number; prints what U-Boot says about damaged tables.
    mutating func partition(_ number: Int, on device: BlockDevice) -> Partition? {
        switch device.table {
        case .efi:
            guard let entry = GUIDTable(of: device.disk)?.entries.first(where: { $0.number == number }) else {
                return nil
            }
            return Partition(
                number: number, start: entry.first, blockCount: entry.last &- entry.first &+ 1,
                isBootable: entry.isBootable, uuid: entry.uuid, name: Array(entry.name.prefix(31)))
        case .dos:
            var problems: [MasterBootRecord.Problem] = []
            let found = MasterBootRecord.entry(number, on: device.disk) { problems.append($0) }
            for problem in problems { print(PartitionListing.text(problem, device)) }
            guard let found else { return nil }
            guard found.type != 0 else {
                return Partition(
                    number: number, start: found.start, blockCount: found.blockCount, isBootable: false, uuid: "",
                    name: [])
            }
            let signature = UInt64(MasterBootRecord.signature(of: device.disk))
            return Partition(
                number: number, start: found.start, blockCount: found.blockCount, isBootable: found.isBootable,
                uuid: "\(hexadecimal(signature, width: 8))-\(hexadecimal(UInt64(number), width: 2))",
                name: genericName(number, on: device))
        case .iso:
            guard let found = ElTorito.entry(number, on: device.disk) else { return nil }
            return Partition(
                number: number, start: found.start, blockCount: found.blockCount, isBootable: false, uuid: "",
                name: genericName(number, on: device))
        case .mtd, nil: return nil
        }
    }

    private func genericName(_ number: Int, on device: BlockDevice) -> [UInt8] {
        let letter = ByteString([UInt8(ascii: "a") &+ UInt8(truncatingIfNeeded: device.number)])
        return ("\(device.interface.partitionPrefix)\(letter)\(number)" as ByteString).bytes
    }

    /// A partition by its name.
    ///
    /// Before 2025.01 U-Boot stops at the first number that is free, since then it asks for fewer numbers.
    mutating func partition(named name: ByteString, on device: BlockDevice) -> Partition? {
        let asksAll = release >= .v2025_01
        let last = asksAll ? (device.table == .dos ? 7 : Self.largestPartition - 1) : Self.largestPartition
        for number in 1...last {
            guard let found = partition(number, on: device) else {
                if asksAll { continue }
                return nil
            }
            if found.name == name.bytes { return found }
        }
        return nil
    }
}
