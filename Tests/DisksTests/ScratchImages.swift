import Disks
import Foundation
import Testing

/// A folder in which the real tools make disk images; it goes with its owner.
final class ScratchImages {
    let folder: URL

    /// Runs a shell script in a fresh folder.
    init(_ script: String) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "ibtest-disks-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-ec", script]
        process.currentDirectoryURL = folder
        process.environment = ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8", "MTOOLS_SKIP_CHECK": "1"]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let said = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(String(decoding: said, as: UTF8.self))")
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    /// The path of a file that the script made.
    func path(_ name: String) -> String { folder.appending(path: name).path() }

    /// An image as a disk.
    func disk(_ name: String) throws -> Disk { try Disk(path: path(name)) }

    /// The bytes that a file's runs name.
    static func bytes(_ runs: [FileRun], on disk: Disk) -> [UInt8] {
        runs.flatMap { run in
            run.diskOffset.map { disk.read($0, run.byteCount) ?? [] } ?? [UInt8](repeating: 0, count: run.byteCount)
        }
    }
}

extension [UInt8] {
    var text: String { String(decoding: self, as: UTF8.self) }
}
