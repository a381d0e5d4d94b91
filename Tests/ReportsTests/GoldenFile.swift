import Foundation
import Testing

/// Files with expected texts beside the tests.
enum GoldenFile {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")

    /// Compares a text with a file; with `RECORD_GOLDEN=1` writes the file and fails all the same.
    static func check(_ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let file = folder.appending(path: name)
        if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1" {
            try Data(text.utf8).write(to: file)
            Issue.record("recorded \(name), run again without RECORD_GOLDEN", sourceLocation: sourceLocation)
            return
        }
        let expected = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        #expect(text == expected, "differs from Golden/\(name)", sourceLocation: sourceLocation)
    }
}
