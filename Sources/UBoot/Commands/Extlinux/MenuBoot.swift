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
            machine.printFormatted("Error parsing config file\n")
            return .failure
        }
        try boot(parser.file, &machine)
        return .success
    }

    private func boot(_ file: MenuFile, _ machine: inout Machine) throws {
        guard !file.labels.isEmpty else { return }
        let initial = initial(of: file, &machine)
        if asks || file.asks { try showMenu(file, &machine) }
        if let initial, try boot(file.labels[initial], number: initial + 1, &machine) { return }
        for index in file.labels.indices where index != initial {
            _ = try boot(file.labels[index], number: index + 1, &machine)
        }
    }

    /// The label that `pxe_label_override` or the file names.
    private func initial(of file: MenuFile, _ machine: inout Machine) -> Int? {
        let named = file.initial.flatMap { name in file.labels.lastIndex { $0.name == name } }
        guard let override = machine.environment["pxe_label_override"] else { return named }
        if let index = file.labels.lastIndex(where: { $0.name == override }) { return index }
        machine.printFormatted("Missing override pxe label: \(override)\n")
        return named
    }

    private func showMenu(_ file: MenuFile, _ machine: inout Machine) throws {
        if let title = file.title { machine.printFormatted("\(title)\n") }
        for (index, label) in file.labels.enumerated() { printLabel(label, number: index + 1, &machine) }
        machine.printFormatted("Enter choice: ")
        guard file.timeout > 0 else { throw MachineStop.hang("a menu without a timeout waits for a choice") }
        machine.wait(milliseconds: UInt64(clamping: (file.timeout + 9) / 10) &* 1000)
    }

    private func printLabel(_ label: MenuLabel, number: Int, _ machine: inout Machine) {
        machine.printFormatted("\(number):\t\(label.title ?? label.name)\n")
    }

    // MARK: One label

    /// Boots a label; true if no other one is to be tried.
    private func boot(_ label: MenuLabel, number: Int, _ machine: inout Machine) throws -> Bool {
        printLabel(label, number: number, &machine)
        if let value = label.localBoot {
            if value >= 0 { try bootLocally(label, &machine) }
            return true
        }
        guard let kernelName = label.kernel else {
            machine.printFormatted("No kernel given, skipping \(label.name)\n")
            return false
        }
        let mark = kernelName.bytes.firstIndex(of: UInt8(ascii: "#"))
        let file = ByteString(kernelName.bytes[..<(mark ?? kernelName.count)])
        let isNew = machine.release >= .v2025_01
        var ramdisk: ByteString?
        do {
            if !isNew { ramdisk = try fetchRamdisk(label, &machine) }
            guard try source.fetch(file, toVariable: "kernel_addr_r", call, &machine) != nil else {
                throw Missing(what: "kernel")
            }
            if isNew { ramdisk = try fetchRamdisk(label, &machine) }
            guard setArguments(label, &machine) else { return false }
            let configuration = mark.map { ByteString(kernelName.bytes[$0...]) } ?? ""
            let kernel = (machine.environment["kernel_addr_r"] ?? "") + configuration
            let tree = try findTree(label, kernel: kernel, &machine)
            try start(kernel, ramdisk: ramdisk, tree: tree, &machine)
        } catch let missing as Missing {
            machine.printFormatted("Skipping \(label.name) for failure retrieving \(missing.what)\n")
        }
        return false
    }

    /// A file of a label that cannot be had.
    private struct Missing: Error {
        var what: ByteString
    }

    /// Gets the ramdisk and gives the word for it; nil if the label has none.
    private func fetchRamdisk(_ label: MenuLabel, _ machine: inout Machine) throws -> ByteString? {
        guard let name = label.ramdisk else { return nil }
        // Newer releases take the kernel's FIT for it where both are the same name.
        if machine.release >= .v2025_01, name == label.kernel { return machine.environment["kernel_addr_r"] }
        guard let size = try source.fetch(name, toVariable: "ramdisk_addr_r", call, &machine) else {
            throw Missing(what: "initrd")
        }
        return "\(machine.environment["ramdisk_addr_r"] ?? ""):\(hex: size)"
    }

    private func bootLocally(_ label: MenuLabel, _ machine: inout Machine) throws {
        guard let command = MenuSource.variable("localcmd", &machine) else { return }
        if let append = label.append {
            machine.environment.set("bootargs", SimpleMacros.expand(append, machine.environment))
        }
        _ = try machine.runLines(command, source: "variable localcmd")
    }

    /// Sets `bootargs` where the label says something about it; false after saying that it is too long.
    private func setArguments(_ label: MenuLabel, _ machine: inout Machine) -> Bool {
        var (addresses, ethernet): (ByteString, ByteString) = ("", "")
        if label.ipAppend & 1 != 0 {
            let names: [ByteString] = ["ipaddr", "serverip", "gatewayip", "netmask"]
            let values = names.map { (machine.environment[$0] ?? "<NULL>").bytes }
            addresses = " ip=" + ByteString(values.joined(separator: [UInt8(ascii: ":")]))
        }
        if label.ipAppend & 2 != 0, let address = machine.environment["ethaddr"] {
            ethernet = " BOOTIF=01-" + address.replacing(":", with: "-")
        }
        guard label.append != nil || label.ipAppend & 3 != 0 else { return true }
        let append = label.append ?? ""
        let room = TypedLines.lineLimit(machine.release) + 1
        guard append.count + addresses.count + ethernet.count + 1 <= room else {
            machine.printFormatted(
                "bootarg overflow \(append.count)+\(addresses.count)+\(ethernet.count)+1 > \(room)\n")
            return false
        }
        let arguments = SimpleMacros.expand(append + addresses + ethernet, machine.environment)
        machine.environment.set("bootargs", arguments)
        machine.printFormatted("append: \(arguments)\n")
        return true
    }

    // MARK: Device tree

    /// The word for the device tree: a file of the label, else what the firmware or U-Boot itself has.
    private func findTree(
        _ label: MenuLabel, kernel: ByteString, _ machine: inout Machine
    ) throws -> ByteString? {
        // Newer releases take the kernel's FIT for it where both are the same name.
        if machine.release >= .v2025_01, let tree = label.tree, tree == label.kernel { return kernel }
        if let place = machine.environment["fdt_addr_r"], let name = treeName(label, machine.environment) {
            let isThere = try source.fetch(name, toVariable: "fdt_addr_r", call, &machine) != nil
            if !isThere {
                if label.tree != nil { throw Missing(what: "FDT") }
                if machine.release >= .v2025_01, let folder = label.treeFolder {
                    machine.printFormatted("Skipping fdtdir \(folder) for failure retrieving dts\n")
                }
            }
            let tree = Address(Numbers.hex(place))
            if label.wantsSeed { try addSeed(to: tree, &machine) }
            try applyOverlays(label, to: tree, &machine)
            if isThere { return place }
        }
        if let given = machine.environment["fdt_addr"] { return given }
        let isFIT = try machine.imageFormat(at: ImageWord(kernel).address(machine, unmarked: nil)) == .flattenedTree
        return isFIT ? nil : machine.environment["fdtcontroladdr"]
    }

    /// Makes room for a seed; boards that ibtest knows have nothing that could give one.
    private func addSeed(to tree: Address, _ machine: inout Machine) throws {
        guard try machine.checkTree(at: tree) == nil else { return }
        _ = try machine.shrinkTree(at: tree, extra: 512)
        if machine.description.lacksRandom { machine.printFormatted("No RNG device\n") }
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

    private func applyOverlays(_ label: MenuLabel, to tree: Address, _ machine: inout Machine) throws {
        guard let overlays = label.overlays, machine.description.fdtFeatures.contains("apply"),
            try machine.checkTree(at: tree) == nil
        else { return }
        guard let place = machine.environment["fdtoverlay_addr_r"] else {
            machine.printFormatted("Invalid fdtoverlay_addr_r for loading overlays\n")
            return
        }
        let overlay = Address(Numbers.hex(place))
        for name in overlays.bytes.split(separator: UInt8(ascii: " ")).map({ ByteString($0) }) {
            guard try source.fetch(name, toVariable: "fdtoverlay_addr_r", call, &machine) != nil else {
                machine.printFormatted("Failed loading overlay \(name)\n")
                continue
            }
            _ = try? machine.shrinkTree(at: tree, extra: 8192)
            guard try machine.checkTree(at: overlay) == nil else {
                machine.printFormatted("Invalid overlay \(name), skipping\n")
                continue
            }
            if try machine.mergeOverlay(at: overlay, into: tree) != nil {
                machine.printFormatted("Failed to apply overlay \(name), skipping\n")
            }
        }
    }

    private func start(
        _ kernel: ByteString, ramdisk: ByteString?, tree: ByteString?, _ machine: inout Machine
    ) throws {
        let words = ramdisk == nil && tree == nil ? [] : [ramdisk ?? "-"] + (tree.map { [$0] } ?? [])
        let place = ImageWord(kernel).address(machine, unmarked: nil)
        let isPlain = try machine.imageFormat(at: place) == .other || !machine.commands.has("bootm")
        let name: ByteString = !isPlain ? "bootm" : machine.commands.has("booti") ? "booti" : "bootz"
        _ = try machine.call([name, kernel] + words, at: call.place)
    }
}
