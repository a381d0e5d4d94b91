import Foundation

/// A script of the project, run to its end.
enum ProjectScript {
    /// What it printed, to both streams, and its exit code.
    static func run(_ name: String, _ arguments: [String]) throws -> (code: Int32, text: String) {
        let process = Process()
        // No pipe: whatever is started at the same time would keep its end open.
        let file = FileManager.default.temporaryDirectory.appending(path: "ibtest-script-\(UUID().uuidString).txt")
        _ = FileManager.default.createFile(atPath: file.path, contents: nil)
        defer { try? FileManager.default.removeItem(at: file) }
        let output = try FileHandle(forWritingTo: file)
        process.executableURL = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "scripts/\(name)")
        process.arguments = arguments
        process.standardOutput = output
        process.standardError = output
        try process.run()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: try Data(contentsOf: file), as: UTF8.self))
    }
}
