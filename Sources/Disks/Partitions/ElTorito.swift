/// The boot catalogue of a CD image, whose entries U-Boot takes for partitions.
///
/// Layout: ECMA-119 (descriptors from block 16 on) and the El Torito specification (boot record and catalogue). Blocks
/// have 2048 bytes; starts and sizes are given in blocks of 512 bytes.
public enum ElTorito {
    private static let blockByteCount = 2048
    private static let firstDescriptor = 16
    /// The most descriptors that are looked at; a CD has a handful.
    private static let descriptorLimit = 1 << 16
    private static let entryByteCount = 0x20
    private static let diskBlocksPerBlock: UInt64 = 4

    /// An entry of the catalogue.
    public struct Entry: Sendable, Equatable {
        /// The first block of 512 bytes.
        public var start: UInt64
        /// The number of blocks of 512 bytes.
        public var blockCount: UInt64
    }

    /// Finds a bootable entry by its number, from 1 on.
    public static func entry(_ number: Int, on disk: Disk) -> Entry? {
        guard let catalogue = catalogue(of: disk), isValid(catalogue) else { return nil }
        var found = 1
        for offset in stride(from: entryByteCount, to: blockByteCount, by: entryByteCount) {
            switch catalogue[offset] {
            case 0x88, 0x00:
                guard found == number else {
                    found += 1
                    continue
                }
                return catalogue[offset] == 0x88 ? entry(catalogue[offset..<(offset + entryByteCount)]) : nil
            // Headers of sections, and extensions.
            case 0x90, 0x91, 0x44: continue
            default: return nil
            }
        }
        return nil
    }

    private static func entry(_ bytes: ArraySlice<UInt8>) -> Entry {
        let bytes = Array(bytes)
        // Floppies have the size of their kind.
        let size: UInt64 =
            switch bytes[1] {
            case 0: bytes.little(at: 6, 2) >> 2
            case 1: 2400 >> 2
            case 2, 4: 2880 >> 2
            case 3: 5760 >> 2
            default: 0
            }
        return Entry(start: bytes.little(at: 8, 4) * diskBlocksPerBlock, blockCount: size * diskBlocksPerBlock)
    }

    /// The block that the boot record points to.
    private static func catalogue(of disk: Disk) -> [UInt8]? {
        guard var block = read(firstDescriptor, of: disk), block[0] == 1,
            block[1..<6].elementsEqual(Array("CD001".utf8))
        else { return nil }
        // The descriptors end where the path table begins.
        let end = min(Int(clamping: block.little(at: 140, 4)), firstDescriptor + descriptorLimit)
        for number in stride(from: firstDescriptor, to: end, by: 1) {
            guard let next = read(number, of: disk) else { return nil }
            block = next
            if block[0] == 0 { break }
            if block[0] == 0xff { return nil }
        }
        guard block[7..<30].elementsEqual(Array("EL TORITO SPECIFICATION".utf8)) else { return nil }
        return read(Int(clamping: block.little(at: 0x47, 4)), of: disk)
    }

    private static func isValid(_ catalogue: [UInt8]) -> Bool {
        let sum = (0..<16).reduce(UInt64(0)) { $0 + catalogue.little(at: $1 * 2, 2) }
        return sum & 0xffff == 0 && catalogue[30] == 0x55 && catalogue[31] == 0xaa
    }

    private static func read(_ block: Int, of disk: Disk) -> [UInt8]? {
        let (offset, overflow) = block.multipliedReportingOverflow(by: blockByteCount)
        return overflow ? nil : disk.read(offset, blockByteCount)
    }
}
