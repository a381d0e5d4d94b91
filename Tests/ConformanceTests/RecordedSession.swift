import BootImages
import Foundation
import Testing
import UBoot

/// One recorded session, as its file has it.
struct RecordedSession: Decodable, Sendable, CustomTestStringConvertible {
    struct Entry: Decodable, Sendable {
        var command: String
        var output: String?
        var status: Int?
        var match: String?
    }

    /// The content of a served file, in one of several forms.
    struct Content: Decodable, Sendable {
        var text: String?
        var script: String?
        var hex: String?
        var base64: String?
        var gz: String?
        var fill: [Int]?
        var ramp: Int?
    }

    var name: String
    var area: String
    var files: [String: Content]?
    var disks: [String]?
    var setup: [String]?
    var commands: [Entry]
    var finalFDT: String?
    var expectedFDT: String?

    enum CodingKeys: String, CodingKey {
        case name, area, files, disks, setup, commands
        case finalFDT = "final_fdt"
        case expectedFDT = "expected_fdt"
    }

    var testDescription: String { name }

    /// All sessions beside this file, in the order of their names.
    static let all: [RecordedSession] = {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Sessions")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
        return names.filter { $0.hasSuffix(".json") }.sorted().compactMap { name in
            do {
                return try JSONDecoder().decode(Self.self, from: Data(contentsOf: folder.appending(path: name)))
            } catch {
                Issue.record("\(name): \(error)")
                return nil
            }
        }
    }()
}

extension RecordedSession.Content {
    enum Failure: Error {
        case unknownForm
    }

    /// The bytes of the file.
    func bytes() throws -> [UInt8] {
        if let text { return ByteString(latin1: text)?.bytes ?? [] }
        if let script { return try ScriptImage.encode(text: ByteString(latin1: script)?.bytes ?? [], name: "script") }
        if let hex {
            return stride(from: 0, to: hex.utf8.count, by: 2).compactMap { start in
                UInt8(hex.dropFirst(start).prefix(2), radix: 16)
            }
        }
        if let base64 { return [UInt8](Data(base64Encoded: base64) ?? Data()) }
        if let fill { return [UInt8](repeating: UInt8(fill[0]), count: fill[1]) }
        if let ramp { return (0..<ramp).map { UInt8(truncatingIfNeeded: $0 * 7 + ($0 >> 8)) } }
        // Disk images are packed; they are not read before disks are simulated.
        if gz != nil { return [] }
        throw Failure.unknownForm
    }
}
