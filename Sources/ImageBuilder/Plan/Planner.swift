import BootImages
import DeviceTree
import UBoot

/// Works a plan out of a config; what is wrong becomes findings of the config.
struct Planner {
    var config: TypedConfig
    let options: BuildOptions
    /// The real path of the folder of all names.
    let folder: String
    var plan = BuildPlan(isXen: false)
    /// The host's device tree; nil if it cannot be read.
    var tree: DeviceTreeDocument?
    /// Partial device trees that were made for DomUs, by the DomU's number: path and name.
    var madeTrees: [Int: (path: String, name: String)] = [:]
    /// The bytes of those.
    var madeTreeBytes: [Int: [UInt8]] = [:]

    init(_ config: TypedConfig, _ options: BuildOptions, folder: String) {
        self.config = config
        self.options = options
        self.folder = folder
    }

    var domainCount: Int { Int(config.number("NUM_DOMUS") ?? 0) }

    /// Whether a DomU is not started by Xen.
    func isSkipped(_ domain: Int) -> Bool {
        let isNoBoot =
            options.isCompatible ? config.has("DOMU_NOBOOT", domain) : config.flag("DOMU_NOBOOT", domain) ?? false
        return isNoBoot || config.has("DOMU_ROOTFS", domain)
    }

    mutating func error(_ rule: String, _ message: String, _ key: String, _ index: Int = 0, fix: String? = nil) {
        config.add(.error, rule, message, config.place(key, index), fix: fix)
    }

    mutating func run() {
        checkKeys()
        collectFiles()
        guard !config.findings.contains(where: { $0.severity == .error }) else { return }
        place()
    }

    // MARK: What goes together

    private mutating func checkKeys() {
        plan.isXen = config.has("XEN")
        plan.bootCommand = config.text("BOOT_CMD") ?? "booti"
        plan.loader = options.loader ?? config.text("LOAD_CMD") ?? ""
        let hasOwnLoaders = config.has("XEN_LOAD") && (config.has("DOM0_LOAD") || !config.has("DOM0_KERNEL"))
        if plan.loader.isEmpty, !hasOwnLoaders {
            config.add(
                .error, "IB-LOAD-CMD", "LOAD_CMD is not set: the config must set it, or -t give it", nil,
                fix: "LOAD_CMD=\"tftpb\"")
        }
        checkLoaders()
        if !config.has("XEN"), !config.has("LINUX") {
            config.add(.error, "IB-NO-KERNEL", "neither XEN nor LINUX is set: nothing can be booted", nil)
        }
        if config.has("XEN"), config.has("LINUX") {
            config.add(.warning, "IB-LINUX-IGNORED", "LINUX is ignored: XEN is set", config.place("LINUX"))
        }
        if let prefix = options.loadPrefix, !Self.isLoadable(prefix) {
            config.add(
                .error, "IB-PREFIX",
                "-p: expected a path without blanks, quotes and what U-Boot replaces, found '\(prefix)'", nil)
        }
        checkTarget()
        checkMemory()
        if plan.isXen { checkXen() }
        checkRootDevice()
        if (options.keyHint ?? config.text("FIT_ENC_KEY_DIR")) == nil,
            options.controlTree != nil || config.has("FIT_ENC_UB_DTB")
        {
            error("IB-KEY-DIR", "a device tree for the public key needs a key: FIT_ENC_KEY_DIR or -k", "FIT_ENC_UB_DTB")
        }
    }

    /// The short words of `-t` are none in a config.
    private mutating func checkLoaders() {
        var keys = [("LOAD_CMD", 0), ("XEN_LOAD", 0), ("DOM0_LOAD", 0)]
        keys += (0..<domainCount).map { ("DOMU_LOAD", $0) }
        for (name, index) in keys {
            guard let word = config.text(name, index), let meant = BuildOptions.shortLoaders[word], word != "tftp"
            else {
                continue
            }
            error(
                "IB-LOAD-CMD", "\(name): '\(word)' is a short word of -t, and no command that loads files", name, index,
                fix: "\(name)=\"\(meant)\"")
        }
    }

    /// What goes with addresses that are worked out on the target.
    private mutating func checkTarget() {
        guard options.computesOnTarget else { return }
        if isFIT {
            config.add(
                .error, "IB-ON-TARGET", "-s works addresses out as files are loaded, and a FIT is loaded at once",
                config.place("FIT"))
        }
        if config.text("DEVICE_TREE") == nil, config.number("NUM_CPUPOOLS") ?? 0 > 0 {
            error("IB-DEVICE-TREE", "CPU pools need DEVICE_TREE: the CPUs are looked up in it", "NUM_CPUPOOLS")
        }
    }

    /// The root device follows from the load command only for some of them.
    private mutating func checkRootDevice() {
        let (key, command) = plan.isXen ? ("DOM0_ROOTFS", "DOM0_CMD") : ("LINUX_ROOTFS", "LINUX_CMD")
        guard config.has(key), !plan.isXen || config.has("DOM0_KERNEL") else { return }
        let line = config.bytes(command) ?? []
        guard !line.indices.contains(where: { line[$0...].starts(with: "root=".utf8) }) else { return }
        let loader = (plan.isXen ? config.text("DOM0_LOAD") : nil) ?? plan.loader
        do {
            _ = try RootDevice(loader: loader)
        } catch {
            let given = config.has("LOAD_CMD") && options.loadCommand == nil ? "LOAD_CMD" : key
            self.error("IB-ROOT-DEVICE", "'\(loader)': \(error.text)", given)
        }
    }

    private mutating func checkMemory() {
        let start = config.number("MEMORY_START") ?? 0
        for name in ["MEMORY_START", "MEMORY_END"] {
            guard let value = config.number(name), let raw = config.raw(name), value & 0xfff != 0,
                raw.allSatisfy(ConfigByte.isDigit)
            else { continue }
            let text = String(decoding: raw, as: UTF8.self)
            error(
                "IB-VALUE", "\(name): expected whole pages of 4 KiB, found the decimal \(text)", name, fix: "0x\(text)")
        }
        if !config.has("MEMORY_START") {
            config.add(
                .warning, "IB-MEMORY-START", "MEMORY_START is not set: 0 is taken, which not every board has", nil)
        }
        guard let end = config.number("MEMORY_END") else {
            if !config.has("MEMORY_END"), !config.findings.contains(where: { $0.message.hasPrefix("MEMORY_END:") }) {
                config.add(.error, "IB-MEMORY-END", "MEMORY_END is not set: the end of RAM is needed", nil)
            }
            return
        }
        guard end > start else {
            error("IB-MEMORY-END", "MEMORY_END 0x\(hexadecimal(end)) is not above MEMORY_START", "MEMORY_END")
            return
        }
        plan.memory = start..<end
    }

    private mutating func checkXen() {
        let hasDom0 = config.has("DOM0_KERNEL")
        if !hasDom0, domainCount == 0 {
            config.add(
                .error, "IB-NO-DOMAIN", "neither DOM0_KERNEL nor DomUs are given: Xen would have nothing to run", nil)
        }
        if !hasDom0, domainCount > 0, (0..<domainCount).allSatisfy(isSkipped) {
            // Upstream makes such a script, but no FIT.
            config.add(
                options.isCompatible && !isFIT ? .warning : .error, "IB-NO-DOMAIN",
                "there is no DOM0_KERNEL, and no DomU is started at boot: Xen would have nothing to run",
                config.place("NUM_DOMUS"))
        }
        if !hasDom0 {
            for name in [
                "DOM0_MEM", "DOM0_VCPUS", "DOM0_COLORS", "DOM0_CMD", "DOM0_RAMDISK", "DOM0_ROOTFS", "DOM0_VIOMMU",
            ] where config.raw(name) != nil {
                error("IB-DOM0-KEY", "\(name) needs DOM0_KERNEL, which is not set", name)
            }
        }
        for name in ["DOM0_MEM", "DOM0_VCPUS"] where config.has("XEN_CMD") && config.has(name) {
            error(
                "IB-XEN-CMD", "\(name) and XEN_CMD exclude each other: XEN_CMD says it already, or must", name,
                fix: "leave out \(name)")
        }
        for index in 0..<domainCount {
            if config.has("DOMU_ROOTFS", index) {
                config.add(
                    .info, "IB-DOMU-SKIPPED", "domU\(index) is not started at boot: it has a root file system",
                    config.place("DOMU_ROOTFS", index))
            }
            guard !isSkipped(index) else { continue }
            checkStaticMemory(index)
            if !config.has("DOMU_KERNEL", index), !hasFinding(for: "DOMU_KERNEL[\(index)]") {
                config.add(
                    .error, "IB-DOMU-KERNEL", "DOMU_KERNEL[\(index)] is not set: every DomU needs a kernel",
                    config.place("NUM_DOMUS"))
            }
        }
    }

    private func hasFinding(for spelling: String) -> Bool {
        config.findings.contains { $0.message.hasPrefix(spelling + ":") }
    }

    private mutating func checkStaticMemory(_ index: Int) {
        let regions = config.regions("DOMU_STATIC_MEM", index)
        guard !regions.isEmpty else { return }
        let place = config.place("DOMU_STATIC_MEM", index)
        let kibibytes = regions.reduce(0) { $0 &+ $1.size } >> 10
        if let size = config.kibibytes("DOMU_MEM", index), size != kibibytes {
            config.add(
                .warning, "IB-STATIC-MEM-SIZE",
                "DOMU_MEM[\(index)] is ignored: DOMU_STATIC_MEM[\(index)] has \(kibibytes) KiB, and not \(size)", place)
        }
        for region in regions where !plan.memory.isEmpty {
            let range = region.start..<region.start &+ region.size
            let isInside = range.lowerBound >= plan.memory.lowerBound && range.upperBound <= plan.memory.upperBound
            guard !isInside else { continue }
            let isOutside = !range.overlaps(plan.memory)
            config.add(
                isOutside ? .warning : .error, "IB-STATIC-MEM-RAM",
                "static memory 0x\(hexadecimal(range.lowerBound))–0x\(hexadecimal(range.upperBound)) "
                    + (isOutside ? "lies outside" : "runs over the end") + " of the RAM that the config names", place)
        }
    }
}
