internal import DeviceTree
internal import UBoot

/// Memory that something needs at the end: a boot command or the final tree names it.
struct Reference: Sendable {
    /// Who needs it, such as `the module /chosen/dom0`.
    var name: String
    var range: AddressRange
    /// The line that names it.
    var place: ScriptPlace?

    static func all(attempts: [BootAttempt], xen: XenView, tree: DeviceTreeDocument?) -> [Reference] {
        var references: [Reference] = []
        for attempt in attempts {
            let kernel = AddressRange(start: attempt.loadedAt, size: max(1, attempt.kernel.size))
            references.append(Reference(name: "the boot command", range: kernel, place: attempt.place))
            if let ramdisk = attempt.ramdisk {
                references.append(Reference(name: "the ramdisk argument", range: ramdisk, place: attempt.place))
            }
            if let tree = attempt.tree {
                let range = AddressRange(start: tree, size: 1)
                references.append(Reference(name: "the device tree argument", range: range, place: attempt.place))
            }
        }
        for module in xen.modules {
            guard let range = module.range, range.size > 0 else { continue }
            references.append(Reference(name: "the module \(module.path)", range: range, place: module.place))
        }
        if let chosen = tree?["/chosen"], let start = number(chosen, "linux,initrd-start") {
            let end = number(chosen, "linux,initrd-end") ?? start
            let range = AddressRange(start: Address(start), size: max(1, end >= start ? end - start : 1))
            references.append(Reference(name: "linux,initrd-start in /chosen", range: range, place: nil))
        }
        return references
    }

    private static func number(_ node: DeviceTreeNode, _ name: String) -> UInt64? {
        let property = node.property(name)
        return property?.u64 ?? property?.u32.map(UInt64.init)
    }
}
