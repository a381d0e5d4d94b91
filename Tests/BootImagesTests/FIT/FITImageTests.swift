import DeviceTree
import Testing

@testable import BootImages

struct FITImageTests {
    private func read(_ root: DeviceTreeNode) throws -> FITImage {
        let blob = try DeviceTreeDocument(root: root).blob()
        return try unsafe FITImage(blob.span.bytes)
    }

    private func failure(_ root: DeviceTreeNode) -> FITFormatError? {
        do {
            _ = try read(root)
            return nil
        } catch {
            return error as? FITFormatError
        }
    }

    @Test func whatIsNoTreeIsNoFIT() throws {
        let bytes = [UInt8](repeating: 0, count: 64)
        #expect(throws: FITFormatError.notTree) { try unsafe FITImage(bytes.span.bytes) }
    }

    @Test func missingPartsAreNamed() {
        let text = SampleFIT.text("description", "d")
        let time = SampleFIT.cells("timestamp", 0)
        let images = DeviceTreeNode("images")
        #expect(failure(DeviceTreeNode("", [time], children: [images])) == .noDescription)
        #expect(failure(DeviceTreeNode("", [text], children: [images])) == .noTimestamp)
        #expect(failure(DeviceTreeNode("", [text, time])) == .noImages)
        #expect(failure(DeviceTreeNode("", [text, time], children: [DeviceTreeNode("images@1")])) == .unitAddress)
        #expect(failure(DeviceTreeNode("", [text, time], children: [images])) == nil)
    }

    @Test func imagesTellWhatTheyAre() throws {
        let fit = try read(SampleFIT.root)
        let kernel = try #require(fit.image(Array("kernel".utf8)))
        #expect(kernel.type == .kernel)
        #expect(kernel.os == .linux)
        #expect(kernel.architecture == .arm64)
        #expect(kernel.compression == .none)
        #expect(kernel.address("load") == .value(0x4100_0000))
        #expect(kernel.address("entry") == .missing)
        #expect(kernel.data?.byteCount == 5)
        let odd = try #require(fit.image(Array("odd".utf8)))
        #expect(odd.type.rawValue == 255)
        #expect(odd.address("load") == .tooLong)
        #expect(fit.image(Array("nope".utf8)) == nil)
    }

    @Test func externalDataIsBehindTheTreeOrAtItsPlace() throws {
        let fit = try read(SampleFIT.root)
        let end = fit.externalDataOffset
        #expect(end % 4 == 0 && end >= fit.totalByteCount)
        let behind = try #require(fit.image(Array("behind".utf8))?.data)
        #expect(behind.offset == end + 16 && behind.byteCount == 32)
        let placed = try #require(fit.image(Array("placed".utf8))?.data)
        #expect(placed.offset == 0x1000 && placed.byteCount == 64)
    }

    @Test func configurationsAreFoundByNameOrDefault() throws {
        let fit = try read(SampleFIT.root)
        #expect(fit.configuration(nil)?.name == Array("conf-1".utf8))
        #expect(fit.configuration(Array("conf-2".utf8))?.text("kernel") == Array("odd".utf8))
        #expect(fit.configuration(Array("conf-3".utf8)) == nil)
    }

    @Test func anyFlippedBitIsReadOrRefused() throws {
        let blob = try DeviceTreeDocument(root: SampleFIT.root).blob()
        for bit in 0..<(blob.count * 8) {
            var damaged = blob
            damaged[bit / 8] ^= 1 << UInt8(bit % 8)
            let fit = try? unsafe FITImage(damaged.span.bytes)
            _ = fit?.report(at: 0x5000_0000)
        }
    }
}

/// A FIT for tests.
enum SampleFIT {
    static func text(_ name: String, _ values: String...) -> DeviceTreeProperty {
        DeviceTreeProperty(Array(name.utf8), values.flatMap { Array($0.utf8) + [0] })
    }

    static func cells(_ name: String, _ values: UInt32...) -> DeviceTreeProperty {
        let bytes = values.flatMap { value in (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) } }
        return DeviceTreeProperty(Array(name.utf8), bytes)
    }

    static let root = DeviceTreeNode(
        "", [text("description", "sample"), cells("timestamp", 0x5f5e_1000)],
        children: [
            DeviceTreeNode(
                "images",
                children: [
                    DeviceTreeNode(
                        "kernel",
                        [
                            text("description", "k"), text("type", "kernel"), text("os", "linux"),
                            text("arch", "arm64"), text("compression", "none"), cells("load", 0x4100_0000),
                            text("data", "data"),
                        ],
                        children: [
                            DeviceTreeNode("hash-1", [text("algo", "crc32"), cells("value", 0x1234_5678)])
                        ]),
                    DeviceTreeNode("odd", [text("type", "nonsense"), cells("load", 1, 2, 3)]),
                    DeviceTreeNode("behind", [cells("data-offset", 16), cells("data-size", 32)]),
                    DeviceTreeNode("placed", [cells("data-position", 0x1000), cells("data-size", 64)]),
                ]),
            DeviceTreeNode(
                "configurations", [text("default", "conf-1")],
                children: [
                    DeviceTreeNode(
                        "conf-1", [text("description", "c"), text("kernel", "kernel"), text("fdt", "f", "g")]),
                    DeviceTreeNode("conf-2", [text("kernel", "odd")]),
                ]),
        ])
}
