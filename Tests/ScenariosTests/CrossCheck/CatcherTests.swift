import Testing

@testable import Scenarios

struct CatcherTests {
    private static func image(peOffset: Int? = nil) -> [UInt8] {
        var image = [UInt8](repeating: 0x11, count: 512)
        image.replaceSubrange(56..<60, with: Array("ARMd".utf8))
        if let peOffset {
            image.replaceSubrange(0x3c..<0x40, with: [UInt8(peOffset & 255), UInt8(peOffset >> 8), 0, 0])
            guard peOffset + 0x2c <= image.count else { return image }
            image.replaceSubrange(peOffset..<(peOffset + 4), with: [0x50, 0x45, 0, 0])
            image.replaceSubrange((peOffset + 0x28)..<(peOffset + 0x2c), with: [0x80, 1, 0, 0])
        }
        return image
    }

    @Test func onlyTheEntryChanges() throws {
        let image = Self.image()
        let caught = try #require(Catcher.replacing(image, isEFI: false))
        #expect(Array(caught[..<8]) == Catcher.code)
        #expect(caught[8...] == image[8...])
    }

    @Test func programIsEnteredWhereItsHeaderSays() throws {
        let image = Self.image(peOffset: 0x40)
        let caught = try #require(Catcher.replacing(image, isEFI: true))
        #expect(Array(caught[0x180..<0x188]) == Catcher.code)
        #expect(caught[..<0x180] == image[..<0x180])
    }

    @Test func otherFilesAreRefused() {
        #expect(Catcher.replacing([], isEFI: false) == nil)
        #expect(Catcher.replacing([UInt8](repeating: 0, count: 100), isEFI: false) == nil)
        #expect(Catcher.replacing(Self.image(), isEFI: true) == nil)
        #expect(Catcher.replacing(Self.image(peOffset: 0x1fe), isEFI: true) == nil)
    }
}
