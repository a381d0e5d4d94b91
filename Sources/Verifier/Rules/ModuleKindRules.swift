internal import NearestName
internal import UBoot

/// Rules about the `compatible` of Xen's boot modules.
enum ModuleKindRules {
    static let all = [kindMissing, genericMissing]

    private static let kindMissing = Rule(
        "XEN-KIND-MISSING", .error, title: "a module of a domain does not say what it is",
        explanation: """
            `multiboot,module` alone makes Xen guess, and for a domU it does not find the guessed kernel: `Missing \
            kernel boot module?`. The string `multiboot,kernel`, `multiboot,ramdisk` or `multiboot,device-tree` \
            belongs to it.
            """,
        evidence: "tried with Xen 4.17."
    ) { facts in
        facts.xen.modules.compactMap { module in
            guard case .domain(let domain) = module.owner, module.isGeneric, !module.hasKindName else { return nil }
            let near = module.compatible.lazy.filter { !XenModule.genericNames.contains($0) }
                .compactMap { nearestName(to: $0, among: XenModule.kinds.map(\.name)) }.first
            return Observation(
                message:
                    "the module \(module.path) of the domain \(domain) does not say what it is",
                place: module.compatiblePlace, fix: line(module, adding: near ?? "multiboot,kernel", instead: near))
        }
    }

    private static let genericMissing = Rule(
        "XEN-GENERIC-MISSING", .error, title: "a node has a module's kind but is no module",
        explanation: """
            Only `multiboot,module` (or `xen,multiboot-module`) makes a node a module; one with `multiboot,kernel` \
            alone is not seen. The domain has no kernel then: `Missing kernel boot module?`.
            """,
        evidence: "tried with Xen 4.17."
    ) { facts in
        facts.xen.modules.filter { !$0.isGeneric }.map { module in
            let near = module.compatible.lazy.compactMap { nearestName(to: $0, among: XenModule.genericNames) }.first
            return Observation(
                message: "\(module.path) is no module: its compatible lacks 'multiboot,module'",
                place: module.compatiblePlace,
                fix: line(module, adding: near ?? "multiboot,module", instead: near))
        }
    }

    /// The line that sets `compatible` with one more string, or with it in the place of the one that is near it.
    private static func line(_ module: XenModule, adding name: String, instead: String?) -> String {
        var names = module.compatible
        let wrong = names.firstIndex { nearestName(to: $0, among: [name]) != nil && $0 != name }
        if instead != nil, let wrong { names[wrong] = name } else { names.append(name) }
        return "fdt set \(module.path) compatible " + names.map { "\"\($0)\"" }.joined(separator: " ")
    }
}
