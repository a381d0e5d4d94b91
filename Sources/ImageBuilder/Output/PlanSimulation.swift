import BootImages
public import UBoot

/// Runs what was built on a board.
public struct PlanSimulation: Sendable {
    /// The board.
    public var description: MachineDescription
    /// Whether the board is none: it serves every load from the folder, and its RAM is what the config says.
    public var isGeneric: Bool
    /// Disks of the board.
    public var disks: [DiskAttachment] = []
    /// What may be used.
    public var limits = Limits()

    /// Takes a board.
    public init(_ description: MachineDescription, isGeneric: Bool) {
        self.description = description
        self.isGeneric = isGeneric
    }

    /// Whether files can come from this machine, whatever the script loads them with.
    var canServe: Bool { isGeneric || description.network != nil && description.commands.contains("tftpboot") }

    /// Tells a plan where the board has RAM, and what of it U-Boot keeps.
    public func describe(_ options: inout BuildOptions) {
        options.ram = description.banks.filter { $0.kind == .ram }.map {
            ConfigRegion(start: $0.range.start.value, size: $0.range.size)
        }
        options.reserved = description.reserved.map { ConfigRegion(start: $0.start.value, size: $0.size) }
    }

    /// The board without a device of its own, with the RAM of a plan.
    func fitted(to plan: BuildPlan) -> MachineDescription {
        guard isGeneric else { return description }
        var board = description
        let range = AddressRange(
            start: Address(plan.memory.lowerBound), size: plan.memory.upperBound - plan.memory.lowerBound)
        board.banks = [PhysicalMemory.BankDescription(kind: .ram, range: range)]
        board.reserved = []
        board.presets = []
        board.controlTree = nil
        board.runtimeEnvironment["fdtcontroladdr"] = nil
        board.hardware.logic = [HardwareDescription.LogicDevice()]
        return board
    }

    /// Runs a script as after the hint: the network is set, the script is loaded, `source` runs it.
    ///
    /// Throws `MemoryFault`, `LegacyImageError` for a script that cannot be an image, or `DiskAttachmentError`.
    func run(_ script: [UInt8], name: String, plan: BuildPlan, files: PlanFileServer) throws -> BootRecord {
        var machine = try machine(plan, files)
        let image = try ScriptImage.encode(text: script)
        let address = Address(plan.scriptAddress)
        guard try machine.place(image, file: ByteString(utf8: name), path: nil, at: address) else {
            throw OutputError(
                path: name, problem: "the script at 0x\(hexadecimal(address.value)) would not lie in free RAM")
        }
        let ending = machine.source(at: address)
        return machine.record(input: name, ending: ending)
    }

    /// Types lines at the prompt of a U-Boot whose own tree, if one is given, has public keys.
    func run(
        typed lines: String, name: String, plan: BuildPlan, files: PlanFileServer, control: [UInt8]? = nil
    ) throws -> BootRecord {
        var machine = try machine(plan, files, control)
        let (_, ending) = machine.type(Array(lines.utf8), source: name)
        return machine.record(input: name, ending: ending)
    }

    /// The tree that the board has without a plan, for plans that load none.
    private func usualTree(for plan: BuildPlan) -> [UInt8]? {
        guard isGeneric, plan[.deviceTree] == nil else { return nil }
        return description.presets.first { $0.address == description.controlTree }?.bytes
    }

    private func machine(
        _ plan: BuildPlan, _ files: PlanFileServer, _ control: [UInt8]? = nil
    ) throws -> Machine {
        var board = fitted(to: plan)
        if let control = control ?? usualTree(for: plan) {
            if isGeneric {
                // At the end of RAM, where U-Boot would have it.
                let size = (UInt64(control.count) + 0xffff) & ~0xffff
                let range = AddressRange(start: Address(plan.memory.upperBound &- size), size: size)
                board.presets = [
                    MachineDescription.Preset(label: nil, address: range.start, bytes: control, size: size)
                ]
                board.reserved = [range]
                board.controlTree = range.start
                board.runtimeEnvironment["fdtcontroladdr"] = ByteString(utf8: hexadecimal(range.start.value))
            } else {
                try board.setControlTree(control)
            }
        }
        var machine = try Machine(board, limits: limits)
        machine.fileServer = files
        try machine.attach(disks)
        if let network = board.network { machine.environment.set("ethact", network.device) }
        for (variable, value) in (board.network?.leases ?? [:]).sorted(by: { $0.key < $1.key }) {
            machine.setVariable(variable, to: value)
        }
        machine.environment.set("autoload", "no")
        return machine
    }
}

extension BootScript {
    /// The script as the board that is none runs it: every load comes from the network.
    var servedText: [UInt8] {
        var copy = self
        for (index, line) in copy.lines.enumerated() {
            let words = line.text.split(separator: 32)
            switch line.kind {
            case .load where words.first.map({ !$0.elementsEqual("imxtract".utf8) }) ?? false:
                copy.lines[index].text = Array(("tftpboot ".utf8)) + words.suffix(2).joined(separator: [32])
            case .other where line.key == "APPEND_EXTRA_CMDS" && Self.isFileLoad(words):
                copy.lines[index].text = Array(("tftpboot ".utf8)) + words[3...4].joined(separator: [32])
            default: break
            }
        }
        return copy.text
    }

    private static func isFileLoad(_ words: [ArraySlice<UInt8>]) -> Bool {
        guard words.count == 5, let first = words.first else { return false }
        return ["load", "fatload", "ext2load", "ext4load"].contains { first.elementsEqual($0.utf8) }
    }
}
