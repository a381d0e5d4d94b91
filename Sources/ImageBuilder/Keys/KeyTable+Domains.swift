extension KeyTable {
    static let domainKeys: [KeyDefinition] = [
        .init("NUM_DOMUS", .none, .count(0...1024), "number of DomUs", default: "0", for: .both),
        .init("DOMU_KERNEL", .domain, .file, "kernel", for: .both),
        .init("DOMU_CMD", .domain, .bytes, "command line", default: "`console=ttyAMA0`", for: .both),
        .init("DOMU_RAMDISK", .domain, .file, "ramdisk", for: .both),
        .init("DOMU_LOAD", .domain, .line, "LOAD_CMD for the DomU's files", default: "LOAD_CMD", since: "2025-08"),
        .init("DOMU_PASSTHROUGH_DTB", .domain, .file, "partial device tree, ready made", for: .both),
        .init(
            "DOMU_PASSTHROUGH_PATHS", .domain, .paths,
            "paths of the host's nodes that the DomU gets; each is marked `xen,passthrough`", for: .both),
        .init(
            "DOMU_PASSTHROUGH_PROP", .domain, .choice(["enabled", "disabled"]), "property `passthrough`",
            since: "2025-12"),
        .init("DOMU_MEM", .domain, .megabytes, "memory in MB", default: "512", for: .both),
        .init("DOMU_VCPUS", .domain, .count(1...4096), "CPUs", default: "1", for: .both),
        .init(
            "DOMU_VCPU_HARD_AFFINITY", .domainAndCPU, .cpuList, "CPUs that the virtual CPU may run on", since: "2025-03"
        ),
        .init("DOMU_COLORS", .domain, .colours(most: 31), "cache colours, as the bit mask `colors`"),
        .init(
            "DOMU_NOBOOT", .domain, .presence, "the DomU is not started at boot", default: "0", for: .both),
        .init(
            "DOMU_ROOTFS", .domain, .file, "archive with its root file system; it is not started at boot", for: .both),
        .init("DOMU_STATIC_MEM", .domain, .regions, "`base size …`: its memory; DOMU_MEM is ignored"),
        .init("DOMU_DIRECT_MAP", .domain, .flag, "direct map; only with DOMU_STATIC_MEM", default: "1"),
        .init(
            "DOMU_SHARED_MEM", .domain, .sharedMemory, "`ID [HOST] GUEST SIZE` of memory shared with others",
            since: "2023-03; without HOST 2024-06"),
        .init(
            "DOMU_ENHANCED", .domain, .count(0...2), "PV drivers: 1 on, 0 off, 2 without xenstore",
            default: "1 with Dom0, 0 without", since: "2023.1 or before; 2: 2024-04"),
        .init(
            "DOMU_VUART_PL011", .domain, .flag, "value `pl011` in the property `vpl011`", default: "0", since: "2023.2"),
        .init(
            "DOMU_VPL011", .domain, .flag, "virtual UART; 0 leaves out `console=ttyAMA0`, too", default: "1",
            since: "2024-04"),
        .init("DOMU_NR_SPIS", .domain, .count(0...991), "number of SPIs", since: "2024-04"),
        .init("DOMU_VIOMMU", .domain, .flag, "virtual IOMMU", default: "0", since: "2023.2"),
        .init("DOMU_GRANT_VER", .domain, .count(0...2), "newest version of grant tables", since: "2024-04"),
        .init("DOMU_GRANT_FRAMES", .domain, .count(0...0x7fff_ffff), "most grant frames", since: "2024-04"),
        .init("DOMU_MAPTRACK_FRAMES", .domain, .count(0...0x7fff_ffff), "most maptrack frames", since: "2024-04"),
        .init(
            "DOMU_CAPS", .domain, .capabilities,
            "`control`, `hardware`, `xenstore`, `dom0`, `none` or numbers, joined by `|`", since: "2025-03"),
        .init(
            "DOMU_TRAP_UNMAP", .domain, .count(0...1), "whether accesses to nothing trap", since: "2025-11"),
        .init("DOMU_DOMID", .domain, .count(0...32751), "number of the domain", since: "2025-11"),
        .init("DOMU_P2M_MEM_MB", .domain, .count(1...0xffff), "memory for its page tables in MB", since: "2026-01"),
        .init(
            "DOMU_STATIC_EVTCHNS", .domain, .eventChannels, "`port domU port; …`: event channels", since: "2025-10"),
        .init("DOMU_DRIVER_DOMAIN", .domain, .flag, "driver domain in the xl config", default: "0", for: .diskImage),
    ]
}
