import BootImages
import Testing

struct Arm64ImageHeaderTests {
    /// A header with everything zero but what is given.
    static func header(textOffset: UInt64 = 0, imageSize: UInt64 = 0, flags: UInt64 = 0, efi: Bool = false) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 64)
        if efi { bytes.replaceSubrange(0..<2, with: [0x4d, 0x5a]) }
        for (offset, value) in [(8, textOffset), (16, imageSize), (24, flags)] {
            bytes.replaceSubrange(
                offset..<offset + 8, with: (0..<8).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) })
        }
        bytes.replaceSubrange(56..<60, with: [0x41, 0x52, 0x4d, 0x64])
        return bytes
    }

    @Test func fieldsAreLittleEndian() throws {
        let bytes = Self.header(textOffset: 0x80000, imageSize: 0x0102_0304_0506_0708, flags: 0xa, efi: true)
        let header = try Arm64ImageHeader(bytes)
        #expect(header.textOffset == 0x80000)
        #expect(header.imageSize == 0x0102_0304_0506_0708)
        #expect(header.flags == 0xa)
        #expect(header.isEFI)
        #expect(header.canBeAnywhere)
        #expect(!header.isBigEndian)
        #expect(header.pageByteCount == 4096)
    }

    @Test(arguments: [(0, nil), (2, 4096), (4, 16384), (6, 65536), (9, nil)] as [(UInt64, Int?)])
    func pageSizeIsInBits1And2(flags: UInt64, expected: Int?) throws {
        let header = try Arm64ImageHeader(Self.header(flags: flags))
        #expect(header.pageByteCount == expected)
        #expect(header.isBigEndian == (flags & 1 == 1))
        #expect(header.canBeAnywhere == (flags == 9))
        #expect(!header.isEFI)
    }

    @Test func bytesAfterTheHeaderDoNotMatter() throws {
        let bytes = Self.header(imageSize: 5)
        let longer = bytes + [UInt8](repeating: 0xff, count: 99)
        #expect(try Arm64ImageHeader(bytes) == Arm64ImageHeader(longer))
    }

    @Test(arguments: 0..<64)
    func shorterThanTheHeaderIsTruncated(count: Int) {
        let bytes = Self.header()
        #expect(throws: ImageFormatError.truncated(need: 64, have: count)) {
            try Arm64ImageHeader(Array(bytes.prefix(count)))
        }
    }

    @Test func anotherMagicNumberIsToldWithItsPlace() {
        let bytes = [UInt8](repeating: 0x11, count: 64)
        let error = ImageFormatError.badMagic(offset: 56, found: 0x1111_1111, expected: 0x644d_5241)
        #expect(throws: error) { try Arm64ImageHeader(bytes) }
        #expect("\(error)" == "0x11111111 at offset 56 is not the magic number 0x644d5241")
    }
}
