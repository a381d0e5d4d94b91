import Testing
import UBoot

@testable import Boards

/// The key `u-boot.images`.
struct ImageSupportTests {
    private func support(_ images: String, bits: String = "") throws -> ImageSupport {
        let folder = try ScratchFolder()
        let lines = [
            "u-boot: {version: 1\(bits)\(images.isEmpty ? "" : ", images: \(images)")}", "commands: []",
            "memory: {ram: [{start: 0, size: 1M}]}",
        ]
        return try Board(file: folder.write(lines.joined(separator: "\n"), to: "own.yaml")).description.images
    }

    @Test func leftOutItIsDebiansQEMU() throws {
        let support = try support("")
        #expect(support.readsFIT && support.verifiesSignatures && support.choosesBestMatch && support.showsTimes)
        #expect(!support.verifiesPSS && support.ecdsa == .unknown)
        #expect(support.compressions == [.gzip, .lzma, .lz4])
        #expect(support.architecture == .arm64)
        #expect(try self.support("", bits: ", bits: 32").architecture == .arm)
    }

    @Test func aBuildCanDoLess() throws {
        let support = try support("{fit: [], unpacks: [zstd], digests: [sha1], times: false, kernel-limit: 16M}")
        #expect(support.readsFIT && !support.verifiesSignatures && !support.choosesBestMatch && !support.showsTimes)
        #expect(support.compressions == [.zstd] && support.digests == ["sha1"])
        #expect(support.kernelByteLimit == 16 << 20)
        #expect(try !self.support("{fit: [none]}").readsFIT)
    }

    @Test func aBuildCanDoMore() throws {
        let support = try support("{fit: [signatures, pss, ecdsa], architecture: x86, heap: 1G}")
        #expect(support.verifiesSignatures && support.verifiesPSS && support.ecdsa == .verified)
        #expect(support.architecture == .x86 && support.heapByteCount == 1 << 30)
        #expect(try self.support("{fit: [ecdsa-without-device]}").ecdsa == .withoutDevice)
    }

    @Test func flashHasSectors() throws {
        let folder = try ScratchFolder()
        let text = """
            u-boot: {version: 1}
            commands: []
            memory: {ram: [{start: 1M, size: 1M}], rom: [{start: 0, size: 64K, sector: 4K}]}
            """
        let flash = try Board(file: folder.write(text, to: "own.yaml")).description.flash
        #expect(flash.map(\.sectorByteCount) == [0x1000])
        #expect(flash.map(\.range) == [AddressRange(start: 0, size: 0x1_0000)])
    }
}
