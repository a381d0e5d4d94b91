extension ImageKind {
    /// The kind of the image that `bytes` begin with; the checks stand in the order of their strength.
    ///
    /// A format known by a magic number needs the bytes up to the end of that number and no more, so that a file cut
    /// short is still named; exceptions: `legacyImage` 64 bytes, `deviceTree` 8, `arm64Image` 64, `elf` 16,
    /// `zImage` 48, `bzImage` 0x206, `pe` up to its signature, `lzma` 13, `plainText` 1 (of at most 4096 looked at).
    public static func detect(_ bytes: RawSpan) -> ImageKind {
        for rule in magicNumbers where bytes.byteCount >= rule.minimum && bytes.holds(rule.magic) {
            return rule.kind
        }
        if let header = try? Arm64ImageHeader(bytes) { return .arm64Image(efi: header.isEFI) }
        if isZImage(bytes) { return .zImage }
        if isBzImage(bytes) { return .bzImage }
        if isPortableExecutable(bytes) { return .pe }
        if isLZMA(bytes) { return .lzma }
        if isPlainText(bytes) { return .plainText }
        return .unknown
    }

    /// Formats that are known by their first bytes, which exclude each other.
    private static let magicNumbers: [(kind: ImageKind, magic: [UInt8], minimum: Int)] =
        [
            (.legacyImage, [0x27, 0x05, 0x19, 0x56], LegacyImageHeader.byteCount),
            (.deviceTree, [0xd0, 0x0d, 0xfe, 0xed], DeviceTreeHeader.byteCount),
            (.elf, [0x7f, 0x45, 0x4c, 0x46], 16),
            (.gzip, [0x1f, 0x8b, 0x08], 3),
            (.xz, [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], 6),
            (.zstd, [0x28, 0xb5, 0x2f, 0xfd], 4),
            (.lz4Frame, [0x04, 0x22, 0x4d, 0x18], 4),
            (.lz4Legacy, [0x02, 0x21, 0x4c, 0x18], 4),
            (.lzo, [0x89, 0x4c, 0x5a, 0x4f, 0x00, 0x0d, 0x0a, 0x1a, 0x0a], 9),
            (.cpio(.newc), Array("070701".utf8), 6),
            (.cpio(.crc), Array("070702".utf8), 6),
            (.cpio(.odc), Array("070707".utf8), 6),
        ] + (1...9).map { (.bzip2, Array("BZh\($0)".utf8), 4) }

    /// Linux arch/arm/boot/compressed/head.S: the magic, then start and end, three little-endian words.
    private static func isZImage(_ bytes: RawSpan) -> Bool {
        let magicOffset = 0x24
        guard bytes.byteCount >= magicOffset + 12 else { return false }
        return bytes.littleEndian(UInt32.self, at: magicOffset) == 0x016f_2818
    }

    /// Linux Documentation/x86/boot.rst.
    private static func isBzImage(_ bytes: RawSpan) -> Bool {
        bytes.holds([0x55, 0xaa], at: 0x1fe) && bytes.holds("HdrS".utf8, at: 0x202)
    }

    /// "MZ", and at 0x3c the offset of "PE\0\0".
    private static func isPortableExecutable(_ bytes: RawSpan) -> Bool {
        let signatureOffset = 0x3c
        guard bytes.holds("MZ".utf8), bytes.byteCount >= signatureOffset + 4 else { return false }
        return bytes.holds("PE\0\0".utf8, at: Int(bytes.littleEndian(UInt32.self, at: signatureOffset)))
    }

    /// There is no magic number: the usual properties, a dictionary size that encoders choose, a plausible length.
    private static func isLZMA(_ bytes: RawSpan) -> Bool {
        guard bytes.byteCount >= 13, bytes.byte(at: 0) == 0x5d else { return false }
        let dictionarySize = bytes.littleEndian(UInt32.self, at: 1)
        let length = bytes.littleEndian(UInt64.self, at: 5)
        let topBits = dictionarySize << dictionarySize.leadingZeroBitCount
        let isUsual = dictionarySize == .max || topBits == 0x8000_0000 || topBits == 0xc000_0000
        return isUsual && (length == .max || length < 1 << 38)
    }

    /// UTF-8 without control characters but white space; NULs may follow it, as they do in memory.
    private static func isPlainText(_ bytes: RawSpan) -> Bool {
        let windowByteCount = 4096
        let window = bytes.array(0..<min(bytes.byteCount, windowByteCount))
        var text = window.prefix { $0 != 0 }
        guard window[text.endIndex...].allSatisfy({ $0 == 0 }) else { return false }
        if text.count == windowByteCount {
            // The end of the window may cut a character, of at most 4 bytes.
            let tail = text.suffix(3).lastIndex { $0 >= 0xc0 }
            text = text[..<(tail ?? text.endIndex)]
        }
        guard !text.isEmpty, String(validating: text, as: UTF8.self) != nil else { return false }
        return text.allSatisfy { ($0 >= 0x20 && $0 != 0x7f) || (0x09...0x0d).contains($0) }
    }
}
