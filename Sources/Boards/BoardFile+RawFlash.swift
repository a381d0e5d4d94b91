internal import UBoot
internal import YAML

extension BoardFile.DevicePart {
    private static let largestChip: UInt64 = 64 << 30

    /// A NAND chip, whose blocks are whole pages and whose size is whole blocks.
    static func chip(_ chip: RawFlash, _ index: Int) throws(BoardError) -> NANDChip {
        let (page, block, size) = (chip.page.value, chip.block.value.value, chip.size.value.value)
        guard page > 0, (page...(64 << 20)).contains(block), block % page == 0 else {
            throw BoardError(.badDevice("a block of \(block) bytes with pages of \(page)"), at: chip.block.place)
        }
        guard (block...largestChip).contains(size), size % block == 0 else {
            throw BoardError(.badDevice("\(size) bytes with blocks of \(block)"), at: chip.size.place)
        }
        var bad: Set<UInt64> = []
        for offset in chip.bad ?? [] {
            guard offset.value.value < size else {
                throw BoardError(.badDevice("a bad block behind the end"), at: offset.place)
            }
            bad.insert(offset.value.value / block * block)
        }
        return NANDChip(
            name: ByteString(utf8: chip.name ?? "nand\(index)"), pageByteCount: page,
            spareByteCount: chip.spare?.value ?? page / 32, blockByteCount: block, byteCount: size,
            correctedBits: chip.correction?.bits ?? 1, stepByteCount: chip.correction?.step ?? 256, badBlocks: bad,
            content: try chip.file.map { (file) throws(BoardError) in try BoardFolder.read(file) } ?? [])
    }
}
