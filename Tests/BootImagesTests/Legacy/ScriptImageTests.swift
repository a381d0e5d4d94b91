import BootImages
import Foundation
import Testing

struct ScriptImageTests {
    /// U-Boot's line for an error of ours.
    private func message(_ error: ScriptImageError) -> String {
        switch error {
        case .notLegacyImage: "Wrong image format for \"source\" command"
        case .badHeaderChecksum: "Bad header crc"
        case .badDataChecksum: "Bad data crc"
        case .notScript: "Bad image type"
        case .empty: "Empty Script"
        case .unterminatedTable, .truncated: "\(error)"
        }
    }

    /// The scripts consist of `echo WORD` lines, so their output shows what was run.
    @Test(arguments: try GoldenFile.console("scripts.json"))
    func runsWhatSourceRuns(recorded: GoldenFile.Case) throws {
        let command = try #require(recorded.commands.first)
        let bytes = recorded.bytes + [UInt8](repeating: 0, count: 512)
        var expected = "## Executing script at \(String(recorded.address, radix: 16))\n"
        do throws(ScriptImageError) {
            let text = try ScriptImage.text(of: bytes)
            let lines = text.prefix { $0 != 0 }.split(separator: 0x0a)
            for line in lines { expected += "\(String(decoding: line, as: UTF8.self).dropFirst("echo ".count))\n" }
            #expect(command.status == 0)
        } catch {
            expected += message(error) + "\n"
            #expect(command.status == 1)
        }
        #expect(expected == command.output)
    }

    @Test func textReadBackIsTheTextWritten() throws {
        let text = Array("echo ä\r\n\0x".utf8)
        let image = try ScriptImage.encode(text: text, name: "n", time: 5, load: 0x10, architecture: .arm)
        let header = try LegacyImageHeader(image)
        #expect(try ScriptImage.text(of: image) == text)
        #expect(try ScriptImage.textRange(of: image) == 72..<72 + text.count)
        #expect(header.architecture == .arm)
        #expect(header.entryPoint == 0x10)
    }

    @Test func unverifiedDataMayBeChanged() throws {
        var image = try ScriptImage.encode(text: Array("echo a".utf8))
        image[image.count - 1] = 0x62
        #expect(throws: ScriptImageError.badDataChecksum) { try ScriptImage.text(of: image) }
        #expect(try ScriptImage.text(of: image, verifiesData: false) == Array("echo b".utf8))
    }

    @Test func eachTruncationIsTold() throws {
        let image = try ScriptImage.encode(text: Array("echo a".utf8))
        for count in 0..<image.count {
            let expected: ScriptImageError =
                switch count {
                case ..<64: .notLegacyImage(.truncated(need: 64, have: count))
                case ..<72: .unterminatedTable
                default: .truncated(need: 6, have: count - 72)
                }
            #expect(throws: expected) {
                try ScriptImage.text(of: Array(image.prefix(count)), verifiesData: false)
            }
        }
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/mkimage")))
    func isByteForByteWhatTheInstalledMkimageWrites() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let text = Array("setenv a b\nboot\n".utf8)
        try Data(text).write(to: folder.appendingPathComponent("text"))

        let mkimage = Process()
        mkimage.executableURL = URL(fileURLWithPath: "/usr/bin/mkimage")
        mkimage.arguments = "-A arm64 -T script -C none -n NAME -a 0 -e 0 -d text out".split(separator: " ").map(
            String.init)
        mkimage.currentDirectoryURL = folder
        mkimage.environment = ["SOURCE_DATE_EPOCH": "1700000000"]
        mkimage.standardOutput = FileHandle.nullDevice
        try mkimage.run()
        mkimage.waitUntilExit()

        let made = [UInt8](try Data(contentsOf: folder.appendingPathComponent("out")))
        #expect(try ScriptImage.encode(text: text, name: "NAME", time: 1_700_000_000) == made)
    }
}
