import BootImages

/// Finds what a kernel gets besides itself: ramdisk, device tree and loadables.
enum BootExtras {
    /// Reads what the words (kernel, ramdisk, tree) and the kernel's own image say into `machine.boot`.
    ///
    /// `kernel` is the memory that must stay free, empty where it is not known yet. Throws a refusal after saying what
    /// is wrong.
    static func find(
        _ words: ArraySlice<ByteString>, kernel: AddressRange, _ call: CommandCall, _ machine: inout Machine
    ) throws {
        let arguments = Array(words)
        let ramdisk = try BootRamdisk.find(arguments.count > 1 ? arguments[1] : nil, call, &machine)
        machine.boot.ramdisk = ramdisk
        if let ramdisk, touches(ramdisk, kernel) {
            complain("RD", kernel, &machine)
            throw BootRefusal(reason: .ramdiskOverlap)
        }
        let tree = try BootTree.find(arguments.count > 2 ? arguments[2] : nil, call, &machine)
        if let tree {
            let startsInside = tree.start >= kernel.start && tree.start < kernel.end
            let endsInside = tree.end >= kernel.start && tree.end < kernel.end
            if tree.start.value != 0, startsInside || endsInside {
                complain("FDT", kernel, &machine)
                throw BootRefusal(reason: .treeOverlap)
            }
        }
        machine.boot.tree = tree
        machine.setWorkingTree(tree?.start)
        try loadLoadables(call, &machine)
    }

    private static func touches(_ ramdisk: AddressRange, _ kernel: AddressRange) -> Bool {
        guard ramdisk.start.value != 0 else { return false }
        return (ramdisk.start >= kernel.start && ramdisk.start < kernel.end)
            || (ramdisk.end > kernel.start && ramdisk.end <= kernel.end)
            || (ramdisk.start < kernel.start && ramdisk.end >= kernel.end)
    }

    private static func complain(_ what: ByteString, _ kernel: AddressRange, _ machine: inout Machine) {
        let radix: ByteString = machine.release >= .v2025_01 ? "" : "0x"
        machine.print(
            "ERROR: \(what) image overlaps OS image "
                + "(OS=\(radix)\(hex: kernel.start.value)..\(radix)\(hex: kernel.end.value))\n")
    }

    /// Loads the images that the configuration lists beyond kernel, ramdisk and tree.
    private static func loadLoadables(_ call: CommandCall, _ machine: inout Machine) throws {
        guard let name = machine.boot.configuration, let address = machine.boot.fit,
            let node = try? machine.fit(at: address).image.configuration(
                Array(name.prefix { $0 != UInt8(ascii: "#") }))
        else { return }
        for image in node.property("loadables")?.texts ?? [] {
            let load = FITLoad(
                address: address, image: image, configuration: name, type: .loadable, load: .optionalNonZero)
            do {
                _ = try load.run(call, &machine)
            } catch is FITLoadFailure {
                machine.print("Loadable(s) is corrupt or invalid\n")
                throw BootRefusal(reason: .badImage)
            }
        }
    }
}
