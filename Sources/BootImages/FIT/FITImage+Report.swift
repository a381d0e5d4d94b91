extension FITImage {
    /// What U-Boot's `iminfo` prints about a FIT at an address, line by line; bytes of names stay as they are.
    public func report(at address: UInt64) -> [UInt8] {
        var text = Report()
        text.line("   FIT description: ", root.text("description"))
        if showsTimes { text.line("   Created:         ", timestamp(of: root)) }
        for (index, image) in images.enumerated() {
            text.add("    Image \(index) (", image.name, ")\n")
            text.add(report(of: image, at: address))
        }
        guard let configurations = configurationsNode else { return text.bytes }
        if let name = nodeBehindImages?.text("default") { text.add("    Default Configuration: '", name, "'\n") }
        for (index, node) in configurations.children.enumerated() {
            text.add("    Configuration \(index) (", node.name, ")\n")
            add(configuration: node, to: &text)
        }
        return text.bytes
    }

    /// What U-Boot prints about one image before it takes it, or as a part of the report.
    public func report(of image: FITComponent, at address: UInt64) -> [UInt8] {
        var text = Report()
        let type = image.type
        text.line("     Description:  ", image.node.text("description"))
        if showsTimes { text.line("     Created:      ", timestamp(of: root)) }
        text.line("     Type:         ", Array(type.name(vocabulary).utf8))
        text.line("     Compression:  ", Array("\(image.compression)".utf8))
        let data = image.data
        text.line("     Data Start:   ", data.map { Self.hexadecimal(address &+ UInt64(bitPattern: Int64($0.offset))) })
        text.line("     Data Size:    ", data.map { Self.sizes($0.byteCount) })
        if [.kernel, .standalone, .ramdisk, .firmware, .flatDeviceTree].contains(type) {
            text.line("     Architecture: ", Array("\(image.architecture)".utf8))
        }
        if [.kernel, .ramdisk, .firmware].contains(type) {
            text.line("     OS:           ", Array(image.os.name(vocabulary).utf8))
        }
        if [.kernel, .standalone, .firmware, .ramdisk, .fpga].contains(type) {
            text.address("     Load Address: ", image, "load")
        } else if type == .flatDeviceTree, image.node.property("load") != nil {
            text.address("     Load Address: ", image, "load", onlyIfGood: true)
        }
        if [.kernel, .standalone, .ramdisk].contains(type) { text.address("     Entry Point:  ", image, "entry") }
        for child in image.node.children { add(check: child, to: &text) }
        return text.bytes
    }

    private func add(configuration node: FITNode, to text: inout Report) {
        text.line("     Description:  ", node.text("description"))
        text.line("     Kernel:       ", node.text("kernel"))
        if let name = node.text("ramdisk") { text.line("     Init Ramdisk: ", name) }
        if let name = node.text("firmware") { text.line("     Firmware:     ", name) }
        for (index, name) in (node.property("fdt")?.texts ?? []).enumerated() {
            text.line(index == 0 ? "     FDT:          " : "                   ", name)
        }
        if let name = node.text("fpga") { text.line("     FPGA:         ", name) }
        for (index, name) in (node.property("loadables")?.texts ?? []).enumerated() {
            text.line(index == 0 ? "     Loadables:    " : "                   ", name)
        }
        for child in node.children { add(check: child, to: &text) }
    }

    /// A hash or signature.
    private func add(check node: FITNode, to text: inout Report) {
        let kind: String
        if node.name.starts(with: "hash".utf8) {
            kind = "Hash"
        } else if node.name.starts(with: "signature".utf8) {
            kind = "Sign"
        } else {
            return
        }
        guard let algorithm = node.text("algo") else {
            text.add("     \(kind) algo:    invalid/unsupported\n", [], "")
            return
        }
        let key = node.text("key-name-hint")
        text.add("     \(kind) algo:    ", algorithm, "")
        if let key { text.add(":", key, "") }
        text.add(node.property("required") != nil ? " (required)\n" : "\n", [], "")
        if let padding = node.text("padding") { text.line("     \(kind) padding: ", padding) }
        let value = node.property("value")?.value
        text.line("     \(kind) value:   ", value.map { $0.flatMap { Array(Self.digits(UInt64($0), width: 2).utf8) } })
        if key != nil { text.line("     Timestamp:    ", timestamp(of: node)) }
    }

    /// The node behind `/images`, in which U-Boot looks for the default configuration.
    private var nodeBehindImages: FITNode? {
        guard let index = root.children.firstIndex(where: { $0.name.elementsEqual("images".utf8) }),
            index + 1 < root.children.count
        else { return nil }
        return root.children[index + 1]
    }

    private func timestamp(of node: FITNode) -> [UInt8]? {
        guard let value = node.property("timestamp"), value.value.count == 4, let time = value.firstWord else {
            return nil
        }
        return Array(LegacyImageHeader.calendar(time).utf8)
    }

    private static func sizes(_ byteCount: Int) -> [UInt8] {
        let count = UInt32(truncatingIfNeeded: byteCount)
        return Array("\(Int32(bitPattern: count)) Bytes = \(humanSize(UInt64(count)))".utf8)
    }

    fileprivate static func hexadecimal(_ value: UInt64) -> [UInt8] { Array("0x\(digits(value, width: 8))".utf8) }

    private static func digits(_ value: UInt64, width: Int) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

/// Text whose names may be any bytes.
private struct Report {
    var bytes: [UInt8] = []

    mutating func add(_ more: [UInt8]) { bytes += more }

    mutating func add(_ before: String, _ name: [UInt8], _ after: String) {
        bytes += Array(before.utf8) + name + Array(after.utf8)
    }

    /// A line with a value, or with what U-Boot says where it is missing.
    mutating func line(_ label: String, _ value: [UInt8]?) {
        add(label, value ?? Array("unavailable".utf8), "\n")
    }

    mutating func address(_ label: String, _ image: FITComponent, _ property: String, onlyIfGood: Bool = false) {
        switch image.address(property) {
        case .value(let value): line(label, FITImage.hexadecimal(value))
        case .tooLong:
            // U-Boot complains before it prints the label for a tree, and in the middle of the line for others.
            add("Unsupported \(property) address size\n", [], "")
            if !onlyIfGood { line(label, nil) }
        case .missing: line(label, nil)
        }
    }
}
