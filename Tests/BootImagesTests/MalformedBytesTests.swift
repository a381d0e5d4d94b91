import BootImages
import Testing

struct MalformedBytesTests {
    /// Calls everything that reads bytes; what matters is that it returns.
    private func readEverything(_ bytes: [UInt8]) {
        _ = ImageKind.detect(bytes)
        _ = try? Arm64ImageHeader(bytes)
        _ = try? DeviceTreeHeader(bytes)
        _ = LegacyImageParts(bytes)
        _ = try? ScriptImage.textRange(of: bytes)
        _ = try? ScriptImage.text(of: bytes, verifiesData: false)
        if let header = try? LegacyImageHeader(bytes) {
            _ = header.headerChecksumMatches(bytes)
            _ = header.dataChecksumMatches(bytes)
            _ = header.report(bytes, at: .max)
        }
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func randomBytesAreRead(seed: UInt64) {
        var random = SeededBytes(seed: seed)
        let bytes = random.bytes(Int(seed) * 7)
        readEverything(bytes)
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func randomBytesBehindEachMagicNumberAreRead(seed: UInt64) throws {
        var random = SeededBytes(seed: seed)
        var bytes = random.bytes(700)
        let places: [(Int, [UInt8])] = [
            (0, [0x27, 0x05, 0x19, 0x56]), (0, [0xd0, 0x0d, 0xfe, 0xed]), (0, Array("MZ".utf8)),
            (0x24, [0x18, 0x28, 0x6f, 0x01]), (56, Array("ARM\u{64}".utf8)), (0x202, Array("HdrS".utf8)),
        ]
        let (offset, magic) = places[Int(seed) % places.count]
        bytes.replaceSubrange(offset..<offset + magic.count, with: magic)
        bytes[30] = [2, 4, 6, 32][Int(seed / 6) % 4]
        if seed.isMultiple(of: 3) { bytes.replaceSubrange(200..<204, with: [0, 0, 0, 0]) }
        readEverything(bytes)
    }

    @Test(arguments: [LegacyImageType.script, .multi, .kernel])
    func everyTruncationOfALegacyImageIsRead(type: LegacyImageType) throws {
        let image = LegacyImage(type: type, name: "cut", time: 1)
        let bytes = try image.encode(parts: [Array("echo one\n".utf8), [1, 2, 3], [4]])
        for count in 0...bytes.count {
            readEverything(Array(bytes.prefix(count)))
        }
    }

    @Test func everyChangedByteOfAScriptIsReadAndNoticed() throws {
        let bytes = try ScriptImage.encode(text: Array("echo one\n".utf8))
        for index in bytes.indices {
            var changed = bytes
            changed[index] ^= 0x40
            readEverything(changed)
            #expect(throws: ScriptImageError.self) { try ScriptImage.text(of: changed) }
        }
    }
}
