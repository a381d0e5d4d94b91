/// What the first sector of a FAT file system says about it, before anything is checked.
public struct FATBootSector {
    /// How wide the entries of the allocation table are, by the name that the sector gives the file system.
    public let width: FATVolume.Width
    /// The name of the volume: eleven bytes.
    public let label: [UInt8]
    /// The number of the volume.
    public let serial: UInt32
    let bytes: [UInt8]

    /// Reads a slice's first sector; nil where that cannot be read, or does not name a kind of FAT.
    public init?(_ slice: DiskSlice) {
        guard let sector = slice.read(0, FATVolume.sectorSize) else { return nil }
        let isWide = sector.little(at: 22, 2) == 0
        let info = isWide ? 64 : 36
        let name = sector[(info + 18)..<(info + 26)]
        if isWide {
            guard name.elementsEqual(Array("FAT32   ".utf8)) else { return nil }
            width = .bits32
        } else if name.prefix(5).elementsEqual(Array("FAT12".utf8)) {
            width = .bits12
        } else if name.prefix(5).elementsEqual(Array("FAT16".utf8)) {
            width = .bits16
        } else {
            return nil
        }
        label = Array(sector[(info + 7)..<(info + 18)])
        serial = UInt32(truncatingIfNeeded: sector.little(at: info + 3, 4))
        bytes = sector
    }
}
