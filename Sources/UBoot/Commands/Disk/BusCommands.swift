/// The commands of the buses: `virtio`, `scsi`, `nvme`, `usb`.
enum BusCommands {
    static func virtio(_ call: CommandCall, _ machine: inout Machine) throws -> CommandStatus {
        if call.count == 2, call.word(1) == "scan" {
            for device in machine.disks.visible(.virtio) { _ = machine.usableDevice(.virtio, device.number) }
            return .success
        }
        return try BlockCommands.run(.virtio, call, &machine) ?? .usage
    }

    static func nvme(_ call: CommandCall, _ machine: inout Machine) throws -> CommandStatus {
        if call.count == 2, call.word(1) == "scan" {
            machine.disks.scanned.insert(.nvme)
            for device in machine.disks.visible(.nvme) { _ = machine.usableDevice(.nvme, device.number) }
            return .success
        }
        if call.count == 2, call.word(1).hasPrefix("deta") {
            guard machine.usableDevice(.nvme, machine.disks.current[.nvme] ?? 0) != nil else { return .failure }
            machine.recorder.markCurrent(.unsimulated)
            machine.print("ibtest: the abilities of an NVMe controller are not simulated\n")
            return .failure
        }
        return try BlockCommands.run(.nvme, call, &machine) ?? .usage
    }

    static func scsi(_ call: CommandCall, _ machine: inout Machine) throws -> CommandStatus {
        guard call.count == 2 else { return try BlockCommands.run(.scsi, call, &machine) ?? .usage }
        switch call.word(1) {
        case let word where word.hasPrefix("res"):
            machine.print("\nReset SCSI\n")
            return scanSCSI(&machine)
        case let word where word.hasPrefix("scan"): return scanSCSI(&machine)
        default: return try BlockCommands.run(.scsi, call, &machine) ?? .usage
        }
    }

    private static func scanSCSI(_ machine: inout Machine) -> CommandStatus {
        machine.print("scanning bus for devices...\n")
        let isFirst = machine.disks.scanned.insert(.scsi).inserted
        if isFirst, let bus = machine.controller(.scsi) { describePorts(bus, &machine) }
        BlockCommands.announce(.scsi, &machine)
        return .success
    }

    /// What a controller of SATA disks says when it is found.
    private static func describePorts(_ bus: DiskBus, _ machine: inout Machine) {
        let used = Set(machine.disks.visible(.scsi).map(\.number))
        for port in bus.slots.indices {
            machine.print(used.contains(port) ? "Target spinup took 0 ms.\n" : "SATA link \(port) timeout.\n")
        }
        if let info = bus.info { machine.print("\(info)\n") }
    }

    // MARK: USB

    static func usb(_ call: CommandCall, _ machine: inout Machine) throws -> CommandStatus {
        switch call.word(1) {
        case "start":
            if machine.disks.scanned.contains(.usb) { return .success }
            machine.print("starting USB...\n")
            startUSB(&machine)
            return .success
        case "reset":
            machine.print("resetting USB...\n")
            startUSB(&machine)
            return .success
        case "stop":
            machine.print("stopping USB..\n")
            machine.disks.scanned.remove(.usb)
            return .success
        default: break
        }
        guard machine.disks.scanned.contains(.usb) else {
            machine.print("USB is stopped. Please issue 'usb start' first.\n")
            return .failure
        }
        if call.count == 2, call.word(1).hasPrefix("stor") { return storage(&machine) }
        if call.word(1) == "tree" || call.word(1).hasPrefix("inf") || call.word(1) == "test" {
            machine.recorder.markCurrent(.unsimulated)
            machine.print("ibtest: the devices of a USB bus are not simulated\n")
            return .failure
        }
        return try BlockCommands.run(.usb, call, &machine) ?? .usage
    }

    private static func startUSB(_ machine: inout Machine) {
        guard let bus = machine.controller(.usb) else {
            machine.print("No working controllers found\n")
            return
        }
        machine.disks.scanned.insert(.usb)
        let disks = machine.disks.visible(.usb).count
        let controller = bus.slots.first ?? "usb"
        machine.print(
            """
            Bus \(controller): \(bus.info ?? "USB EHCI 1.00")
            scanning bus \(controller) for devices... \(disks + 1) USB Device(s) found
                   scanning usb for storage devices... \(disks) Storage Device(s) found

            """)
    }

    private static func storage(_ machine: inout Machine) -> CommandStatus {
        guard !machine.disks.visible(.usb).isEmpty else {
            machine.print("No storage devices, perhaps not 'usb start'ed..?\n")
            return .failure
        }
        BlockCommands.announce(.usb, &machine)
        return .success
    }
}

extension Machine {
    /// The bus of a kind, if it has a controller now.
    fileprivate func controller(_ interface: BlockInterface) -> DiskBus? {
        description.diskBuses.first { $0.interface == interface && disks.hasController($0) }
    }
}
