import BootImages
import Testing

@testable import UBoot

/// `imls` as it answered on a U-Boot with images at the sectors of QEMU's flash.
struct ListImagesCommandTests {
    private func answer(_ presets: [TestBoard.Preset], sector: UInt64 = 0x4_0000) throws -> String {
        var description = TestBoard.description()
        description.commands.insert("imls")
        description.flash = [
            .init(range: AddressRange(start: 0, size: 0x40_0000), sectorByteCount: sector)
        ]
        var machine = try Machine(description)
        for preset in presets { try machine.memory.preset(preset.bytes, at: preset.address) }
        return machine.type(Array("imls".utf8), source: "<prompt>").commands.last?.output.latin1 ?? ""
    }

    @Test func whatBeginsAtASectorIsListed() throws {
        let image = TestImage.legacy(.kernel, [1, 2, 3])
        var damaged = image
        damaged[66] ^= 1
        var broken = image
        broken[10] ^= 1
        let text = try answer([
            (image, 0x20_0000), (damaged, 0x24_0000), (broken, 0x28_0000), (TestFIT.files, 0x2c_0000),
            (image, 0x30_1000), (image, 0),
        ])
        #expect(text.hasPrefix("Legacy Image at 00200000:\n   Image Name:"))
        #expect(text.contains("   Verifying Checksum ... OK\nLegacy Image at 00240000:\n"))
        #expect(text.contains("   Verifying Checksum ... Bad Data CRC\nFIT Image at 002C0000:\n   FIT description:"))
        #expect(!text.contains("00280000") && !text.contains("00301000") && !text.contains("00000000:"))
    }

    @Test func withoutFlashThereIsNothing() throws {
        var description = TestBoard.description()
        description.commands.insert("imls")
        var machine = try Machine(description)
        let typed = machine.type(Array("imls".utf8), source: "<prompt>").commands.last
        #expect(typed?.output == "" && typed?.status == 0)
    }
}
