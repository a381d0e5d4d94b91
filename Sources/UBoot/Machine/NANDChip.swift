/// A raw NAND flash chip, as the board has it and with what was done to it since.
public struct NANDChip: Sendable, Equatable {
    /// The name that `nand info` shows.
    public var name: ByteString
    /// Bytes of a page.
    public var pageByteCount: UInt64
    /// Bytes beside each page.
    public var spareByteCount: UInt64
    /// Bytes of a block, which is erased as a whole.
    public var blockByteCount: UInt64
    /// Bytes of the chip, whole blocks.
    public var byteCount: UInt64
    /// Bits that the driver corrects in a step.
    public var correctedBits: Int
    /// Bytes of a step.
    public var stepByteCount: Int
    /// The offsets of blocks that are bad.
    public var badBlocks: Set<UInt64>
    /// What it holds from its start on; the rest is erased.
    private var content: [UInt8]
    /// The blocks that were changed, by their offset.
    private var changed: [UInt64: [UInt8]] = [:]

    /// A chip from its parts; `byteCount` has to be whole blocks of whole pages.
    public init(
        name: ByteString, pageByteCount: UInt64, spareByteCount: UInt64, blockByteCount: UInt64, byteCount: UInt64,
        correctedBits: Int = 1, stepByteCount: Int = 256, badBlocks: Set<UInt64> = [], content: [UInt8] = []
    ) {
        self.name = name
        self.pageByteCount = pageByteCount
        self.spareByteCount = spareByteCount
        self.blockByteCount = blockByteCount
        self.byteCount = byteCount
        self.correctedBits = correctedBits
        self.stepByteCount = stepByteCount
        self.badBlocks = badBlocks
        self.content = content
    }

    /// The block that a byte is in.
    func block(of offset: UInt64) -> UInt64 { offset / blockByteCount * blockByteCount }

    /// Bytes inside of one block.
    func read(_ offset: UInt64, _ count: UInt64) -> [UInt8] {
        let start = block(of: offset)
        let place = Int(offset - start)
        return Array(bytes(ofBlock: start)[place..<(place + Int(count))])
    }

    /// Programs bytes inside of one block; false where it is not erased.
    mutating func program(_ bytes: [UInt8], at offset: UInt64) -> Bool {
        let start = block(of: offset)
        var block = self.bytes(ofBlock: start)
        let place = Int(offset - start)
        guard block[place..<(place + bytes.count)].allSatisfy({ $0 == 0xff }) else { return false }
        block.replaceSubrange(place..<(place + bytes.count), with: bytes)
        changed[start] = block
        return true
    }

    /// Erases a block.
    mutating func erase(block start: UInt64) {
        changed[start] = [UInt8](repeating: 0xff, count: Int(blockByteCount))
    }

    private func bytes(ofBlock start: UInt64) -> [UInt8] {
        if let block = changed[start] { return block }
        let known = start < UInt64(content.count) ? content[Int(start)...].prefix(Int(blockByteCount)) : []
        return known + [UInt8](repeating: 0xff, count: Int(blockByteCount) - known.count)
    }
}
