import BootImages
import Testing

struct LegacyImageHeaderTests {
    private let image: [UInt8]

    init() throws {
        let image = LegacyImage(
            type: .ramdisk, os: .uBoot, architecture: .riscv, compression: .zstd, name: "a name",
            time: 0x0102_0304, loadAddress: 0x8000_0001, entryPoint: 0xffff_fffe
        )
        self.image = try image.encode(data: [1, 2, 3, 4, 5])
    }

    @Test func fieldsAreReadFromTheirOffsets() throws {
        let header = try LegacyImageHeader(image)
        #expect(header.type == .ramdisk)
        #expect(header.os == .uBoot)
        #expect(header.architecture == .riscv)
        #expect(header.compression == .zstd)
        #expect(header.name == Array("a name".utf8))
        #expect(header.time == 0x0102_0304)
        #expect(header.loadAddress == 0x8000_0001)
        #expect(header.entryPoint == 0xffff_fffe)
        #expect(header.dataByteCount == 5)
        #expect(header.dataRange == 64..<69)
        #expect(header.dataChecksum == 0x470b_99f4)
        #expect(!header.hasParts)
    }

    @Test func checksumsHoldWithMoreBytesBehind() throws {
        let longer = image + [9, 9, 9]
        let header = try LegacyImageHeader(longer)
        #expect(header.headerChecksumMatches(longer))
        #expect(header.dataChecksumMatches(longer))
    }

    @Test(arguments: 0..<69)
    func checksumsNoticeEachChangedByte(index: Int) throws {
        var changed = image
        changed[index] ^= 1
        guard index >= 4 else {
            #expect(throws: ImageFormatError.self) { try LegacyImageHeader(changed) }
            return
        }
        let header = try LegacyImageHeader(changed)
        #expect(header.headerChecksumMatches(changed) == (index >= 64))
        let mattersForData = [12..<16, 24..<28, 64..<69].contains { $0.contains(index) }
        #expect(header.dataChecksumMatches(changed) == !mattersForData)
    }

    @Test(arguments: 0..<64)
    func shorterThanTheHeaderIsTruncated(count: Int) throws {
        let short = Array(image.prefix(count))
        #expect(throws: ImageFormatError.truncated(need: 64, have: count)) { try LegacyImageHeader(short) }
        #expect(try !LegacyImageHeader(image).headerChecksumMatches(short))
    }

    @Test(arguments: 64..<69)
    func missingDataDoesNotMatch(count: Int) throws {
        let short = Array(image.prefix(count))
        let header = try LegacyImageHeader(short)
        #expect(header.headerChecksumMatches(short))
        #expect(!header.dataChecksumMatches(short))
    }
}
