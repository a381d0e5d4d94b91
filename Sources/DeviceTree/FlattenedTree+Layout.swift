internal import CFDT

extension FlattenedTree {
    /// Writes `totalsize`, whatever it says; a size past the span makes all other functions refuse the tree.
    public static func setTotalSize(_ size: UInt32, in tree: inout MutableRawSpan) throws(FDTError) {
        try unsafe editing(&tree) { (tree, _) throws(FDTError) in unsafe fdt_set_totalsize(tree, size) }
    }

    /// Writes `boot_cpuid_phys`.
    public static func setBootCPU(_ identifier: UInt32, in tree: inout MutableRawSpan) throws(FDTError) {
        try unsafe editing(&tree) { (tree, _) throws(FDTError) in unsafe fdt_set_boot_cpuid_phys(tree, identifier) }
    }

    /// `fdt_open_into` onto itself: makes the tree `size` bytes long and fit for edits.
    ///
    /// A size that neither holds the tree nor fits the span gives `FDT_ERR_NOSPACE`; blocks out of order are put in
    /// order, for which libfdt needs room for a second tree behind the first.
    public static func openInPlace(size: Int, in tree: inout MutableRawSpan) throws(FDTError) {
        let room = tree.byteCount
        try unsafe editing(&tree) { (tree, _) throws(FDTError) in
            try unsafe open(tree, into: tree, size: size, room: room)
        }
    }

    /// `fdt_open_into`: copies `source` to the start of `target` and makes it `size` bytes long.
    public static func open(
        _ source: [UInt8], into target: inout MutableRawSpan, size: Int
    ) throws(FDTError) {
        let room = target.byteCount
        try unsafe target.withUnsafeMutableBytes { (raw) throws(FDTError) in
            guard let target = raw.baseAddress else { throw .noSpace }
            try withBytes(of: source) { (bytes) throws(FDTError) in
                try unsafe reading(bytes) { (source, _) throws(FDTError) in
                    try unsafe open(source, into: target, size: size, room: room)
                }
            }
        }
    }

    /// `fdt_pack`: puts the blocks side by side and cuts `totalsize` to what they take.
    ///
    /// Divergence: a reservation block that runs into the next one gives `FDT_ERR_BADLAYOUT`, as libfdt would write
    /// past the end of the tree.
    public static func pack(in tree: inout MutableRawSpan) throws(FDTError) {
        try unsafe editing(&tree) { (tree, _) throws(FDTError) in
            let header = try unsafe header(of: tree)
            let count = try unsafe FDTError.checked(fdt_num_mem_rsv(tree))
            if header.version >= 17, packedSize(header, reservationCount: count) > header.totalSize {
                throw .badLayout
            }
            try unsafe FDTError.checked(fdt_pack(tree))
        }
    }

    private static func open(
        _ source: UnsafeRawPointer, into target: UnsafeMutableRawPointer, size: Int, room: Int
    ) throws(FDTError) {
        guard size <= room, let size = Int32(exactly: size), size >= 0 else { throw .noSpace }
        let header = try unsafe header(of: source)
        let count = try unsafe FDTError.checked(fdt_num_mem_rsv(source))
        guard packedSize(header, reservationCount: count) <= Int(Int32.max) else { throw .noSpace }
        try unsafe FDTError.checked(fdt_open_into(source, target, size))
    }

    private static func header(of tree: UnsafeRawPointer) throws(FDTError) -> FDTHeader {
        try unsafe FDTHeader(UnsafeRawBufferPointer(start: tree, count: FDTHeader.byteCount).bytes)
    }

    private static func packedSize(_ header: FDTHeader, reservationCount: Int) -> Int {
        FDTHeader.byteCount + 16 * (reservationCount + 1) + Int(header.sizeDtStruct) + Int(header.sizeDtStrings)
    }
}
