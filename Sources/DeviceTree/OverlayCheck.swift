/// Finds what makes `fdt_overlay_apply` of libfdt 1.6.1 leave its buffers or recurse without end.
///
/// It follows the offsets of fixups without checking them, and aliases without counting. All else is left to libfdt.
struct OverlayCheck {
    private let overlay: DeviceTreeNode
    private let base: [UInt8]

    init(overlay: DeviceTreeDocument, base: [UInt8]) {
        self.overlay = overlay.root
        self.base = base
    }

    /// Throws `FDT_ERR_BADOVERLAY` for an overlay that must not reach libfdt.
    func run() throws(FDTError) {
        if let fixups = overlay.child(named: Self.localFixups) {
            guard !fixups.children.contains(where: { Self.isFixups($0.name) }) else { throw .badOverlay }
            try checkLocal(fixups, of: overlay)
        }
        for fixup in overlay.child(named: Self.fixups)?.properties ?? [] {
            try checkSymbol(fixup.name)
            for place in fixup.value.split(separator: 0) { try checkPlace(place) }
        }
        for fragment in overlay.children {
            guard let path = fragment.property(named: Self.targetPath)?.value else { continue }
            try checkTarget(path)
        }
    }

    private static let fixups = Array("__fixups__".utf8)
    private static let localFixups = Array("__local_fixups__".utf8)
    private static let targetPath = Array("target-path".utf8)
    /// Properties that libfdt changes or follows by itself while it applies; fixups must not touch them.
    private static let reserved = [targetPath, Array("phandle".utf8), Array("linux,phandle".utf8)]
    private static let slash = UInt8(ascii: "/")

    /// Each cell of `/__local_fixups__` is the offset of a phandle inside the property of the same path.
    private func checkLocal(_ fixups: DeviceTreeNode, of node: DeviceTreeNode) throws(FDTError) {
        for fixup in fixups.properties {
            guard !Self.reserved.contains(fixup.name) else { throw .badOverlay }
            guard let target = node.property(named: fixup.name), let offsets = fixup.cells else { continue }
            guard offsets.allSatisfy({ Int($0) + 4 <= target.value.count }) else { throw .badOverlay }
        }
        for child in fixups.children {
            guard let target = node.child(named: child.name) else { continue }
            try checkLocal(child, of: target)
        }
    }

    /// A fixup is named for a label, whose path in the base must not be looked up as an alias.
    private func checkSymbol(_ label: [UInt8]) throws(FDTError) {
        guard !Self.reserved.contains(label) else { throw .badOverlay }
        guard let path = value(of: label, in: "/__symbols__") else { return }
        guard path.first == Self.slash else { throw .badOverlay }
    }

    /// A place is `path:property:offset`.
    private func checkPlace(_ place: ArraySlice<UInt8>) throws(FDTError) {
        let parts = place.split(separator: UInt8(ascii: ":"), maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].first == Self.slash, !Self.reserved.contains(Array(parts[1])),
            let offset = Int32(String(decoding: parts[2], as: UTF8.self)), 0..<(Int32.max - 4) ~= offset
        else { throw .badOverlay }
        let top = parts[0].split(separator: Self.slash).first ?? []
        guard !Self.isFixups(top) else { throw .badOverlay }
    }

    private static func isFixups(_ name: some Sequence<UInt8>) -> Bool {
        name.starts(with: fixups) || name.starts(with: localFixups)
    }

    /// A target may be an alias, provided that it leads to a path and that the overlay leaves it alone.
    private func checkTarget(_ path: [UInt8]) throws(FDTError) {
        guard path.contains(0) else { throw .badOverlay }
        guard path.first != Self.slash else { return }
        let alias = Array(path.prefix { $0 != 0 && $0 != Self.slash })
        guard !Self.mentions(alias, overlay) else { throw .badOverlay }
        guard let value = value(of: alias, in: "/aliases") else { return }
        guard value.first == Self.slash else { throw .badOverlay }
    }

    private static func mentions(_ property: [UInt8], _ node: DeviceTreeNode) -> Bool {
        node.property(named: property) != nil || node.children.contains { mentions(property, $0) }
    }

    private func value(of property: [UInt8], in path: String) -> [UInt8]? {
        do throws(FDTError) {
            let range = try FlattenedTree.withBytes(of: base) { (bytes) throws(FDTError) in
                let node = try FlattenedTree.offset(ofPath: Array(path.utf8), in: bytes)
                return try FlattenedTree.property(property, ofNode: node, in: bytes)
            }
            return Array(base[range])
        } catch {
            return nil
        }
    }
}
