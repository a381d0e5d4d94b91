import Boards
import Foundation
import Testing
import UBoot

/// What the real U-Boot 2023.01 said about disks, against what the simulated one says.
///
/// `Disks/images.sh` makes the images; each transcript has a line `=> COMMAND`, its output, and `[STATUS]`, or `[left]`
/// where a kernel was started. Times are written as 0 ms.
struct DiskTranscriptTests {
    struct Transcript: Sendable, CustomTestStringConvertible {
        var name: String
        var images: [String]

        var testDescription: String { name }
    }

    private struct Entry {
        var command: String
        var output: String
        var status: Int?
    }

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Disks")

    @Test(arguments: [
        Transcript(name: "listing", images: ["a.img", "g.img", "n.img", "m.img", "z.img"]),
        Transcript(name: "places", images: ["a.img", "g.img", "n.img", "t.img", "u.img"]),
        Transcript(name: "writing", images: ["a.img", "g.img", "n.img"]),
        Transcript(name: "contents", images: ["a.img", "g.img", "n.img", "m.img"]),
        Transcript(name: "menus", images: ["k.img"]),
        Transcript(name: "damage", images: ["x.img", "y.img", "v.img"]),
    ])
    func disksAnswerAsRecorded(_ transcript: Transcript) throws {
        let images = try TemporaryFolder([:])
        try Self.makeImages(in: images.path)
        let entries = try Self.entries(of: transcript.name)
        let repository = Self.folder.deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let board = try Board(file: repository.appending(path: "boards/qemu-arm64-virt.yaml").path())
        let simulation = Simulation(
            board: board, limits: Limits(), files: try FolderServer(root: images.path),
            disks: transcript.images.map { DiskAttachment(path: "\(images.path)/\($0)") })
        let lines = ByteString(latin1: entries.map { $0.command + "\n" }.joined()) ?? ""
        let outcome = try simulation.run(typed: lines, name: transcript.name)
        #expect(outcome.typed.count == entries.count)
        for (typed, entry) in zip(outcome.typed, entries) {
            #expect(typed.output.latin1 == entry.output, "\(entry.command)")
            #expect(typed.status == entry.status, "\(entry.command)")
        }
    }

    private static func makeImages(in folder: String) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = [Self.folder.appending(path: "images.sh").path()]
        process.currentDirectoryURL = URL(filePath: folder)
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "images.sh needs dosfstools, mtools, e2fsprogs and fdisk")
    }

    private static func entries(of name: String) throws -> [Entry] {
        let text = try String(contentsOf: folder.appending(path: "\(name).txt"), encoding: .utf8)
        var entries: [Entry] = []
        for part in text.components(separatedBy: "\n=> ") {
            var lines = part.components(separatedBy: "\n")
            if lines.last?.isEmpty == true { lines.removeLast() }
            let status = try #require(lines.popLast()?.wholeMatch(of: /\[(\d|left)\]/)).1
            let command = lines.removeFirst()
            entries.append(
                Entry(
                    command: command.hasPrefix("=> ") ? String(command.dropFirst(3)) : command,
                    output: lines.map { $0 + "\n" }.joined(), status: Int(status)))
        }
        return entries
    }
}
