internal import BootImages
internal import DeviceTree
internal import UBoot

/// Finds kernels of domains that Xen cannot start, by what the simulation loaded to their addresses.
enum KernelFormat {
    private static let rule = "KERNEL-FORMAT"
    /// What Xen starts as a kernel of arm64, or of 32-bit Arm.
    private static let kernels = Set(
        [ImageKind.arm64Image(efi: false), .arm64Image(efi: true), .zImage, .legacyImage, .gzip].map(\.description))

    /// What is wrong with the kernels that a tree gives to domains; nothing where the tree cannot be read.
    static func findings(_ record: BootRecord) -> [PreparedBoot.Simulated] {
        guard let tree = record.treeBytes, let document = try? DeviceTreeDocument(blob: tree.bytes),
            let chosen = document["/chosen"]
        else { return [] }
        return chosen.children.flatMap { domain in
            domain.children.compactMap { module in
                guard let start = start(of: module, in: domain),
                    let load = record.loads.last(where: { $0.range.start.value == start }), !kernels.contains(load.kind)
                else { return nil }
                let path = [domain, module].map { String(decoding: $0.name, as: UTF8.self) }.joined(separator: "/")
                let kind =
                    load.kind == ImageKind.unknown.description ? "it is of no known kind" : "its kind is '\(load.kind)'"
                return PreparedBoot.Simulated(
                    rule: rule, severity: "error",
                    message: "the kernel of /chosen/\(path) is '\(load.file.display)', which Xen cannot start: \(kind)",
                    place: load.place.map { "\($0)" }, fix: nil)
            }
        }
    }

    /// Where a kernel's module is; nil for another node.
    private static func start(of module: DeviceTreeNode, in domain: DeviceTreeNode) -> UInt64? {
        guard module.property("compatible")?.strings?.contains("multiboot,kernel") == true,
            let cells = module.property("reg")?.cells, let count = domain.property("#address-cells")?.cells?.first,
            (1...2).contains(count), cells.count >= Int(count)
        else { return nil }
        return cells.prefix(Int(count)).reduce(0) { $0 << 32 | UInt64($1) }
    }
}
