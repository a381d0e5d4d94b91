internal import DeviceTree

/// Where Xen has its console, without which it says nothing at all.
///
/// Measured with Xen 4.17 and 4.20 for arm64: `console=` must name `dtuart`, which it does by default; `dtuart=` is the
/// path or alias of a UART, and where it is missing or empty `stdout-path` of `/chosen` is. Options follow a colon.
/// Paths are whole ones, with unit addresses.
struct HypervisorConsole {
    private let tree: DeviceTreeDocument
    private let chosen: DeviceTreeNode
    /// The property that holds Xen's command line, and that line's words.
    private let commandLine: (property: String, words: [Substring])?

    /// Reads a tree.
    init(_ tree: DeviceTreeDocument) {
        let chosen = tree["/chosen"] ?? DeviceTreeNode("chosen")
        self.tree = tree
        self.chosen = chosen
        // Without its own property Xen takes that of Linux, if Dom0 has one to itself.
        let hasOwn = chosen.property("xen,dom0-bootargs") != nil || chosen.children.contains(where: Self.hasArguments)
        let properties = ["xen,xen-bootargs"] + (hasOwn ? ["bootargs"] : [])
        let property = properties.first { chosen.property($0) != nil }
        commandLine = property.map { ($0, (chosen.property($0)?.strings?.first ?? "").split(separator: " ")) }
    }

    /// Whether a node is a kernel of Dom0 with a command line.
    private static func hasArguments(_ node: DeviceTreeNode) -> Bool {
        let names = node.property("compatible")?.strings ?? []
        return ["multiboot,kernel", "xen,linux-zimage"].contains(where: names.contains)
            && ["multiboot,module", "xen,multiboot-module"].contains(where: names.contains)
            && node.property("bootargs")?.strings?.first?.isEmpty == false
    }

    /// What is wrong, and the property of `/chosen` where it stands.
    var problem: (text: String, property: String)? {
        let property = commandLine?.property ?? "xen,xen-bootargs"
        let console = value(of: "console") ?? "dtuart"
        guard console.split(separator: ",").contains(where: Self.isTreeConsole) else {
            return ("'console=\(console)' in \(property) does not name dtuart, the UART of the device tree", property)
        }
        if let given = value(of: "dtuart"), !given.isEmpty {
            return fault(of: given).map { ("'dtuart=\(given)' in \(property) \($0)", property) }
        }
        guard let path = chosen.property("stdout-path")?.strings?.first else {
            return ("there is neither 'dtuart=' in its command line nor stdout-path in /chosen", property)
        }
        return fault(of: path).map { ("stdout-path of /chosen, '\(path)', \($0)", "stdout-path") }
    }

    /// The last value that the command line gives to an option; nil where it does not name it.
    private func value(of option: String) -> String? {
        for word in commandLine?.words.reversed() ?? [] {
            if word.hasPrefix("\(option)=") { return String(word.dropFirst(option.count + 1)) }
            if word == option { return "" }
            if word == "no-\(option)" { return "no" }
        }
        return nil
    }

    /// Behind the name there may be a flag, none of which begins with a letter or digit.
    private static func isTreeConsole(_ word: Substring) -> Bool {
        guard word.hasPrefix("dtuart") else { return false }
        return word.dropFirst(6).utf8.first.map { $0 < UInt8(ascii: "0") } ?? true
    }

    /// What is wrong with the UART that a text names.
    private func fault(of text: String) -> String? {
        let name = String(text.prefix { $0 != ":" })
        var path = name
        if !name.hasPrefix("/") {
            guard let target = tree["/aliases"]?.property(name)?.strings?.first else {
                return "names an alias that the device tree has not got"
            }
            path = target
        }
        guard let node = node(path) else { return "leads to '\(path)', which is no node of the device tree" }
        let status = node.property("status")?.strings?.first ?? "okay"
        return status == "okay" || status == "ok" ? nil : "leads to a node whose status is '\(status)'"
    }

    /// A node by its whole path; Xen does not mind the case.
    private func node(_ path: String) -> DeviceTreeNode? {
        var node = tree.root
        for name in path.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
            let child = node.children.first {
                String(decoding: $0.name, as: UTF8.self).lowercased() == name.lowercased()
            }
            guard let child else { return nil }
            node = child
        }
        return node
    }
}
