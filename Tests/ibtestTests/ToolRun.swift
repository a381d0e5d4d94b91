import Foundation

@testable import ibtest

/// One run of the program inside this process.
struct ToolRun {
    let code: Int32
    let output: String
    let errors: String

    /// Runs the words of a command line; boards come from the source tree, found by their path.
    init(_ words: [String]) throws {
        let folder = try Folder()
        let output = folder.path + "/output"
        let errors = folder.path + "/errors"
        _ = FileManager.default.createFile(atPath: output, contents: nil)
        _ = FileManager.default.createFile(atPath: errors, contents: nil)
        guard let first = FileHandle(forWritingAtPath: output), let second = FileHandle(forWritingAtPath: errors) else {
            throw CocoaError(.fileNoSuchFile)
        }
        code = Tool(
            standardOutput: OutputFile(descriptor: first.fileDescriptor),
            standardError: OutputFile(descriptor: second.fileDescriptor)
        ).run(words)
        try first.close()
        try second.close()
        self.output = try String(contentsOfFile: output, encoding: .utf8)
        self.errors = try String(contentsOfFile: errors, encoding: .utf8)
    }
}

/// A folder that is removed with its owner.
final class Folder {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appending(path: "ibtest-\(UUID().uuidString)").path()
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    /// Writes a file and gives its path.
    func write(_ bytes: some Sequence<UInt8>, as name: String) throws -> String {
        try Data(bytes).write(to: URL(filePath: "\(path)/\(name)"))
        return "\(path)/\(name)"
    }

    /// Writes a text and gives its path.
    func write(_ text: String, as name: String) throws -> String { try write(text.utf8, as: name) }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }
}
