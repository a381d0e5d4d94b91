internal import DeviceTree
internal import UBoot

/// A node that Xen takes for a boot module, or was meant to be one.
struct XenModule: Sendable {
    /// What Xen does with a module.
    enum Kind: String, Sendable {
        case kernel, ramdisk
        case xsm = "security policy"
        case deviceTree = "partial device tree"
    }

    /// Whom a module belongs to.
    enum Owner: Sendable, Equatable {
        /// It stands directly in `/chosen`.
        case dom0
        /// The path of the node that holds it, which has `xen,domain`.
        case domain(String)
        /// The path of the node that holds it, which has not.
        case other(String)
    }

    /// What is wrong with its `reg`, so that Xen reads something else than was meant.
    enum RegFault: Sendable, Equatable {
        case missing, short, long
        /// A number that does not fit into its cell, as it was written.
        case truncated(String)
    }

    /// Both of these make a node a module.
    static let genericNames = ["multiboot,module", "xen,multiboot-module"]
    /// What a module is, by its compatible string; the ones that begin with `xen,linux` are older.
    static let kinds: [(name: String, kind: Kind)] = [
        ("multiboot,kernel", .kernel), ("multiboot,ramdisk", .ramdisk), ("multiboot,device-tree", .deviceTree),
        ("xen,linux-zimage", .kernel), ("xen,linux-initrd", .ramdisk), ("xen,xsm-policy", .xsm),
    ]

    var path: String
    var owner: Owner
    var compatible: [String]
    /// What it is; for a module of dom0 without a kind, what Xen guesses.
    var kind: Kind?
    /// The value of `reg`; nil if there is none.
    var reg: [UInt8]?
    /// Cells of an address and of a size, as Xen finds them.
    var cells: (address: Int, size: Int)
    var fault: RegFault?
    var regEdit: TreeEdit?
    /// The line to show for the node: the one that set `reg`, else one that made it.
    var place: ScriptPlace?
    /// The line that set `compatible`, else `place`.
    var compatiblePlace: ScriptPlace?

    /// Whether Xen takes the node for a module.
    var isGeneric: Bool { compatible.contains { Self.genericNames.contains($0) } }

    /// Whether a string says what it is.
    var hasKindName: Bool { compatible.contains { name in Self.kinds.contains { $0.name == name } } }

    /// The memory it names; nil where Xen would read something else than was meant.
    var range: AddressRange? {
        guard fault == nil, let reg, cells.address > 0, cells.size > 0 else { return nil }
        return AddressRange(
            start: Address(Self.number(reg.prefix(4 * cells.address))),
            size: Self.number(reg.dropFirst(4 * cells.address).prefix(4 * cells.size)))
    }

    /// The memory that was probably meant, when the cell counts do not fit.
    var guess: AddressRange? {
        guard let reg, reg.count >= 8, reg.count <= 16, reg.count.isMultiple(of: 4) else { return nil }
        let split = (reg.count / 4 + 1) / 2 * 4
        return AddressRange(
            start: Address(Self.number(reg.prefix(split))), size: Self.number(reg.dropFirst(split)))
    }

    /// The line that gives the module this memory.
    func line(for range: AddressRange) -> String {
        let path = regEdit.map { Wording.plain($0.path) } ?? self.path
        let words = Self.words(range.start.value, cells.address) + Self.words(range.size, cells.size)
        return "fdt set \(path) reg <\(words.joined(separator: " "))>"
    }

    /// Whether the numbers of a range fit into the cells.
    func fits(_ range: AddressRange) -> Bool {
        (cells.address > 1 || range.start.value <= UInt32.max) && (cells.size > 1 || range.size <= UInt32.max)
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }

    private static func words(_ value: UInt64, _ cells: Int) -> [String] {
        (0..<min(max(cells, 0), 4)).reversed().map { index in
            Wording.hex(index > 1 ? 0 : value >> (32 * UInt64(index)) & 0xffff_ffff)
        }
    }
}
