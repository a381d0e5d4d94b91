import Foundation
import Testing

/// What a real U-Boot answered, and where.
struct Transcript: Decodable {
    struct Command: Decodable, Sendable, CustomTestStringConvertible {
        var command: String
        var output: String
        var status: Int
        var testDescription: String { command }
    }

    var uboot: String
    var recorded: String
    var commands: [Command]

    init(_ board: String) throws {
        let file = Self.here.appendingPathComponent("Golden/\(board).json")
        self = try JSONDecoder().decode(Transcript.self, from: Data(contentsOf: file))
    }

    private static let here = URL(fileURLWithPath: #filePath).deletingLastPathComponent()

    /// The folder of the boards that come with ibtest.
    static let boards = here.deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("boards")
        .path
}
