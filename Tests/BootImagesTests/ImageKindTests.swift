import BootImages
import Testing

struct ImageKindTests {
    struct Sample: Sendable, CustomTestStringConvertible {
        var kind: ImageKind
        var bytes: [UInt8]
        /// The fewest bytes that are recognised.
        var minimum: Int
        var testDescription: String { "\(kind)" }
    }

    /// `bytes` at `offset` of a block of `count` bytes that mean nothing.
    private static func block(_ count: Int, _ places: (Int, [UInt8])...) -> [UInt8] {
        var bytes = [UInt8](repeating: 0x01, count: count)
        for (offset, piece) in places { bytes.replaceSubrange(offset..<offset + piece.count, with: piece) }
        return bytes
    }

    private static let mz = Array("MZ".utf8)
    private static let zImageMagic: [UInt8] = [0x18, 0x28, 0x6f, 0x01]
    private static let unknownLength = [UInt8](repeating: 0xff, count: 8)

    static let samples: [Sample] = [
        Sample(kind: .legacyImage, bytes: block(80, (0, [0x27, 0x05, 0x19, 0x56])), minimum: 64),
        Sample(kind: .deviceTree, bytes: block(40, (0, [0xd0, 0x0d, 0xfe, 0xed])), minimum: 8),
        Sample(kind: .elf, bytes: block(64, (0, [0x7f] + Array("ELF".utf8))), minimum: 16),
        Sample(kind: .gzip, bytes: block(20, (0, [0x1f, 0x8b, 0x08])), minimum: 3),
        Sample(kind: .xz, bytes: block(20, (0, [0xfd] + Array("7zXZ\0".utf8))), minimum: 6),
        Sample(kind: .zstd, bytes: block(20, (0, [0x28, 0xb5, 0x2f, 0xfd])), minimum: 4),
        Sample(kind: .lz4Frame, bytes: block(20, (0, [0x04, 0x22, 0x4d, 0x18])), minimum: 4),
        Sample(kind: .lz4Legacy, bytes: block(20, (0, [0x02, 0x21, 0x4c, 0x18])), minimum: 4),
        Sample(kind: .bzip2, bytes: block(20, (0, Array("BZh1".utf8))), minimum: 4),
        Sample(kind: .bzip2, bytes: block(20, (0, Array("BZh9".utf8))), minimum: 4),
        Sample(kind: .lzo, bytes: block(20, (0, [0x89] + Array("LZO\0\r\n".utf8) + [0x1a, 0x0a])), minimum: 9),
        Sample(kind: .lzma, bytes: block(20, (0, [0x5d, 0x00, 0x00, 0x80, 0x00] + unknownLength)), minimum: 13),
        Sample(kind: .lzma, bytes: block(20, (0, [0x5d, 0, 0, 0x60, 0, 1, 2, 3, 4, 0, 0, 0, 0])), minimum: 13),
        Sample(kind: .cpio(.newc), bytes: block(110, (0, Array("070701".utf8))), minimum: 6),
        Sample(kind: .cpio(.crc), bytes: block(110, (0, Array("070702".utf8))), minimum: 6),
        Sample(kind: .cpio(.odc), bytes: block(110, (0, Array("070707".utf8))), minimum: 6),
        Sample(kind: .arm64Image(efi: false), bytes: Arm64ImageHeaderTests.header() + [1], minimum: 64),
        Sample(kind: .arm64Image(efi: true), bytes: Arm64ImageHeaderTests.header(efi: true) + [1], minimum: 64),
        Sample(kind: .zImage, bytes: block(64, (0x24, zImageMagic)), minimum: 48),
        Sample(kind: .zImage, bytes: block(64, (0, mz), (0x24, zImageMagic)), minimum: 48),
        Sample(
            kind: .bzImage,
            bytes: block(0x300, (0, mz), (0x1fe, [0x55, 0xaa]), (0x202, Array("HdrS".utf8))),
            minimum: 0x206
        ),
        Sample(
            kind: .pe,
            bytes: block(0x100, (0, mz), (0x3c, [0x80, 0, 0, 0]), (0x80, Array("PE\0\0".utf8))),
            minimum: 0x84
        ),
    ]

    @Test(arguments: samples)
    func isDetectedFromItsMinimumOn(sample: Sample) {
        for count in 0...sample.bytes.count {
            let found = ImageKind.detect(Array(sample.bytes.prefix(count)))
            if count >= sample.minimum {
                #expect(found == sample.kind, "\(count) bytes")
            } else {
                #expect(found == .unknown || found == .plainText, "\(count) bytes")
            }
        }
    }

    @Test(arguments: samples)
    func oneChangedMagicByteIsAnotherThing(sample: Sample) {
        var bytes = sample.bytes
        for offset in [0, 1, 0x25, 0x39, 0x81, 0x203] where offset < bytes.count { bytes[offset] ^= 0x80 }
        #expect(ImageKind.detect(bytes) == .unknown)
    }

    @Test(arguments: [
        ("echo hello\n", true),
        ("# größer\r\n\tsetenv a 'b'\n", true),
        ("x", true),
        ("echo hello\n\0\0\0\0", true),
        ("BZh", true),
        ("", false),
        ("\0\0\0\0", false),
        ("echo\0hello", false),
        ("esc \u{1b}[1m", false),
        ("delete \u{7f}", false),
    ])
    func textIsUTF8WithoutControlCharacters(text: String, expected: Bool) {
        #expect(ImageKind.detect(Array(text.utf8)) == (expected ? .plainText : .unknown))
    }

    @Test func bytesThatAreNoUTF8AreNoText() {
        let latin1: [UInt8] = [0x65, 0xe4, 0x65]
        #expect(ImageKind.detect(latin1) == .unknown)
    }

    @Test(arguments: 0..<8)
    func aCharacterCutByTheWindowIsNoFault(shift: Int) {
        let text = String(repeating: "a", count: shift) + String(repeating: "\u{1f600}", count: 2000)
        #expect(ImageKind.detect(Array(text.utf8)) == .plainText)
        let umlauts = String(repeating: "a", count: shift) + String(repeating: "ä", count: 4000)
        #expect(ImageKind.detect(Array(umlauts.utf8)) == .plainText)
    }

    @Test(arguments: [0x7fff_ffff, 0xffff_fff0, 0x3c, 0x100] as [UInt32])
    func aSignatureOffsetPastTheEndIsNoPE(offset: UInt32) {
        let word = (0..<4).map { UInt8(truncatingIfNeeded: offset >> ($0 * 8)) }
        let bytes = Self.block(0x100, (0, Self.mz), (0x3c, word))
        #expect(ImageKind.detect(bytes) == .unknown)
    }

    @Test func onlyCompressedKindsAreCompressed() {
        let compressed = Set(Self.samples.map(\.kind).filter(\.isCompressed))
        #expect(compressed == [.gzip, .xz, .zstd, .lz4Frame, .lz4Legacy, .bzip2, .lzma, .lzo])
    }
}
