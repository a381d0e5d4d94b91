import Boards
import Foundation
import Sessions
import Testing
import UBoot

/// A recorded session, run on the simulated board and compared line by line.
struct SessionRun {
    /// A line that came out otherwise.
    struct Difference: CustomStringConvertible {
        var command: String
        var recorded: String
        var simulated: String

        var description: String { "=> \(command)\nrecorded:  \(recorded)\nsimulated: \(simulated)" }
    }

    private(set) var differences: [Difference] = []
    private(set) var treeMatches: Bool?

    init(_ session: RecordedSession) throws {
        let folder = try TemporaryFolder(session.files ?? [:])
        let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let board = try Board(file: repository.appending(path: session.release.boardFile).path())
        let simulation = Simulation(
            board: board, limits: Limits(), files: try FolderServer(root: folder.path),
            disks: (session.disks ?? []).map { DiskAttachment(path: folder.path + "/" + $0) })
        let before = ["setenv ipaddr 10.0.2.15", "setenv serverip 10.0.2.2"] + (session.setup ?? [])
        let lines = before + session.commands.map(\.command)
        let typed = lines.map { $0 + "\n" }.joined()
        let outcome = try simulation.run(typed: ByteString(latin1: typed) ?? "", name: session.name)
        compare(session, Array(outcome.typed.dropFirst(before.count)))
        if let place = session.finalFDT, let expected = session.expectedFDT.flatMap({ Data(base64Encoded: $0) }) {
            let tree =
                place == "x0"
                ? outcome.record.handOff?.treeBytes.bytes
                : UInt64(place, radix: 16).flatMap { outcome.machine.treeBlob(at: Address($0)) }
            treeMatches = tree == [UInt8](expected)
        }
    }

    private mutating func compare(_ session: RecordedSession, _ typed: [Machine.TypedCommand]) {
        var rest = typed[...]
        for entry in session.commands {
            var command = ""
            var output = ""
            var status: Int?
            repeat {
                guard let next = rest.popFirst() else { break }
                command += (command.isEmpty ? "" : "\n") + next.command.latin1
                output += next.output.latin1
                status = next.status
            } while command.utf8.count < entry.command.utf8.count
            let isSame =
                entry.status == status
                && (entry.match == "status" || Self.normalised(entry.output ?? "") == Self.normalised(output))
            guard !isSame else { continue }
            differences.append(
                Difference(
                    command: entry.command, recorded: "\(Self.text(entry.status)) \(entry.output ?? "")",
                    simulated: "\(Self.text(status)) \(output)"))
        }
    }

    private static func text(_ status: Int?) -> String { status.map { "\($0)" } ?? "does not come back" }

    /// The output without what depends on time.
    private static func normalised(_ output: String) -> String {
        output.replacing(/\n\t [0-9.]+ (?:[KMG]iB|Bytes)\/s(?=\n)/, with: "")
            .replacing(/\ in \d+ ms(?: \([^)\n]*\/s\))?/, with: " in T ms")
    }
}

/// A folder with files that is removed with its owner.
final class TemporaryFolder {
    let path: String

    init(_ files: [String: SessionContent]) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "ibtest-\(UUID().uuidString)")
        path = folder.path()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (name, content) in files {
            let file = folder.appending(path: name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(#require(content.bytes())).write(to: file)
        }
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }
}
