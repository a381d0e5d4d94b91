internal import UBoot
internal import YAML

/// A board file as the value that the simulation takes.
extension BoardFile {
    /// Everything that the file says, checked; files that it names are read.
    func machine(name: String, reservations: [Board.Reservation]) throws(BoardError) -> MachineDescription {
        var machine = MachineDescription(name: name, version: uBoot.version, banks: try banks())
        if uBoot.bits == .narrow { machine.wordSize = 4 }
        machine.hasDigests = uBoot.digests ?? true
        machine.images = try uBoot.imageSupport()
        if let most = uBoot.maximumArguments { machine.argumentLimit = Int(clamping: most.value) }
        if let text = uBoot.efiStart { machine.firmwareStart = ByteString(utf8: text) }
        if let banner = uBoot.banner { machine.versionText = ByteString(utf8: banner) }
        machine.reserved = reservations.map(\.range)
        machine.flash = (memory.rom ?? []).compactMap { window in
            window.value.sector.map { sector in
                MachineDescription.FlashBank(
                    range: AddressRange(start: Address(window.value.start.value), size: window.value.size.value),
                    sectorByteCount: sector.value.value)
            }
        }
        machine.presets = try romContents() + trees(reservations: reservations)
        machine.controlTree = (deviceTree?.value.control?.value.value).map { Address($0) }
        machine.lacksRandom = deviceTree?.value.seed == .missing
        try setEnvironment(of: &machine)
        if let console {
            guard !console.value.isEmpty else { throw BoardError(.noConsole, at: console.place) }
            machine.consoleDevices = console.value.map { ByteString(utf8: $0) }
        }
        if let loadAddress { machine.loadAddress = Address(loadAddress.value) }
        try setCommands(of: &machine)
        machine.fdtFeatures = Set((fdt ?? []).map(\.rawValue))
        if let network {
            machine.network = .init(device: ByteString(utf8: network.device), leases: try values(network.dhcp))
        }
        if let devices { machine.hardware = try devices.hardware() }
        machine.diskBuses = try diskBuses()
        return machine
    }

    /// The buses for disks, each one once.
    private func diskBuses() throws(BoardError) -> [DiskBus] {
        var buses: [DiskBus] = []
        for part in disks ?? [] {
            guard let interface = BlockInterface(rawValue: part.value.interface.rawValue),
                !buses.contains(where: { $0.interface == interface })
            else { throw BoardError(.duplicateDiskBus(part.value.interface.rawValue), at: part.place) }
            buses.append(
                DiskBus(
                    interface: interface, identity: part.value.identity.map { ByteString(utf8: $0) },
                    slots: (part.value.slots ?? []).map { ByteString(utf8: $0) },
                    info: part.value.info.map { ByteString(utf8: $0) }, isBuiltIn: part.value.builtIn ?? true))
        }
        return buses
    }

    /// Sets the commands and their usage texts.
    private func setCommands(of machine: inout MachineDescription) throws(BoardError) {
        for entry in commands.entries {
            guard !machine.commands.contains(entry.name), machine.foreignCommands[entry.name] == nil else {
                throw BoardError(.duplicateCommand(entry.name), at: entry.place)
            }
            if Machine.knownCommands.contains(entry.name) {
                machine.commands.insert(entry.name)
                machine.summaries[entry.name] = entry.summary
            } else if let summary = entry.summary {
                machine.foreignCommands[entry.name] = summary
            } else {
                throw BoardError(.unknownCommand(entry.name), at: entry.place)
            }
        }
        for entry in usage?.entries ?? [] {
            guard let text = entry.value else { continue }
            guard machine.commands.contains(entry.key) || machine.foreignCommands[entry.key] != nil else {
                let names = commands.entries.map(\.name)
                throw BoardError(.usageWithoutCommand(entry.key, commands: names), at: entry.place)
            }
            machine.usages[entry.key] = text
        }
        for entry in answers?.entries ?? [] {
            machine.answers[ByteString(utf8: entry.key)] = entry.value.map { ByteString(utf8: $0) }
        }
    }
}
