internal import DeviceTree
internal import NearestName
internal import UBoot

/// Rules about the domains that the tree describes.
enum DomainRules {
    static let all = [ramdiskUnloaded, compatible, noKernel, none]

    private static let ramdiskUnloaded = Rule(
        "DOM0-RAMDISK-UNLOADED", .error, title: "dom0's ramdisk is named but never loaded",
        explanation: """
            The node for dom0's ramdisk is there, but no line loads a file to its address, perhaps because the load \
            is commented out. Linux boots for some seconds and panics with `VFS: Unable to mount root fs`. Load the \
            file, or leave the node out.
            """,
        evidence: "tried with Xen 4.17 and Linux 6.1; found in published guides for the Raspberry Pi 4."
    ) { facts in
        facts.xen.modules.compactMap { module in
            guard module.owner == .dom0, module.isGeneric, module.kind == .ramdisk, let range = module.range,
                facts.content(at: range.start) == nil, facts.failedLoad(at: range.start) == nil,
                facts.commandWriter(at: range.start) == nil, facts.ram.contains(where: { $0.contains(range.start) })
            else { return nil }
            let lines = facts.texts.loadLines(to: range.start)
            let notes = lines.map { line in
                Finding.Note(
                    line.isComment ? "the load is commented out here" : "this load did not run", at: line.place)
            }
            let comment = lines.first(where: \.isComment)
            return Observation(
                message: "dom0's ramdisk \(module.path) is at \(range.start), but it is never loaded: nothing is there",
                place: module.place, notes: notes,
                fix: comment?.text ?? "load the ramdisk to \(range.start), or leave out the node \(module.path)",
                range: range)
        }
    }

    private static let compatible = Rule(
        "DOM-COMPAT", .error, title: "a node with a kernel is no domain",
        explanation: """
            Only `xen,domain` makes a child of /chosen a domain. Without it, or with a typing error in it, Xen takes \
            the kernel inside for dom0's: `LOADING DOMAIN 0`, then nothing.
            """,
        evidence: "tried with Xen 4.17."
    ) { facts in
        var seen: Set<String> = []
        return facts.xen.modules.compactMap { module in
            guard case .other(let path) = module.owner, module.kind == .kernel, seen.insert(path).inserted else {
                return nil
            }
            let names = facts.tree?[path].map { XenView.compatible(of: $0) } ?? []
            let isTyping = names.lazy.compactMap { nearestName(to: $0, among: ["xen,domain"]) }.first != nil
            let wrong =
                names.isEmpty ? "it has no compatible" : "its compatible is '\(names.joined(separator: "', '"))'"
            let setter = facts.history.setter(of: "compatible", at: path)
            return Observation(
                message: "\(path) holds the kernel \(module.path) but is no domain: \(wrong)",
                place: setter?.place ?? facts.history.maker(of: path)?.place ?? module.place,
                notes: isTyping ? [Finding.Note("the nearest name is 'xen,domain'")] : [],
                fix: "fdt set \(path) compatible \"xen,domain\"")
        }
    }

    private static let noKernel = Rule(
        "DOM-NOKERNEL", .error, title: "a domain has no kernel",
        explanation: """
            Xen stops with `Missing kernel boot module?` and a panic, so that no domain starts at all. The kernel of \
            a domU has to be a module with `multiboot,kernel`; the older `xen,linux-zimage` works for dom0 only.
            """,
        evidence: "tried with Xen 4.17."
    ) { facts in
        facts.xen.domains.compactMap { domain in
            let own = facts.xen.modules.filter { $0.owner == .domain(domain.path) }
            // What is wrong with a node that was meant as the kernel is said by another rule.
            let isReported = own.contains { !$0.isGeneric || !$0.hasKindName }
            guard !isReported, !own.contains(where: { $0.compatible.contains("multiboot,kernel") }),
                !facts.history.isIncomplete(domain.path)
            else { return nil }
            let old = own.first { $0.compatible.contains("xen,linux-zimage") }
            let notes = old.map { old in
                [Finding.Note("'xen,linux-zimage' is for dom0 only; write 'multiboot,kernel'", at: old.compatiblePlace)]
            }
            return Observation(
                message: "the domain \(domain.path) has no kernel", place: domain.place, notes: notes ?? [],
                fix: old.map { "fdt set \($0.path) compatible \"multiboot,kernel\" \"multiboot,module\"" })
        }
    }

    private static let none = Rule(
        "DOM-NONE", .error, title: "there is no kernel for any domain",
        explanation: """
            The tree is made for Xen, but neither dom0 nor a domU has a kernel: Xen stops with `Could not set up DOM0 \
            guest OS`.
            """,
        evidence: "tried with Xen 4.17."
    ) { facts in
        let modules = facts.xen.modules
        guard facts.xen.isThere, facts.xen.domains.isEmpty, !modules.contains(where: { $0.kind == .kernel }),
            !facts.history.isIncomplete("/chosen")
        else { return [] }
        let edit = facts.history.setter(of: "xen,xen-bootargs", at: "/chosen")
        return [
            Observation(
                message: "the device tree is made for Xen but has no kernel for dom0 or for a domain",
                place: facts.attempts.last?.place ?? edit?.place ?? modules.first?.place)
        ]
    }
}
