import UBoot

/// The edits for Xen, and for Linux by itself.
extension ScriptWriter {
    private static let cellsOfTwo = "<0x2>"
    private static let legacyModule = ["xen,multiboot-module", "multiboot,module"]

    mutating func writeXen() {
        set("/chosen", "#address-cells", Self.cellsOfTwo, bytes: 4, from: ("XEN", 0))
        set("/chosen", "#size-cells", Self.cellsOfTwo, bytes: 4, from: ("XEN", 0))
        string("/chosen", "xen,xen-bootargs", xenCommandLine, from: ("XEN_CMD", 0))
        writeDom0()
        if let policy = files[.policy] {
            let name = options.computesOnTarget ? "xen-policy" : "xen-policy@\(upper(policy.address))"
            writeLegacyModule(name, "xen,xsm-policy", policy)
        }
        numberChannels()
        for index in 0..<domainCount { writeDomain(index) }
        writePools()
        let heap = config.regions("XEN_STATIC_HEAP")
        if !heap.isEmpty {
            let cells = heap.flatMap { [$0.start, $0.size] }.map { "0x\(upper($0 >> 32)) 0x\(upper($0 & 0xffff_ffff))" }
            set(
                "/chosen", "xen,static-heap", "<\(cells.joined(separator: " "))>", bytes: cells.count * 8,
                from: ("XEN_STATIC_HEAP", 0))
        }
    }

    private mutating func writeDom0() {
        guard let kernel = files[.dom0Kernel] else { return }
        writeLegacyModule("dom0", "xen,linux-zimage", kernel)
        string("/chosen", "xen,dom0-bootargs", dom0CommandLine, from: ("DOM0_CMD", 0))
        if let ramdisk = files[.dom0Ramdisk] { writeLegacyModule("dom0-ramdisk", "xen,linux-initrd", ramdisk) }
    }

    private mutating func writeLegacyModule(_ name: String, _ compatible: String, _ file: PlannedFile) {
        let key = file.role.key
        makeNode(name, in: "/chosen", from: key)
        strings("/chosen/\(name)", "compatible", [compatible] + Self.legacyModule, from: key)
        reg("/chosen/\(name)", file, from: key)
    }

    // MARK: Command lines

    private var xenCommandLine: [UInt8] {
        let given = config.bytes("XEN_CMD") ?? Array(defaultXenCommandLine.utf8)
        guard files[.dom0Kernel] == nil else { return given }
        // Without Dom0, what is meant for it goes; the blanks stay, as in upstream's text.
        let words = given.split { $0 == 32 || $0 == 9 || $0 == 10 }.map { word -> ArraySlice<UInt8> in
            if !options.isCompatible { return word.starts(with: "dom0".utf8) ? [] : word }
            let start = word.indices.first { word[$0...].starts(with: "dom0".utf8) }
            return start.map { word[..<$0] } ?? word
        }
        return Array(words.joined(separator: [32]))
    }

    private var defaultXenCommandLine: String {
        let kibibytes = config.kibibytes("DOM0_MEM") ?? 1500 << 10
        let memory = kibibytes & 0x3ff == 0 ? "\(kibibytes >> 10)M" : "\(kibibytes)K"
        let colours = config.colours("XEN_COLORS").map { "xen_colors=\($0.text)" } ?? ""
        let dom0Colours = config.colours("DOM0_COLORS").map { "dom0_colors=\($0.text)" } ?? ""
        let iommu = config.flag("DOM0_VIOMMU") == true ? "dom0_viommu=1" : ""
        return "console=dtuart dtuart=serial0 dom0_mem=\(memory) dom0_max_vcpus=\(config.number("DOM0_VCPUS") ?? 1) "
            + "bootscrub=0 vwfi=native sched=null \(colours) \(dom0Colours) \(iommu)"
    }

    private var dom0CommandLine: [UInt8] {
        let given = config.bytes("DOM0_CMD") ?? Array(KeyTable.dom0Default.utf8)
        let loader = config.text("DOM0_LOAD") ?? plan.loader
        return given + rootDevice(given, hasRootFileSystem: config.has("DOM0_ROOTFS"), loader: loader)
    }

    /// ` root=…`, unless the command line says it.
    private func rootDevice(_ line: [UInt8], hasRootFileSystem: Bool, loader: String) -> [UInt8] {
        let isGiven = line.indices.contains { line[$0...].starts(with: "root=".utf8) }
        guard !isGiven else { return [] }
        guard hasRootFileSystem else { return Array(" root=/dev/ram0".utf8) }
        let device = try? RootDevice(loader: loader)
        return Array((device.map { " root=\($0.path)" } ?? "").utf8)
    }

    // MARK: Linux

    mutating func writeLinux() {
        let given = config.bytes("LINUX_CMD") ?? Array("earlycon console=ttyPS0,115200".utf8)
        let line = given + rootDevice(given, hasRootFileSystem: config.has("LINUX_ROOTFS"), loader: plan.loader)
        string("/chosen", "bootargs", line, from: ("LINUX_CMD", 0))
        guard let ramdisk = files[.linuxRamdisk] else { return }
        let key = ("LINUX_RAMDISK", 0)
        if options.computesOnTarget {
            let name = ramdisk.role.imageName
            add("setexpr \(name)_end ${\(name)_addr} + ${\(name)_size}", from: key)
            set("/chosen", "linux,initrd-start", "<0x${\(name)_addr}>", bytes: 4, from: key)
            set("/chosen", "linux,initrd-end", "<0x${\(name)_end}>", bytes: 4, from: key)
            return
        }
        let end = ramdisk.address + ramdisk.size
        // Above 4 GiB a number needs two cells.
        func cells(_ value: UInt64, _ text: String) -> String {
            end >> 32 == 0 || options.isCompatible
                ? "<0x\(text)>" : "<0x\(upper(value >> 32)) 0x\(upper(value & 0xffff_ffff))>"
        }
        set("/chosen", "linux,initrd-start", cells(ramdisk.address, upper(ramdisk.address)), bytes: 8, from: key)
        set("/chosen", "linux,initrd-end", cells(end, hexadecimal(end)), bytes: 8, from: key)
    }
}
