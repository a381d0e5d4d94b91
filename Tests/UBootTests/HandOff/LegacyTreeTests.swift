import BootImages
import Testing

@testable import UBoot

/// What the real U-Boot printed behind the header of a legacy image that `booti` got as its device tree.
struct LegacyTreeTests {
    private static func image(
        load: UInt32, type: LegacyImageType = .flatDeviceTree, compression: LegacyImageCompression = .none,
        data: [UInt8] = TestTree.board
    ) throws -> [UInt8] {
        try LegacyImage(
            type: type, architecture: .arm64, compression: compression, name: "dtb", loadAddress: load
        ).encode(data: data)
    }

    /// The end of the console text, and whether a kernel was started.
    private static func boot(_ image: [UInt8]) throws -> (text: String, isStarted: Bool) {
        var machine = try TestBoard.machine(with: [(TestImage.kernel(), 0x4040_0000), (image, 0x4400_0000)])
        machine.type(line: "setenv fdt_high ffffffffffffffff")
        let answer = machine.type(Array("booti 40400000 - 44000000".utf8), source: "<prompt>")
        let text = try #require(answer.commands.last).output.latin1
        let start = try #require(text.firstRange(of: "   Verifying Checksum"))
        return (String(text[start.lowerBound...]), answer.ending == .handOff)
    }

    private static let withoutTree = """
        - must RESET the board to recover.
        Working FDT set to 0
        FDT and ATAGS support not compiled in

        resetting ...

        """

    @Test(arguments: [0x4800_0000, 0x4400_0040] as [UInt32])
    func treeGoesToItsLoadAddress(_ load: UInt32) throws {
        let (text, isStarted) = try Self.boot(Self.image(load: load))
        #expect(isStarted)
        #expect(
            text.hasPrefix(
                "   Verifying Checksum ... OK\n   Booting using the fdt blob at 0x\(hexadecimal(UInt64(load)))\n"))
    }

    @Test(arguments: [0x4400_0100, 0x43ff_ff00] as [UInt32])
    func treeMustNotTouchItsImage(_ load: UInt32) throws {
        let (text, isStarted) = try Self.boot(Self.image(load: load))
        #expect(!isStarted)
        #expect(
            text == """
                   Verifying Checksum ... OK
                ERROR: fdt overwritten - must RESET the board to recover.
                Could not find a valid device tree

                """)
    }

    @Test func otherImagesMeanNoTree() throws {
        let compressed = try Self.boot(Self.image(load: 0x4800_0000, compression: .gzip)).text
        #expect(compressed == "   Verifying Checksum ... OK\nERROR: uImage is compressed \(Self.withoutTree)")
        let ramdisk = try Self.boot(Self.image(load: 0x4800_0000, type: .ramdisk)).text
        #expect(ramdisk == "   Verifying Checksum ... OK\nERROR: uImage is not a fdt \(Self.withoutTree)")
        let noTree = try Self.boot(Self.image(load: 0x4800_0000, data: TestServer.counting(64))).text
        #expect(noTree == "   Verifying Checksum ... OK\nERROR: uImage data is not a fdt \(Self.withoutTree)")
    }

    @Test(arguments: [(100, "fdt checksum invalid"), (40, "fdt header checksum invalid")])
    func damagedImageMeansNoTree(_ index: Int, _ problem: String) throws {
        var image = try Self.image(load: 0x4800_0000)
        image[index] ^= 1
        #expect(try Self.boot(image).text == "   Verifying Checksum ... ERROR: \(problem) \(Self.withoutTree)")
    }

    @Test func whatIsNoTreeBehindTheMoveStopsTheBoot() throws {
        let (text, isStarted) = try Self.boot(Self.image(load: 0x4400_0000))
        #expect(!isStarted)
        #expect(
            text.hasSuffix(
                "ERROR: image is not a fdt - must RESET the board to recover.\nFDT creation failed!\nresetting ...\n"))
    }
}
