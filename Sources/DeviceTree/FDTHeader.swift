/// The ten fields at the start of a flattened tree, in host byte order (DTSpec 0.4 §5.2).
public struct FDTHeader: Equatable, Sendable {
    /// The bytes that the version 17 header takes.
    public static let byteCount = 40
    /// What `magic` holds in a tree.
    public static let magic: UInt32 = 0xd00d_feed

    /// `0xd00dfeed` in a tree.
    public var magic: UInt32
    /// Bytes from the start of the header to the end of the tree, free space included.
    public var totalSize: UInt32
    /// Bytes from the start of the header to the structure block.
    public var offDtStruct: UInt32
    /// Bytes from the start of the header to the strings block.
    public var offDtStrings: UInt32
    /// Bytes from the start of the header to the memory reservation block.
    public var offMemRsvmap: UInt32
    /// The format's version, 17 today.
    public var version: UInt32
    /// The oldest version that a reader may take the tree for, 16 today.
    public var lastCompVersion: UInt32
    /// The `reg` of the processor that boots.
    public var bootCpuidPhys: UInt32
    /// The length of the strings block in bytes.
    public var sizeDtStrings: UInt32
    /// The length of the structure block in bytes; only from version 17 on.
    public var sizeDtStruct: UInt32

    /// Reads the first 40 bytes without judging them; fewer give `FDT_ERR_TRUNCATED`.
    public init(_ bytes: RawSpan) throws(FDTError) {
        guard bytes.byteCount >= Self.byteCount else { throw .truncated }
        magic = bytes.bigEndianWord(at: 0)
        totalSize = bytes.bigEndianWord(at: 4)
        offDtStruct = bytes.bigEndianWord(at: 8)
        offDtStrings = bytes.bigEndianWord(at: 12)
        offMemRsvmap = bytes.bigEndianWord(at: 16)
        version = bytes.bigEndianWord(at: 20)
        lastCompVersion = bytes.bigEndianWord(at: 24)
        bootCpuidPhys = bytes.bigEndianWord(at: 28)
        sizeDtStrings = bytes.bigEndianWord(at: 32)
        sizeDtStruct = bytes.bigEndianWord(at: 36)
    }

    /// Writes all ten fields over the first 40 bytes without judging them; fewer give `FDT_ERR_TRUNCATED`.
    public func store(in tree: inout MutableRawSpan) throws(FDTError) {
        guard tree.byteCount >= Self.byteCount else { throw .truncated }
        for (index, word) in words.enumerated() {
            tree.storeBytes(of: word.bigEndian, toByteOffset: 4 * index, as: UInt32.self)
        }
    }

    /// The fields in the order of the format.
    var words: [UInt32] {
        [
            magic, totalSize, offDtStruct, offDtStrings, offMemRsvmap,
            version, lastCompVersion, bootCpuidPhys, sizeDtStrings, sizeDtStruct,
        ]
    }
}

extension RawSpan {
    /// The big-endian word at `offset`, which must lie inside.
    fileprivate func bigEndianWord(at offset: Int) -> UInt32 {
        UInt32(bigEndian: unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self))
    }
}
