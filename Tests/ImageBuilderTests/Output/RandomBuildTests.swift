import Foundation
import Testing
import UBoot

@testable import ImageBuilder

/// Configs with random keys and values, most of them extreme: each ends in outputs or in errors, and never in a trap.
struct RandomBuildTests {
    private struct Dice {
        var state: UInt64

        mutating func roll(_ count: Int) -> Int {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state >> 33) % count
        }

        mutating func pick<Item>(_ items: [Item]) -> Item { items[roll(items.count)] }
    }

    private static let numbers = [
        "0", "1", "2", "3", "0x40000000", "0x3ffff000", "0x80000000", "0xffffffff", "0x100000000", "0x800000000",
        "0xffffffffffffffff", "0xfffffffffffff000", "0x7fffffffffffffff", "0xffffffffffe00000", "16777215T", "-1", "1G",
        "512", "4096", "0x1000", "17179869183G", "1K", "9223372036854775807",
    ]
    private static let files = [
        "Image", "Image-2m", "xen", "zImage", "board.dtb", "pt.dtb", "overlay.dtbo", "ramdisk.cpio", "fpga.bit",
        "extra.txt",
        "Image.gz", "ramdisk.cpio.gz", "rootfs.tar.gz", "missing", "dts", ".", "..", "/dev/null", "boot.source",
        "boot.fit",
    ]

    private func value(_ type: KeyType, _ dice: inout Dice) -> String {
        let number = dice.pick(Self.numbers)
        switch type {
        case .file, .output: return dice.pick(Self.files)
        case .regions: return "\(number) \(dice.pick(Self.numbers))"
        case .sharedMemory: return "id \(number) \(dice.pick(Self.numbers)) \(dice.pick(Self.numbers))"
        case .pool: return dice.pick(["cpu@0", "cpu@1,cpu@2 null", "cpu@9", ""])
        case .paths: return dice.pick(["/axi/serial@ff000000", "/", "/axi /cpus", "axi", "/nowhere"])
        case .eventChannels: return dice.pick(["1 1 2", "2 0 1", "1 0 1", "65535 1023 65535", "1 1"])
        case .choice(let words): return dice.pick(words)
        case .capabilities: return dice.pick(["control", "7", "8", "none|hardware"])
        case .words: return dice.pick(["dts", ". dts", "nowhere"])
        case .bytes: return dice.pick(["", "a", "root=x", "\"'\\$;<[", String(repeating: "x", count: 1100)])
        case .line: return dice.pick(["tftpb", "load mmc 0:1", "load scsi 99999:1", "load mmc :", "keys/dev", "x"])
        case .cpuList: return dice.pick(["0", "1,3-4", "4-1"])
        case .colours: return dice.pick(["0-3", "31", "63-64", "1,2", "1023"])
        case .flag, .presence: return dice.pick(["0", "1", "2"])
        case .number, .megabytes, .count: return number
        }
    }

    private func config(_ dice: inout Dice, _ files: TestBuild) throws -> String {
        var text = try files.base(
            dice.roll(3) == 0 ? "NUM_DOMUS=2\nDOMU_KERNEL[0]=Image\nDOMU_KERNEL[1]=Image-2m" : "")
        for _ in 0..<(1 + dice.roll(4)) {
            let key = dice.pick(KeyTable.all)
            // A clone would ask the network, and the number of DomUs would make the run long.
            let index =
                switch key.indexing {
                case .none: ""
                case .domainAndCPU: "[\(dice.roll(3)),\(dice.roll(3))]"
                default: "[\(dice.roll(3))]"
                }
            let value = value(key.type, &dice).replacing("'", with: "'\\''")
            text += "\(key.name)\(index)='\(value)'\n"
        }
        return text
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func endInOutputsOrErrors(seed: UInt64) throws {
        var dice = Dice(state: seed &* 0x9e37_79b9_7f4a_7c15 | 1)
        let files = try TestBuild()
        let before = try FileManager.default.contentsOfDirectory(atPath: files.folder).sorted()
        var good = 0
        for _ in 0..<60 {
            let text = try config(&dice, files)
            let result = try files.build(text, board: dice.roll(4) == 0 ? "qemu-arm64-virt" : nil) { options in
                options.isCompatible = dice.roll(4) == 0
                options.usesUpstreamPlacement = dice.roll(4) == 0
                options.computesOnTarget = dice.roll(6) == 0
                options.makesFIT = dice.roll(12) == 0
                options.loadCommand = dice.pick(["tftp", nil, "sd", "fit_std"])
            }
            #expect(result.hasError == result.outputs.outputs.isEmpty, "\(text)\n\(result.errors)")
            if !result.hasError { good += 1 }
        }
        // Nothing was written, and enough got far.
        #expect(try FileManager.default.contentsOfDirectory(atPath: files.folder).sorted() == before)
        #expect(good >= 3)
    }
}
