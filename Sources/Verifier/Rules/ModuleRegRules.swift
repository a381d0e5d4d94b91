internal import UBoot

/// Rules about the `reg` of Xen's boot modules.
enum ModuleRegRules {
    static let all = [missing, short, long, truncated, zero, cellsImplicit]

    /// The nodes that Xen takes for modules.
    private static func modules(_ facts: Evidence) -> [XenModule] { facts.xen.modules.filter(\.isGeneric) }

    private static let missing = Rule(
        "XEN-REG-MISSING", .error, title: "a module has no 'reg'",
        explanation: """
            Xen reads the modules before it has a console. A module without an address makes it stop right there: the \
            last line is U-Boot's `Starting kernel ...`.
            """,
        evidence: "read in Xen's source (the early scan of the device tree)."
    ) { facts in
        modules(facts).filter { $0.fault == .missing && !facts.history.isIncomplete($0.path) }.map { module in
            Observation(
                message: "the module \(module.path) has no 'reg': Xen stops without a message", place: module.place,
                fix: "fdt set \(module.path) reg <…>, with \(counts(module)) for the address and the size")
        }
    }

    private static let short = Rule(
        "XEN-REG-SHORT", .error, title: "a module's 'reg' has too few cells",
        explanation: """
            The parent's `#address-cells` and `#size-cells` say how many cells an address and a size have. With fewer \
            Xen stops before it has a console: silence behind `Starting kernel ...`.
            """,
        evidence: "tried with Xen 4.17."
    ) { facts in
        modules(facts).filter { $0.fault == .short && !facts.history.isIncomplete($0.path) }
            .map { wrongLength($0, "Xen stops without a message") }
    }

    private static let long = Rule(
        "XEN-REG-LONG", .error, title: "a module's 'reg' has too many cells",
        explanation: """
            The parent's `#address-cells` and `#size-cells` are smaller than the value was written for. Xen reads the \
            first cells only, so that the address is often 0: `kernel from boot module @ 0`, `Could not set up \
            domain`.
            """,
        evidence: "tried with Xen 4.17."
    ) { facts in
        modules(facts).filter { $0.fault == .long }.map { wrongLength($0, "Xen reads only the first ones") }
    }

    private static func wrongLength(_ module: XenModule, _ effect: String) -> Observation {
        let count = (module.reg?.count ?? 0) / 4
        let cells = module.cells
        let parent = module.path[..<(module.path.lastIndex(of: "/") ?? module.path.startIndex)]
        let guess = module.guess.flatMap { module.fits($0) ? $0 : nil }
        let notes = module.guess.map {
            [Finding.Note("it probably means \(Wording.hex($0.size)) bytes at \($0.start)")]
        }
        return Observation(
            message: "'reg' of the module \(module.path) has \(count) cells where \(parent) asks for "
                + "\(cells.address) + \(cells.size): \(effect)",
            place: module.place, notes: notes ?? [],
            fix: guess.map { module.line(for: $0) } ?? "fdt set \(parent) \\#address-cells <2>, and \\#size-cells too")
    }

    private static func counts(_ module: XenModule) -> String {
        "\(module.cells.address) + \(module.cells.size) cells"
    }

    private static let truncated = Rule(
        "XEN-ADDR-TRUNCATED", .error, title: "a number in a module's 'reg' does not fit into its cell",
        explanation: """
            A cell has 32 bits, and U-Boot cuts off what is above without a word. An address of 4 GiB and more needs \
            two cells, the upper half first; Xen otherwise uses other memory, or stops without a message.
            """,
        evidence: "tried with Xen 4.17 and modules above 4 GiB."
    ) { facts in
        modules(facts).compactMap { module in
            guard case .truncated(let text) = module.fault, let value = TypedNumber.cell(text.utf8) else { return nil }
            return Observation(
                message: "\(text) in 'reg' of the module \(module.path) does not fit into a cell of 32 bits",
                place: module.place,
                fix: "write it as two cells, \(Wording.hex(value >> 32)) \(Wording.hex(value & 0xffff_ffff)), with "
                    + "\\#address-cells <2>")
        }
    }

    private static let zero = Rule(
        "XEN-SIZE-ZERO", .error, title: "a module has the size 0",
        explanation: """
            Xen does not register an empty module, so the domain has no kernel (`Missing kernel boot module?`) or no \
            ramdisk. The usual reason is a size that a variable or a tool should have filled in.
            """,
        evidence: "tried with Xen 4.17."
    ) { facts in
        modules(facts).compactMap { module in
            guard let range = module.range, range.size == 0 else { return nil }
            let content = facts.content(at: range.start).flatMap { $0.range.start == range.start ? $0 : nil }
            return Observation(
                message: "the module \(module.path) at \(range.start) has the size 0", place: module.place,
                notes: content.map { [facts.note($0)] } ?? [], fix: content.map { module.line(for: $0.range) },
                range: range)
        }
    }

    private static let cellsImplicit = Rule(
        "XEN-CELLS-IMPLICIT", .warning, title: "a node that holds modules does not say how many cells their 'reg' has",
        explanation: """
            Xen then takes the counts of the parent, other programs the 2 and 1 of the specification: it works only \
            by inheritance, and a tree of another board changes it.
            """,
        evidence: "tried with Xen 4.17 and QEMU's tree: it boots with none of them set."
    ) { facts in
        facts.xen.parents.compactMap { parent in
            guard !parent.hasAddressCells || !parent.hasSizeCells, !facts.history.isIncomplete(parent.path),
                !facts.xen.modules.contains(where: { module in
                    module.path.hasPrefix(parent.path + "/") && [.short, .long].contains(module.fault)
                })
            else { return nil }
            let missing = [(parent.hasAddressCells, "#address-cells"), (parent.hasSizeCells, "#size-cells")]
                .filter { !$0.0 }.map(\.1)
            let first = facts.xen.modules.first { module in
                module.path.hasPrefix(parent.path + "/") && !module.path.dropFirst(parent.path.count + 1).contains("/")
            }
            let count = missing[0] == "#address-cells" ? parent.cells.address : parent.cells.size
            return Observation(
                message: "\(parent.path) holds modules but does not set \(missing.joined(separator: " and "))",
                place: parent.place ?? first?.place,
                fix: "fdt set \(parent.path) \\\(missing[0]) <\(Wording.hex(UInt64(count)))>")
        }
    }
}
