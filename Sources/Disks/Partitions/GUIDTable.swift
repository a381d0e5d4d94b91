internal import Digest

/// The GUID partition table (UEFI specification 2.10, chapter 5) as U-Boot reads it.
public struct GUIDTable: Sendable {
    /// An entry that is in use.
    public struct Entry: Sendable, Equatable {
        /// Its number, from 1 on.
        public var number: Int
        /// The first block.
        public var first: UInt64
        /// The last block.
        public var last: UInt64
        /// What it is for.
        public var type: String
        /// What makes it unique.
        public var uuid: String
        /// The attribute bits.
        public var attributes: UInt64
        /// Its name, one byte for each character as U-Boot shows it.
        public var name: [UInt8]
        /// Whether U-Boot takes it for bootable: an EFI system partition, or the attribute for old firmware.
        public var isBootable: Bool { attributes & 4 != 0 || type == systemPartition }
    }

    /// The entries that are in use, in the order of their numbers.
    public let entries: [Entry]

    private static let systemPartition = "c12a7328-f81f-11d2-ba4b-00a0c93ec93b"
    /// U-Boot takes each entry to have this many bytes, whatever the header says.
    private static let entryByteCount = 128
    /// The most bytes of entries that are looked at; U-Boot's limit is what its heap has.
    private static let arrayLimit = 4 << 20

    /// Whether a first block says that a GUID table follows.
    static func isProtected(_ block: [UInt8]) -> Bool {
        block[510] == 0x55 && block[511] == 0xaa
            && MasterBootRecord.slots(block).contains { $0.type == 0xee && $0.start == 1 }
    }

    /// Reads the table behind the first block or, where that is damaged, the one at the end; nil if both are.
    public init?(of disk: Disk) {
        let last = disk.blockCount - 1
        guard let bytes = Self.array(headerAt: 1, on: disk) ?? Self.array(headerAt: last, on: disk) else { return nil }
        entries = Self.entries(bytes.content, count: bytes.count)
    }

    /// The bytes of all entries and how many there are, where a header and its checksums are right.
    private static func array(headerAt block: Int, on disk: Disk) -> (content: [UInt8], count: Int)? {
        guard block > 0, let header = disk.read(block * Disk.blockSize, Disk.blockSize) else { return nil }
        guard header.starts(with: Array("EFI PART".utf8)) else { return nil }
        let headerSize = header.littleInt(at: 12, 4)
        guard headerSize <= Disk.blockSize else { return nil }
        var checked = header
        checked.store(0, at: 16, 4)
        guard crc32(Array(checked.prefix(headerSize))) == header.little(at: 16, 4) else { return nil }
        guard header.little(at: 24, 8) == UInt64(block) else { return nil }
        let size = UInt64(disk.blockCount)
        guard header.little(at: 40, 8) < size, header.little(at: 48, 8) < size else { return nil }
        let count = header.littleInt(at: 80, 4)
        let (byteCount, overflow) = count.multipliedReportingOverflow(by: header.littleInt(at: 84, 4))
        guard !overflow, byteCount > 0, byteCount <= arrayLimit else { return nil }
        let start = header.little(at: 72, 8)
        guard start < size, let content = disk.read(Int(start) * Disk.blockSize, byteCount),
            crc32(content) == header.little(at: 88, 4)
        else { return nil }
        return (content, count)
    }

    private static func entries(_ content: [UInt8], count: Int) -> [Entry] {
        var entries: [Entry] = []
        for index in 0..<min(count, content.count / entryByteCount) {
            let entry = Array(content[(index * entryByteCount)..<((index + 1) * entryByteCount)])
            guard entry[..<16].contains(where: { $0 != 0 }) else { continue }
            entries.append(
                Entry(
                    number: index + 1, first: entry.little(at: 32, 8), last: entry.little(at: 40, 8),
                    type: uuid(entry, at: 0), uuid: uuid(entry, at: 16), attributes: entry.little(at: 48, 8),
                    name: name(entry)))
        }
        return entries
    }

    /// The low byte of each character up to a NUL; what cannot be printed is a dot.
    private static func name(_ entry: [UInt8]) -> [UInt8] {
        let bytes = stride(from: 56, to: entryByteCount, by: 2).map { entry[$0] }.prefix { $0 != 0 }
        return bytes.map { byte in
            let isPrintable = byte >= 0xa0 || (byte >= 0x20 && byte < 0x7f)
            return isPrintable ? byte : UInt8(ascii: ".")
        }
    }

    /// The text of an identifier: its first three numbers have the lowest byte first.
    static func uuid(_ bytes: [UInt8], at place: Int) -> String {
        let order = [3, 2, 1, 0, -1, 5, 4, -1, 7, 6, -1, 8, 9, -1, 10, 11, 12, 13, 14, 15]
        return order.map { $0 < 0 ? "-" : hexadecimal(UInt64(bytes[place + $0]), width: 2) }.joined()
    }
}
