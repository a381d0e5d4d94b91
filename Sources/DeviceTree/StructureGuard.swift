internal import CFDT
internal import Glibc

/// Refuses the one kind of structure block that libfdt 1.6.1 neither rejects nor survives.
///
/// It adds a property's length to an offset without looking for overflow. Lengths from `fffffff0` up come out at or
/// just after the property itself: the next tag is then the same one, for ever, or the name's offset lies outside.
enum StructureGuard {
    /// Throws `FDT_ERR_BADSTRUCTURE` if such a property can be reached from the root.
    ///
    /// Costs one `memchr` over the block where there are no candidates. Where there are, `offset` must also be one
    /// of a tag that can be reached from the root, as a walk from the middle of a value could meet one as well.
    static func check(_ tree: UnsafeRawPointer, _ header: FDTHeader, from offset: Int32) throws(FDTError) {
        guard unsafe hasCandidate(tree, header) else { return }
        var isReached = offset < 0
        var at: Int32 = 0
        while true {
            isReached = isReached || at == offset
            var next: Int32 = 0
            let tag = unsafe fdt_next_tag(tree, at, &next)
            if tag == UInt32(FDT_PROP) {
                let length = unsafe tree.loadUnaligned(
                    fromByteOffset: Int(header.offDtStruct) + Int(at) + 4, as: UInt32.self)
                guard UInt32(bigEndian: length) <= UInt32(Int32.max) else { throw .badStructure }
            }
            guard next > at, tag != UInt32(FDT_END) else { break }
            at = next
        }
        guard isReached else { throw .badOffset }
    }

    /// Whether the bytes `00000003 ffffff` are anywhere in the structure block.
    private static func hasCandidate(_ tree: UnsafeRawPointer, _ header: FDTHeader) -> Bool {
        let start = Int(header.offDtStruct)
        let end = header.version >= 17 ? start + Int(header.sizeDtStruct) : Int(header.totalSize)
        var at = start + 4
        while at + 4 <= end, let hit = unsafe memchr(tree + at, 0xff, end - at) {
            at = unsafe UnsafeRawPointer(hit) - tree
            guard at + 4 <= end else { return false }
            let tag = unsafe tree.loadUnaligned(fromByteOffset: at - 4, as: UInt32.self)
            let length = unsafe tree.loadUnaligned(fromByteOffset: at, as: UInt32.self)
            if UInt32(bigEndian: tag) == UInt32(FDT_PROP), UInt32(bigEndian: length) >= 0xffff_ff00 { return true }
            at += 1
        }
        return false
    }
}
