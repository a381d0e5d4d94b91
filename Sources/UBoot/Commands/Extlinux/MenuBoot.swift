/// Boots what a menu file offers: the chosen label first, then the others until one starts.
struct MenuBoot {
    let source: MenuSource
    let call: CommandCall
    /// Whether the menu is shown also where the file does not ask for it.
    var asks = false

    /// Reads the menu file at an address and boots from it.
    func run(at address: Address, _ machine: inout Machine) throws -> CommandStatus {
        var parser = MenuParser { path, place, machine in
            guard let size = try source.fetch(path, to: place, call, &machine) else { return false }
            try machine.memory.write([0], at: place + UInt64(size), by: machine.writer(call))
            return true
        }
        do {
            try parser.parse(at: address, &machine)
        } catch is MenuParser.Failure {
            machine.print("Error parsing config file\n")
            return .failure
        }
        try boot(parser.file, &machine)
        return .success
    }

    private func boot(_ file: MenuFile, _ machine: inout Machine) throws {
        guard !file.labels.isEmpty else { return }
        if asks || file.asks { try showMenu(file, &machine) }
        let initial = file.labels.firstIndex { $0.name == file.initial } ?? 0
        let order = [initial] + file.labels.indices.filter { $0 != initial }
        for index in order where try boot(file.labels[index], number: index + 1, &machine) { return }
    }

    private func showMenu(_ file: MenuFile, _ machine: inout Machine) throws {
        if let title = file.title { machine.print("\(title)\n") }
        for (index, label) in file.labels.enumerated() { printLabel(label, number: index + 1, &machine) }
        machine.print("Enter choice: ")
        guard file.timeout > 0 else { throw MachineStop.hang("a menu without a timeout waits for a choice") }
        machine.wait(milliseconds: UInt64(clamping: (file.timeout + 9) / 10) &* 1000)
    }

    private func printLabel(_ label: MenuLabel, number: Int, _ machine: inout Machine) {
        machine.print("\(number):\t\(label.title ?? label.name)\n")
    }

    // MARK: One label

    /// Boots a label; true if no other one is to be tried.
    private func boot(_ label: MenuLabel, number: Int, _ machine: inout Machine) throws -> Bool {
        printLabel(label, number: number, &machine)
        if let value = label.localBoot {
            if value >= 0 { try bootLocally(label, &machine) }
            return value >= 0
        }
        guard let kernelName = label.kernel else {
            machine.print("No kernel given, skipping \(label.name)\n")
            return false
        }
        var ramdisk: ByteString = "-"
        if let name = label.ramdisk {
            guard let size = try source.fetch(name, toVariable: "ramdisk_addr_r", call, &machine) else {
                return skip(label, "initrd", &machine)
            }
            ramdisk = "\(machine.environment["ramdisk_addr_r"] ?? ""):\(hex: size)"
        }
        let mark = kernelName.bytes.firstIndex(of: UInt8(ascii: "#"))
        let file = ByteString(kernelName.bytes[..<(mark ?? kernelName.count)])
        guard try source.fetch(file, toVariable: "kernel_addr_r", call, &machine) != nil else {
            return skip(label, "kernel", &machine)
        }
        setArguments(label, &machine)
        let tree: ByteString?
        do {
            tree = try findTree(label, &machine)
        } catch is MissingTree {
            return skip(label, "FDT", &machine)
        }
        let kernel = machine.environment["kernel_addr_r"] ?? ""
        let configuration = mark.map { ByteString(kernelName.bytes[$0...]) } ?? ""
        try start(kernel, configuration, ramdisk: ramdisk, tree: tree, &machine)
        return false
    }

    private func skip(_ label: MenuLabel, _ what: ByteString, _ machine: inout Machine) -> Bool {
        machine.print("Skipping \(label.name) for failure retrieving \(what)\n")
        return false
    }

    private func bootLocally(_ label: MenuLabel, _ machine: inout Machine) throws {
        guard let command = MenuSource.variable("localcmd", &machine) else { return }
        if let append = label.append {
            machine.environment.set("bootargs", SimpleMacros.expand(append, machine.environment))
        }
        _ = try machine.runLines(command, source: "variable localcmd")
    }

    /// Sets `bootargs` where the label says something about it.
    private func setArguments(_ label: MenuLabel, _ machine: inout Machine) {
        var text = label.append ?? ""
        if label.ipAppend & 1 != 0 {
            let names: [ByteString] = ["ipaddr", "serverip", "gatewayip", "netmask"]
            let values = names.map { (machine.environment[$0] ?? "<NULL>").bytes }
            text += " ip=" + ByteString(values.joined(separator: [UInt8(ascii: ":")]))
        }
        if label.ipAppend & 2 != 0, let address = machine.environment["ethaddr"] {
            text += " BOOTIF=01-" + address.replacing(":", with: "-")
        }
        guard label.append != nil || !text.isEmpty else { return }
        let arguments = SimpleMacros.expand(text, machine.environment)
        machine.environment.set("bootargs", arguments)
        machine.print("append: \(arguments)\n")
    }

    private struct MissingTree: Error {}

    /// The word for the device tree: a file of the label, else what the firmware or U-Boot itself has.
    private func findTree(_ label: MenuLabel, _ machine: inout Machine) throws -> ByteString? {
        let environment = machine.environment
        if let place = environment["fdt_addr_r"], let name = treeName(label, environment) {
            if try source.fetch(name, toVariable: "fdt_addr_r", call, &machine) != nil {
                try applyOverlays(label, to: place, &machine)
                return place
            }
            if label.tree != nil { throw MissingTree() }
        }
        return environment["fdt_addr"] ?? environment["fdtcontroladdr"]
    }

    /// The name of the device tree's file: given, or made from the board's in the given folder.
    private func treeName(_ label: MenuLabel, _ environment: Environment) -> ByteString? {
        if let tree = label.tree { return tree }
        guard let folder = label.treeFolder else { return nil }
        let slash: ByteString = folder.bytes.last == UInt8(ascii: "/") ? "" : "/"
        if let file = environment["fdtfile"] { return folder + slash + file }
        let chip = environment["soc"].map { $0 + "-" } ?? ""
        return "\(folder)\(slash)\(chip)\(environment["board"] ?? "").dtb"
    }

    private func applyOverlays(_ label: MenuLabel, to tree: ByteString, _ machine: inout Machine) throws {
        guard let overlays = label.overlays, machine.description.fdtFeatures.contains("apply") else { return }
        guard let place = machine.environment["fdtoverlay_addr_r"] else {
            machine.print("Invalid fdtoverlay_addr_r for loading overlays\n")
            return
        }
        _ = try machine.call(["fdt", "addr", tree], at: call.place)
        _ = try machine.call(["fdt", "resize", "2000"], at: call.place)
        for name in overlays.bytes.split(separator: UInt8(ascii: " ")).map({ ByteString($0) }) {
            guard try source.fetch(name, toVariable: "fdtoverlay_addr_r", call, &machine) != nil else {
                machine.print("Failed loading overlay \(name)\n")
                continue
            }
            if try machine.call(["fdt", "apply", place], at: call.place) != 0 {
                machine.print("Failed applying overlay \(name)\n")
            }
        }
    }

    private func start(
        _ kernel: ByteString, _ configuration: ByteString, ramdisk: ByteString, tree: ByteString?,
        _ machine: inout Machine
    ) throws {
        let words = ramdisk == "-" && tree == nil ? [] : [ramdisk] + (tree.map { [$0] } ?? [])
        let isPlain = try machine.imageFormat(at: Address(Numbers.hex(kernel))) == .other
        let name: ByteString =
            !isPlain ? "bootm" : machine.commands.commands.contains { $0.name == "booti" } ? "booti" : "bootz"
        let image = isPlain ? kernel : kernel + configuration
        _ = try machine.call([name, image] + words, at: call.place)
    }
}
