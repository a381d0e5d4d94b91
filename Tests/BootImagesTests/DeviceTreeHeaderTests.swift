import BootImages
import Testing

struct DeviceTreeHeaderTests {
    private let bytes: [UInt8] = [0xd0, 0x0d, 0xfe, 0xed, 0x00, 0x01, 0x02, 0x03, 0xff]

    @Test func totalSizeIsBigEndian() throws {
        #expect(try DeviceTreeHeader(bytes).totalByteCount == 0x10203)
    }

    @Test(arguments: 0..<8)
    func shorterThanTwoWordsIsTruncated(count: Int) {
        #expect(throws: ImageFormatError.truncated(need: 8, have: count)) {
            try DeviceTreeHeader(Array(bytes.prefix(count)))
        }
    }

    @Test func theSwappedMagicNumberIsNoTree() {
        let swapped = Array(bytes.prefix(4).reversed()) + bytes.dropFirst(4)
        #expect(throws: ImageFormatError.badMagic(offset: 0, found: 0xedfe_0dd0, expected: 0xd00d_feed)) {
            try DeviceTreeHeader(swapped)
        }
    }
}
