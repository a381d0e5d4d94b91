internal import CFDT

/// A range of physical memory that the tree's reservation block keeps from use.
public struct MemoryReservation: Equatable, Hashable, Sendable {
    /// The physical address of the first byte.
    public var address: UInt64
    /// The length in bytes; an entry of 0 ends the block in a flattened tree.
    public var size: UInt64

    /// A range of `size` bytes from `address`.
    public init(address: UInt64, size: UInt64) {
        self.address = address
        self.size = size
    }
}

extension FlattenedTree {
    /// `fdt_num_mem_rsv`: the entries before the one of size 0, `FDT_ERR_TRUNCATED` where none ends the block.
    public static func reservationCount(in bytes: RawSpan) throws(FDTError) -> Int {
        try unsafe reading(bytes) { (tree, _) throws(FDTError) in
            try unsafe FDTError.checked(fdt_num_mem_rsv(tree))
        }
    }

    /// `fdt_get_mem_rsv`: also reads entries behind the last one, up to the end of the tree (`FDT_ERR_BADOFFSET`).
    public static func reservation(at index: Int, in bytes: RawSpan) throws(FDTError) -> MemoryReservation {
        try unsafe reading(bytes) { (tree, _) throws(FDTError) in
            guard let index = Int32(exactly: index), 0..<(1 << 27) ~= index else { throw .badOffset }
            var entry = MemoryReservation(address: 0, size: 0)
            try unsafe FDTError.checked(fdt_get_mem_rsv(tree, index, &entry.address, &entry.size))
            return entry
        }
    }

    /// All reservations in the order of the tree.
    public static func reservations(in bytes: RawSpan) throws(FDTError) -> [MemoryReservation] {
        var entries: [MemoryReservation] = []
        for index in 0..<(try reservationCount(in: bytes)) {
            entries.append(try reservation(at: index, in: bytes))
        }
        return entries
    }

    /// `fdt_add_mem_rsv`: appends an entry; `FDT_ERR_NOSPACE` where `totalsize` leaves no 16 bytes.
    public static func addReservation(
        address: UInt64, size: UInt64, in tree: inout MutableRawSpan
    ) throws(FDTError) {
        try unsafe editing(&tree) { (tree, _) throws(FDTError) in
            try unsafe FDTError.checked(fdt_num_mem_rsv(tree))
            try unsafe FDTError.checked(fdt_add_mem_rsv(tree, address, size))
        }
    }

    /// `fdt_del_mem_rsv`; an index without an entry gives `FDT_ERR_NOTFOUND`.
    public static func deleteReservation(at index: Int, in tree: inout MutableRawSpan) throws(FDTError) {
        try unsafe editing(&tree) { (tree, _) throws(FDTError) in
            let count = try unsafe FDTError.checked(fdt_num_mem_rsv(tree))
            guard 0..<count ~= index else { throw .notFound }
            try unsafe FDTError.checked(fdt_del_mem_rsv(tree, Int32(index)))
        }
    }
}
