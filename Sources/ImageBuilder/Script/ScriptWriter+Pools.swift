import DeviceTree
import UBoot

/// CPU pools and event channels: what refers to other nodes by their phandles.
extension ScriptWriter {
    /// The phandles that the host's tree uses.
    private var usedPhandles: Set<UInt32> {
        guard let tree else { return [] }
        var used: Set<UInt32> = []
        func visit(_ node: DeviceTreeNode) {
            if let value = (node.property("phandle") ?? node.property("linux,phandle"))?.u32 { used.insert(value) }
            node.children.forEach(visit)
        }
        visit(tree.root)
        return used
    }

    mutating func writePools() {
        let count = Int(config.number("NUM_CPUPOOLS") ?? 0)
        guard count > 0 || hasPoolUser else { return }
        var numbers = Phandles(used: (options.isCompatible ? [] : usedPhandles).union(channelPhandles.values))
        var taken: [String: Int] = [:]
        var pools: [Int: UInt32] = [:]
        for index in 0..<count {
            let key = ("CPUPOOL", index)
            guard let pool = config.pool(index) else {
                config.add(
                    .error, "IB-POOL", "CPUPOOL[\(index)] is not set, but NUM_CPUPOOLS is larger",
                    config.place("NUM_CPUPOOLS"))
                continue
            }
            var phandles: [String] = []
            for cpu in pool.cpus {
                guard let text = cpuPhandle(cpu, index, &taken, &numbers) else { continue }
                phandles.append(text)
            }
            let node = "/chosen/cpupool_\(index)"
            let phandle = numbers.next()
            pools[index] = phandle
            makeNode("cpupool_\(index)", in: "/chosen", from: key)
            set(node, "phandle", "<0x\(hexadecimal(UInt64(phandle)))>", bytes: 4, from: key)
            set(node, "compatible", "\"xen,cpupool\"", bytes: 12, from: key)
            set(node, "cpupool-cpus", "< \(phandles.joined(separator: " "))>", bytes: 4 * phandles.count, from: key)
            if let scheduler = pool.scheduler {
                set(node, "cpupool-sched", "\"\(scheduler)\"", bytes: scheduler.utf8.count + 1, from: key)
            }
            for domain in 0..<domainCount where config.number("DOMU_CPUPOOL", domain) == UInt64(index) {
                guard !isSkipped(domain) || options.isCompatible else { continue }
                set(
                    "/chosen/domU\(domain)", "domain-cpupool", "<0x\(hexadecimal(UInt64(phandle)))>", bytes: 4,
                    from: ("DOMU_CPUPOOL", domain))
            }
        }
        for domain in 0..<domainCount {
            guard let pool = config.number("DOMU_CPUPOOL", domain), pools[Int(pool)] == nil, Int(pool) >= count else {
                continue
            }
            config.add(
                .error, "IB-POOL", "DOMU_CPUPOOL[\(domain)]: there is no pool \(pool): NUM_CPUPOOLS is \(count)",
                config.place("DOMU_CPUPOOL", domain))
        }
    }

    private var hasPoolUser: Bool { (0..<domainCount).contains { config.number("DOMU_CPUPOOL", $0) != nil } }

    /// The phandle of a CPU as a cell's text; writes one where the tree has none.
    private mutating func cpuPhandle(
        _ cpu: String, _ pool: Int, _ taken: inout [String: Int], _ numbers: inout Phandles
    ) -> String? {
        let key = ("CPUPOOL", pool)
        guard let node = tree?["/cpus/\(cpu)"], node.property("reg") != nil else {
            config.add(
                .error, "IB-POOL", "CPUPOOL[\(pool)]: the device tree has no CPU /cpus/\(cpu)",
                config.place("CPUPOOL", pool))
            return nil
        }
        if let other = taken[cpu] {
            config.add(
                .error, "IB-POOL", "CPUPOOL[\(pool)]: \(cpu) is in CPUPOOL[\(other)] already",
                config.place("CPUPOOL", pool))
            return nil
        }
        taken[cpu] = pool
        if let old = (node.property("phandle") ?? node.property("linux,phandle"))?.u32 {
            // Upstream writes it again without 0x, so that U-Boot takes it for decimal.
            guard options.isCompatible else { return "0x\(hexadecimal(UInt64(old)))" }
            let text = hexadecimal(UInt64(old))
            set("/cpus/\(cpu)", "phandle", "<\(text)>", bytes: 4, from: key)
            return text
        }
        let text = "0x\(hexadecimal(UInt64(numbers.next())))"
        set("/cpus/\(cpu)", "phandle", "<\(text)>", bytes: 4, from: key)
        return text
    }

    /// The event channels of a DomU; each must be the peer of another one.
    mutating func writeChannels(_ index: Int, _ node: String) {
        for channel in config.channels(index) {
            let key = ("DOMU_STATIC_EVTCHNS", index)
            let isMutual = config.channels(channel.peer).contains {
                $0.peer == index && $0.port == channel.peerPort && $0.peerPort == channel.port
            }
            guard isMutual, !isSkipped(channel.peer), channel.peer < domainCount else {
                config.add(
                    .error, "IB-EVTCHN",
                    "DOMU_STATIC_EVTCHNS[\(index)]: port \(channel.port) leads to port \(channel.peerPort) of "
                        + "domU\(channel.peer), which does not lead back", config.place("DOMU_STATIC_EVTCHNS", index))
                continue
            }
            let name = "evtchn@\(channel.port)"
            makeNode(name, in: node, from: key)
            let path = "\(node)/\(name)"
            func phandle(_ domain: Int, _ port: UInt64) -> String {
                "0x\(hexadecimal(UInt64(channelPhandles[ChannelEnd(domain, port)] ?? 0)))"
            }
            set(path, "phandle", "<\(phandle(index, channel.port))>", bytes: 4, from: key)
            set(path, "compatible", "\"xen,evtchn-v1\"", bytes: 14, from: key)
            set(
                path, "xen,evtchn", "<\(channel.port) \(phandle(channel.peer, channel.peerPort))>", bytes: 8, from: key)
        }
    }

    /// The phandles of all ends, by DomU and port: from the highest free one down, each end before its peer.
    mutating func numberChannels() {
        var numbers = Phandles(used: usedPhandles)
        for domain in 0..<domainCount {
            for channel in config.channels(domain) {
                for end in [ChannelEnd(domain, channel.port), ChannelEnd(channel.peer, channel.peerPort)]
                where channelPhandles[end] == nil {
                    channelPhandles[end] = numbers.next()
                }
            }
        }
    }
}

/// One end of an event channel.
struct ChannelEnd: Hashable {
    var domain: Int
    var port: UInt64

    init(_ domain: Int, _ port: UInt64) {
        self.domain = domain
        self.port = port
    }
}

/// Gives phandles that nobody uses, from the highest one down.
struct Phandles {
    private let used: Set<UInt32>
    private var candidate: UInt32

    init(used: Set<UInt32>) {
        self.used = used
        candidate = 0xffff_fffe
    }

    mutating func next() -> UInt32 {
        while used.contains(candidate) { candidate &-= 1 }
        defer { candidate &-= 1 }
        return candidate
    }
}
