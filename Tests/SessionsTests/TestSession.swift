import Boards
import Foundation
import UBoot

@testable import Sessions

/// Sessions on the board that comes with ibtest, with a folder of files.
struct TestSession {
    static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    let folder: Folder

    init() throws {
        folder = try Folder()
    }

    var simulation: Simulation {
        get throws {
            let board = try Board(file: Self.repository.appending(path: "boards/qemu-arm64-virt.yaml").path())
            return Simulation(board: board, limits: Limits(), files: try FolderServer(root: folder.path))
        }
    }

    func session(isInteractive: Bool = false) throws -> Session {
        try Session(simulation, isInteractive: isInteractive)
    }

    /// A folder that is removed with its owner.
    final class Folder {
        let path: String

        init() throws {
            path = FileManager.default.temporaryDirectory.appending(path: "ibtest-\(UUID().uuidString)").path()
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }

        @discardableResult
        func write(_ text: String, as name: String) throws -> String {
            let url = URL(filePath: "\(path)/\(name)")
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: url)
            return url.path()
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }
    }
}
