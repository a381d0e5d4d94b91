import Foundation

/// Files for tests in a folder of their own.
enum TestFolder {
    /// Removes a folder when it goes itself.
    final class Owner: Sendable {
        let path: String

        init(path: String) {
            self.path = path
        }

        deinit {
            try? FileManager.default.removeItem(atPath: path)
        }
    }

    /// A new folder; its path.
    static func make() throws -> String {
        let path = FileManager.default.temporaryDirectory.appending(path: "ibtest-\(UUID().uuidString)").path()
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }

    /// A file in a new folder; its path.
    static func write(_ bytes: [UInt8], _ name: String) throws -> String {
        let path = try make() + "/" + name
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        return path
    }
}
