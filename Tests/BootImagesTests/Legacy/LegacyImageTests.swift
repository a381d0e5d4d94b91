import BootImages
import Foundation
import Testing

struct LegacyImageTests {
    /// The image that the command line of `mkimage` asks for.
    private func image(_ made: GoldenFile.MadeImage) throws -> LegacyImage {
        var image = LegacyImage(type: .kernel, architecture: .powerPC, compression: .gzip, time: made.time)
        var hasEntryPoint = false
        let words = made.arguments.split(separator: " ").map(String.init)
        for (option, value) in zip(words, words.dropFirst()) where option.hasPrefix("-") {
            switch option {
            case "-A": image.architecture = try #require(["arm": .arm, "arm64": .arm64, "x86_64": .x86_64][value])
            case "-O": image.os = try #require(["linux": .linux, "u-boot": .uBoot][value])
            case "-C": image.compression = try #require(["none": .none, "gzip": .gzip, "zstd": .zstd][value])
            case "-T":
                let types: [String: LegacyImageType] = [
                    "script": .script, "multi": .multi, "kernel": .kernel, "firmware": .firmware, "ramdisk": .ramdisk,
                ]
                image.type = try #require(types[value])
            case "-a": image.loadAddress = try #require(UInt32(value, radix: 16))
            case "-e":
                image.entryPoint = try #require(UInt32(value, radix: 16))
                hasEntryPoint = true
            case "-n": image.name = value
            default: Issue.record("option \(option) is not known here")
            }
        }
        if !hasEntryPoint { image.entryPoint = image.loadAddress }
        return image
    }

    @Test(arguments: try GoldenFile.madeImages())
    func isByteForByteWhatMkimageWrites(made: GoldenFile.MadeImage) throws {
        let image = try image(made)
        let parts = made.parts.map(GoldenFile.bytes)
        let hasTable = image.type == .multi || image.type == .script
        let encoded = hasTable ? try image.encode(parts: parts) : try image.encode(data: try #require(parts.first))
        #expect(encoded == GoldenFile.bytes(made.image))
    }

    @Test func headerReadBackIsTheOneWritten() throws {
        let bytes = try LegacyImage(type: .kernel, name: "n", time: 3, loadAddress: 0x100).encode(data: [])
        let header = try LegacyImageHeader(bytes)
        #expect(bytes.count == 64)
        #expect(header.entryPoint == 0x100)
        #expect(header.headerChecksumMatches(bytes))
        #expect(header.dataChecksumMatches(bytes))
    }

    @Test func emptyPartIsRefused() {
        let image = LegacyImage(type: .multi)
        #expect(throws: LegacyImageError.emptyPart(index: 1)) { try image.encode(parts: [[1], [], [2]]) }
        #expect(throws: LegacyImageError.emptyPart(index: 0)) { try ScriptImage.encode(text: []) }
    }
}
