internal import BootImages
internal import UBoot

/// Rules about what Xen's boot modules contain.
enum ModuleContentRules {
    static let all = [kernelFormat]

    /// What Xen starts as a kernel of arm64, or of 32-bit Arm.
    private static let kernels = Set(
        [ImageKind.arm64Image(efi: false), .arm64Image(efi: true), .zImage, .legacyImage, .gzip].map(\.description))

    private static let kernelFormat = Rule(
        "XEN-KERNEL-FORMAT", .error, title: "a domain's kernel is nothing that Xen can start",
        explanation: """
            Xen starts an arm64 Image, one packed with gzip, a legacy U-Boot image, or a zImage of 32-bit Arm. With \
            anything else, such as a kernel for x86, an ELF file or one packed in another way, it stops with `Could \
            not set up domain`, whatever else the tree says. Only `ibtest run` looks for it: a test of a config or a \
            script may have made-up files.
            """,
        evidence: "tried with Xen 4.17: a bzImage, a file of zeros, and an Image whose magic number was wrong."
    ) { facts in
        guard facts.options.isForRun else { return [] }
        return facts.xen.modules.compactMap { module in
            guard module.isGeneric, module.hasKindName, module.kind == .kernel, let range = module.range,
                range.size > 0,
                let file = facts.content(at: range.start), file.range.start == range.start, file.place != nil,
                !kernels.contains(file.kind)
            else { return nil }
            return Observation(
                message: "the module \(module.path) (kernel) is \(file.name), which Xen cannot start: "
                    + (file.kind == ImageKind.unknown.description
                        ? "it is of no known kind" : "it is of the kind '\(file.kind)'"),
                place: module.place, notes: [facts.note(file)], range: range)
        }
    }
}
