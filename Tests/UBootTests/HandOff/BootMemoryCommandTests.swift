import BootImages
import DeviceTree
import Digest
import Foundation
import Testing

@testable import UBoot

/// What the real U-Boot printed for the same images, but for their sizes and sums.
struct BootMemoryCommandTests {
    private static let kernel = TestImage.kernel()

    private static func legacy(
        _ data: [UInt8], type: LegacyImageType = .kernel, os: LegacyImageOS = .linux,
        compression: LegacyImageCompression = .none
    ) -> [UInt8] {
        let image = LegacyImage(
            type: type, os: os, compression: compression, name: "n", loadAddress: 0x4200_0000)
        return (try? image.encode(data: data)) ?? []
    }

    private static let presets: [TestBoard.Preset] = [
        (legacy(kernel), 0x5000_0000), (TestTree.board, 0x5100_0000),
        (legacy(kernel, compression: .bzip2), 0x5200_0000), (legacy(kernel, compression: .gzip), 0x5300_0000),
        (legacy(kernel, os: .tee), 0x5400_0000), (legacy(kernel, type: .ramdisk), 0x5500_0000),
    ]

    private func type(_ lines: String, with extra: [TestBoard.Preset] = []) throws -> (output: String, status: Int?) {
        var machine = try TestBoard.machine(with: Self.presets + extra)
        let answer = machine.type(Array(lines.utf8), source: "<prompt>")
        return (ByteString(answer.commands.flatMap(\.output.bytes)).latin1, answer.commands.last?.status)
    }

    @Test func stepsComeInTheirOrder() throws {
        let (output, status) = try type("bootm start 50000000\nbootm loados\nbootm loados")
        #expect(status == 1)
        #expect(
            output.contains("Working FDT set to 0\n   Loading Kernel Image\nTrying to execute a command out of order\n")
        )
    }

    @Test(
        arguments: [
            ("bootm 60000000", "Wrong Image Format for bootm command\nERROR: can't get kernel image!\n"),
            ("bootm 52000000", "   Uncompressing Kernel Image\nUnimplemented compression type 2\n"),
            (
                "bootm 53000000 - 51000000",
                "Error: Bad gzipped data\ngzip compressed: uncompress error -1\nMust RESET board to recover\n"
            ),
            ("bootm 54000000", "ERROR: booting os 'Trusted Execution Environment' (26) is not supported\n"),
            ("bootm 55000000", "Wrong Image Type for bootm command\nERROR: can't get kernel image!\n"),
        ])
    func refusalsHaveUBootsWords(line: String, end: String) throws {
        let (output, status) = try type(line)
        #expect(output.hasSuffix(end))
        #expect(status == 1)
    }

    @Test func kernelWithoutTreeResetsTheBoard() throws {
        let (output, status) = try type("bootm 50000000")
        #expect(status == nil)
        #expect(output.hasSuffix("   Loading Kernel Image\nFDT and ATAGS support not compiled in\n\nresetting ...\n"))
    }

    private static let fit = TestFIT.blob(
        [
            TestFIT.image(
                "kernel", type: "kernel", kernel,
                [
                    TestTree.property("os", text: "linux"), TestTree.property("arch", text: "arm64"),
                    TestTree.property("load", cells: 0x4200_0000), TestTree.property("entry", cells: 0x4200_0000),
                ]),
            TestFIT.image("fdt", type: "flat_dt", TestTree.board, [TestTree.property("arch", text: "arm64")]),
        ],
        [
            DeviceTreeNode(
                "conf-1", [TestTree.property("kernel", text: "kernel"), TestTree.property("fdt", text: "fdt")])
        ])

    @Test func configurationBringsKernelAndTree() throws {
        var machine = try TestBoard.machine(with: [(Self.fit, 0x5000_0000)])
        let answer = machine.type(Array("bootm 50000000#conf-1".utf8), source: "<prompt>")
        #expect(answer.ending == .handOff)
        let handOff = try #require(machine.recorder.handOff)
        #expect(handOff.method == "bootm")
        let tree = try DeviceTreeDocument(blob: handOff.treeBytes.bytes)
        #expect(tree["/chosen"]?.property("u-boot,bootconf")?.string == "conf-1")
        #expect(try machine.memory.read(AddressRange(start: 0x4200_0000, size: 4096)) == Self.kernel)
    }

    @Test func anyFlippedBitOfTheDataIsRefused() throws {
        let at = try #require(Self.fit.firstRange(of: Self.kernel)?.lowerBound)
        for bit in stride(from: 0, to: Self.kernel.count * 8, by: 997) {
            var damaged = Self.fit
            damaged[at + bit / 8] ^= 1 << UInt8(bit % 8)
            var machine = try TestBoard.machine(with: [(damaged, 0x5000_0000)])
            let answer = machine.type(Array("bootm 50000000#conf-1".utf8), source: "<prompt>")
            let output = answer.commands.last?.output.latin1 ?? ""
            #expect(
                output.hasSuffix(
                    "Bad hash value for 'hash-1' hash node in 'kernel' image node\nBad Data Hash\nERROR: can't get kernel image!\n"
                ))
        }
    }
}
