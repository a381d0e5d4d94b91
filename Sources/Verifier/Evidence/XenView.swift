internal import DeviceTree
internal import UBoot

/// What Xen finds in the final tree.
struct XenView: Sendable {
    /// A child of `/chosen` that is a domain.
    struct Domain: Sendable {
        var path: String
        var place: ScriptPlace?
    }

    /// A node that holds modules, and whether it says itself how many cells their `reg` has.
    struct Parent: Sendable {
        var path: String
        var hasAddressCells: Bool
        var hasSizeCells: Bool
        var cells: (address: Int, size: Int)
        var place: ScriptPlace?
    }

    /// The modules, and nodes that look like one, in the order of the tree.
    private(set) var modules: [XenModule] = []
    private(set) var domains: [Domain] = []
    private(set) var parents: [Parent] = []
    /// Whether anything in the tree is for Xen.
    private(set) var isThere = false

    init(_ tree: DeviceTreeDocument?, history: EditHistory, record: BootRecord) {
        guard let tree, let chosen = tree["/chosen"] else { return }
        let root = Self.cells(of: tree.root, inherited: (2, 1))
        let cells = Self.cells(of: chosen, inherited: root)
        let reader = Reader(history: history, record: record)
        for child in chosen.children {
            let path = "/chosen/" + String(decoding: child.name, as: UTF8.self)
            let names = Self.compatible(of: child)
            if names.contains("xen,domain") { domains.append(Domain(path: path, place: reader.place(path))) }
            if let module = reader.module(child, path, .dom0, cells) { modules.append(module) }
            let inner = Self.cells(of: child, inherited: cells)
            let owner: XenModule.Owner = names.contains("xen,domain") ? .domain(path) : .other(path)
            let held = child.children.compactMap { grandchild in
                reader.module(
                    grandchild, path + "/" + String(decoding: grandchild.name, as: UTF8.self), owner, inner)
            }
            modules += held
            if held.contains(where: \.isGeneric) { parents.append(Self.parent(child, path, inner, reader)) }
        }
        if modules.contains(where: { $0.owner == .dom0 && $0.isGeneric }) {
            parents.insert(Self.parent(chosen, "/chosen", cells, reader), at: 0)
        }
        isThere = !modules.isEmpty || !domains.isEmpty || chosen.property("xen,xen-bootargs") != nil
        guessKinds()
    }

    /// Xen takes the first module of dom0 without a kind for the kernel and the second one for the ramdisk.
    private mutating func guessKinds() {
        var guesses: [XenModule.Kind] = [.kernel, .ramdisk]
        for index in modules.indices where modules[index].isGeneric && !modules[index].hasKindName {
            guard !guesses.isEmpty else { return }
            let guess = guesses.removeFirst()
            if modules[index].owner == .dom0 { modules[index].kind = guess }
        }
    }

    private static func parent(
        _ node: DeviceTreeNode, _ path: String, _ cells: (address: Int, size: Int), _ reader: Reader
    ) -> Parent {
        Parent(
            path: path, hasAddressCells: node.property("#address-cells") != nil,
            hasSizeCells: node.property("#size-cells") != nil, cells: cells, place: reader.place(path))
    }

    /// Xen lets a node without cell counts have those of its parent.
    private static func cells(
        of node: DeviceTreeNode, inherited: (address: Int, size: Int)
    ) -> (address: Int, size: Int) {
        (
            node.property("#address-cells")?.u32.map { Int($0) } ?? inherited.address,
            node.property("#size-cells")?.u32.map { Int($0) } ?? inherited.size
        )
    }

    static func compatible(of node: DeviceTreeNode) -> [String] { node.property("compatible")?.strings ?? [] }

    /// Makes modules of nodes, with the lines that wrote them.
    private struct Reader {
        let history: EditHistory
        let record: BootRecord

        /// The line that made a node, else one that set its `compatible`.
        func place(_ path: String) -> ScriptPlace? {
            (history.maker(of: path) ?? history.setter(of: "compatible", at: path))?.place
        }

        func module(
            _ node: DeviceTreeNode, _ path: String, _ owner: XenModule.Owner, _ cells: (address: Int, size: Int)
        ) -> XenModule? {
            let names = XenView.compatible(of: node)
            let kind = XenModule.kinds.first { names.contains($0.name) }?.kind
            guard kind != nil || names.contains(where: { XenModule.genericNames.contains($0) }) else { return nil }
            let regEdit = history.setter(of: "reg", at: path)
            let compatibleEdit = history.setter(of: "compatible", at: path)
            let reg = node.property("reg")?.value
            return XenModule(
                path: path, owner: owner, compatible: names, kind: kind, reg: reg, cells: cells,
                fault: fault(reg, cells, regEdit), regEdit: regEdit,
                place: regEdit?.place ?? compatibleEdit?.place ?? place(path),
                compatiblePlace: compatibleEdit?.place ?? place(path))
        }

        private func fault(
            _ reg: [UInt8]?, _ cells: (address: Int, size: Int), _ edit: TreeEdit?
        ) -> XenModule.RegFault? {
            guard let reg else { return .missing }
            let wanted = 4 * (cells.address + cells.size)
            if reg.count < wanted { return .short }
            if reg.count > wanted { return .long }
            let words = edit.flatMap { record.command($0.command)?.words.dropFirst(4) } ?? []
            let cell = FDTCells.tokens(words).first { TypedNumber.cell($0).map { $0 > UInt32.max } ?? false }
            return cell.map { .truncated(String(decoding: $0, as: UTF8.self)) }
        }
    }
}

/// The cells of a value of `fdt set` as they were written.
enum FDTCells {
    /// The words between `<` and `>`; none if the value is of another form.
    static func tokens(_ words: some Collection<ByteString>) -> [ArraySlice<UInt8>] {
        let text = Array(words.map(\.bytes).joined(separator: [0x20]))
        guard text.first == UInt8(ascii: "<") else { return [] }
        return text.dropFirst().prefix { $0 != UInt8(ascii: ">") }.split(separator: 0x20)
    }
}
