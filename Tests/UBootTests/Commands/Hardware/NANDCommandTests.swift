import Foundation
import Testing

@testable import UBoot

/// `nand` on a board with a chip, line by line against what U-Boot's own simulated chip answered.
struct NANDCommandTests {
    private func machine(_ chips: [NANDChip], version: String = "2025.01") throws -> Machine {
        var description = TestBoard.description()
        description.version = version
        description.commands.insert("nand")
        description.hardware.nand = chips
        return try Machine(description)
    }

    private static let chip = NANDChip(
        name: "nand0", pageByteCount: 512, spareByteCount: 16, blockByteCount: 0x2000, byteCount: 0x40_0000)

    /// The recorded lines with what each printed and left in `$?`.
    private static func recording() throws -> [(line: String, output: String)] {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Recordings/nand.txt")
        let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        return text.components(separatedBy: "\n=> ").dropFirst().map { entry in
            let parts = entry.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
            let output = parts.count > 1 ? String(parts[1]) : ""
            return (String(parts[0]), output.hasSuffix("\n") ? output : output + "\n")
        }
    }

    @Test func everyLineAnswersAsRecorded() throws {
        let recorded = try Self.recording()
        #expect(recorded.count == 61)
        var machine = try machine([Self.chip])
        let lines = recorded.map { $0.line + "\n" }.joined()
        let typed = machine.type(Array(lines.utf8), source: "<prompt>").commands
        #expect(typed.count == recorded.count)
        for (entry, answer) in zip(recorded, typed) {
            let output = answer.output.latin1.replacingOccurrences(of: "\r", with: "<CR>")
            #expect("\(output)@\(answer.status ?? -1)\n" == entry.output, "\(entry.line)")
        }
    }

    @Test func anotherChipIsChosenByItsNumber() throws {
        var other = Self.chip
        other.name = "nand1"
        var machine = try machine([Self.chip, other])
        let typed = machine.type(Array("nand device 1\nnand device 1\nnand bad\n".utf8), source: "<prompt>").commands
        #expect(
            typed.map(\.output.latin1) == [
                "Device 1: nand1... is now current device\n", "", "\nDevice 1 bad blocks:\n",
            ])
    }

    @Test func olderReleasesShowBadBlocksWithoutSign() throws {
        var chip = Self.chip
        chip.badBlocks = [0x4000]
        var machine = try machine([chip], version: "2023.01")
        let typed = machine.type(Array("nand bad".utf8), source: "<prompt>").commands
        #expect(typed.first?.output == "\nDevice 0 bad blocks:\n  00004000\n")
    }

    @Test func whatWasDoneIsRecorded() throws {
        var machine = try machine([Self.chip])
        let lines = "nand erase 0 4000; nand write 48000000 0 200; nand read 48001000 0 200; nand dump 0"
        let (_, ending) = machine.type(Array(lines.utf8), source: "<prompt>")
        let record = machine.record(input: "<prompt>", ending: ending)
        #expect(
            record.effects.map(\.action) == [
                "0x4000 bytes at 0x0 erased", "0x200 bytes at 0x0 written", "0x200 bytes at 0x0 read",
            ])
        #expect(machine.console.text(from: 0).latin1.hasSuffix("ibtest: 'nand dump' is not simulated\n"))
    }

    @Test func withoutAChipThereIsNone() throws {
        var machine = try machine([])
        let typed = machine.type(Array("nand info\nnand read 1000 0 1\nnand device\n".utf8), source: "<prompt>")
            .commands
        #expect(typed.map(\.output.latin1) == ["\n", "\nno devices available\n", "\nno devices available\n"])
        #expect(typed.map(\.status) == [0, 1, 0])
    }
}
