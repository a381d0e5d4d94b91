import UBoot

/// The edits for DomUs.
extension ScriptWriter {
    mutating func writeDomain(_ index: Int) {
        for path in config.words("DOMU_PASSTHROUGH_PATHS", index) {
            // Upstream's line ends in a blank, which means nothing.
            set(
                path, "xen,passthrough", options.isCompatible ? " " : "", bytes: 0,
                from: ("DOMU_PASSTHROUGH_PATHS", index))
            if options.isCompatible { script.lines[script.lines.count - 1].text.removeLast() }
        }
        guard !isSkipped(index) else { return }
        let node = "/chosen/domU\(index)"
        let key = ("DOMU_KERNEL", index)
        makeNode("domU\(index)", in: "/chosen", from: key)
        set(node, "compatible", "\"xen,domain\"", bytes: 11, from: key)
        set(node, "#address-cells", "<0x2>", bytes: 4, from: key)
        set(node, "#size-cells", "<0x2>", bytes: 4, from: key)
        writeMemory(index, node)
        writeConsole(index, node)
        writeEnhanced(index, node)
        writeSharedMemory(index, node)
        writeFeatures(index, node)
        writeAffinities(index, node)
        writeModules(index, node)
        writeChannels(index, node)
    }

    private mutating func writeMemory(_ index: Int, _ node: String) {
        let regions = config.regions("DOMU_STATIC_MEM", index)
        let total = regions.reduce(0) { $0 &+ $1.size } >> 10
        let kibibytes = regions.isEmpty ? config.kibibytes("DOMU_MEM", index) ?? 524_288 : total
        let high = kibibytes >> 32
        let text = high == 0 ? "<0 \(kibibytes)>" : "<\(high) \(kibibytes & 0xffff_ffff)>"
        set(node, "memory", text, bytes: 8, from: (regions.isEmpty ? "DOMU_MEM" : "DOMU_STATIC_MEM", index))
        cell(node, "cpus", config.number("DOMU_VCPUS", index) ?? 1, from: ("DOMU_VCPUS", index))
        guard !regions.isEmpty else { return }
        let cells = regions.flatMap { [$0.start, $0.size] }.map {
            "0x\(hexadecimal($0 >> 32)) 0x\(hexadecimal($0 & 0xffff_ffff))"
        }
        set(
            node, "xen,static-mem", "<\(cells.joined(separator: " "))>", bytes: cells.count * 8,
            from: ("DOMU_STATIC_MEM", index))
        if config.flag("DOMU_DIRECT_MAP", index) ?? true { flag(node, "direct-map", from: ("DOMU_DIRECT_MAP", index)) }
    }

    private mutating func writeConsole(_ index: Int, _ node: String) {
        if config.flag("DOMU_VPL011", index) ?? true {
            // In upstream's release the first DomU decides for all.
            let isNamed = config.flag("DOMU_VUART_PL011", options.isCompatible ? 0 : index) == true
            if isNamed {
                set(node, "vpl011", "\"pl011\"", bytes: 6, from: ("DOMU_VUART_PL011", index))
            } else {
                flag(node, "vpl011", from: ("DOMU_VPL011", index))
            }
        }
        if let count = config.number("DOMU_NR_SPIS", index) {
            cell(node, "nr_spis", count, from: ("DOMU_NR_SPIS", index))
        }
    }

    private mutating func writeEnhanced(_ index: Int, _ node: String) {
        let given = config.number("DOMU_ENHANCED", index)
        let key = ("DOMU_ENHANCED", index)
        if given == 2 {
            set(node, "xen,enhanced", "\"no-xenstore\"", bytes: 12, from: key)
        } else if given ?? (files[.dom0Kernel] == nil ? 0 : 1) == 1 {
            set(node, "xen,enhanced", "\"enabled\"", bytes: 8, from: key)
        }
        for (name, property) in [
            ("DOMU_GRANT_VER", "max_grant_version"), ("DOMU_GRANT_FRAMES", "max_grant_frames"),
            ("DOMU_MAPTRACK_FRAMES", "max_maptrack_frames"),
        ] {
            if let value = config.number(name, index) { cell(node, property, value, from: (name, index)) }
        }
    }

    private mutating func writeSharedMemory(_ index: Int, _ node: String) {
        guard let shared = config.sharedMemory(index) else { return }
        let key = ("DOMU_SHARED_MEM", index)
        let name = shared.host.map { "shared-mem@\($0.text)" } ?? "shared-mem-\(shared.id)"
        makeNode(name, in: node, from: key)
        let path = "\(node)/\(name)"
        set(path, "compatible", "\"xen,domain-shared-memory-v1\"", bytes: 28, from: key)
        set(path, "xen,shm-id", "\"\(shared.id)\"", bytes: shared.id.utf8.count + 1, from: key)
        let numbers = (shared.host.map { [$0.value] } ?? []) + [shared.guest, shared.size]
        let cells = numbers.map { "0x\(upper($0 >> 32)) 0x\(upper($0 & 0xffff_ffff))" }
        set(path, "xen,shared-mem", "<\(cells.joined(separator: " "))>", bytes: cells.count * 8, from: key)
    }

    private mutating func writeFeatures(_ index: Int, _ node: String) {
        if config.flag("DOMU_VIOMMU", index) == true { flag(node, "viommu", from: ("DOMU_VIOMMU", index)) }
        if let colours = config.colours("DOMU_COLORS", index) {
            set(node, "colors", "<0x\(hexadecimal(colours.mask))>", bytes: 4, from: ("DOMU_COLORS", index))
        }
        for (name, property) in [
            ("DOMU_CAPS", "capabilities"), ("DOMU_TRAP_UNMAP", "trap-unmapped-accesses"), ("DOMU_DOMID", "domid"),
            ("DOMU_P2M_MEM_MB", "xen,domain-p2m-mem-mb"),
        ] {
            if let value = config.number(name, index) { cell(node, property, value, from: (name, index)) }
        }
        if let value = config.text("DOMU_PASSTHROUGH_PROP", index) {
            let key = ("DOMU_PASSTHROUGH_PROP", index)
            set(node, "passthrough", "\"\(value)\"", bytes: value.utf8.count + 1, from: key)
        }
    }

    private mutating func writeAffinities(_ index: Int, _ node: String) {
        let count = config.number("DOMU_VCPUS", index) ?? 1
        for (cpu, list) in config.affinities(index) where UInt64(cpu) < count {
            let key = ("DOMU_VCPUS", index)
            makeNode("vcpu\(cpu)", in: node, from: key)
            strings("\(node)/vcpu\(cpu)", "compatible", ["xen,vcpu"], from: key)
            cell("\(node)/vcpu\(cpu)", "id", UInt64(cpu), from: key)
            set("\(node)/vcpu\(cpu)", "hard-affinity", "\"\(list)\"", bytes: list.utf8.count + 1, from: key)
        }
    }

    private mutating func writeModules(_ index: Int, _ node: String) {
        let roles: [(FileRole, String)] = [
            (.domainKernel(index), "multiboot,kernel"), (.domainRamdisk(index), "multiboot,ramdisk"),
            (.domainTree(index), "multiboot,device-tree"),
        ]
        for (role, compatible) in roles {
            guard let file = files[role] else { continue }
            let key = role.key
            let name = options.computesOnTarget ? "module-\(role.imageName)" : "module0x\(upper(file.address))"
            makeNode(name, in: node, from: key)
            strings("\(node)/\(name)", "compatible", [compatible, "multiboot,module"], from: key)
            reg("\(node)/\(name)", file, from: key)
            guard case .domainKernel = role else { continue }
            let hasConsole = config.flag("DOMU_VPL011", index) ?? true
            let line = config.bytes("DOMU_CMD", index) ?? Array((hasConsole ? "console=ttyAMA0" : "").utf8)
            string("\(node)/\(name)", "bootargs", line, from: ("DOMU_CMD", index))
        }
    }
}
