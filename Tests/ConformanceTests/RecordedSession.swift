import Foundation
import Sessions
import Testing

/// One recorded session, as its file has it.
struct RecordedSession: Decodable, Sendable, CustomTestStringConvertible {
    struct Entry: Decodable, Sendable {
        var command: String
        var output: String?
        var status: Int?
        var match: String?
    }

    var name: String
    var area: String
    var files: [String: SessionContent]?
    var disks: [String]?
    var setup: [String]?
    var commands: [Entry]
    var finalFDT: String?
    var expectedFDT: String?
    /// Whose answers these are.
    var release: Release { firmware ?? .bookworm }
    private(set) var firmware: Release?

    enum CodingKeys: String, CodingKey {
        case name, area, files, disks, setup, commands, firmware
        case finalFDT = "final_fdt"
        case expectedFDT = "expected_fdt"
    }

    var testDescription: String { "\(name) (\(release.rawValue))" }

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Sessions")

    private static func names(in folder: URL) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
        return names.filter { $0.hasSuffix(".json") }.sorted()
    }

    /// Those of the U-Boots that scripts/firmware-build makes, each of which has sessions of its own.
    static let ofBuilds: [RecordedSession] = {
        let builds = folder.appending(path: "builds")
        return names(in: builds).compactMap { name in
            do {
                return try JSONDecoder().decode(Self.self, from: Data(contentsOf: builds.appending(path: name)))
            } catch {
                Issue.record("\(name): \(error)")
                return nil
            }
        }
    }()

    /// All sessions beside this file, in the order of their names, with the answers of each release.
    static let all: [RecordedSession] = {
        names(in: folder).flatMap { name -> [RecordedSession] in
            do {
                let session = try JSONDecoder().decode(
                    Self.self, from: Data(contentsOf: folder.appending(path: name)))
                let other = folder.appending(path: Release.trixie.rawValue).appending(path: name)
                let answers = (try? Data(contentsOf: other)).map { data in
                    Result { try JSONDecoder().decode(OtherAnswers.self, from: data) }
                }
                return [session, session.with(try answers?.get() ?? OtherAnswers(differences: []), of: .trixie)]
            } catch {
                Issue.record("\(name): \(error)")
                return []
            }
        }
    }()
}

// MARK: Releases

extension RecordedSession {
    /// The releases that the sessions were recorded from.
    enum Release: String, Sendable, Decodable, CaseIterable {
        /// Debian 12's.
        case bookworm = "2023.01"
        /// Debian 13's.
        case trixie = "2025.01"
        /// Those that are built from Debian's source with other options.
        case wide
        case wideTrixie = "wide-2025.01"
        case noFIT = "no-fit"
        case noSignatures = "no-signatures"

        /// The ones that are packages of Debian's.
        static let packaged: [Self] = [.bookworm, .trixie]
        /// The others.
        static let built: [Self] = [.wide, .wideTrixie, .noFIT, .noSignatures]

        /// The file of the board that has it, from the project's folder.
        var boardFile: String {
            switch self {
            case .bookworm: "boards/qemu-arm64-virt.yaml"
            case .trixie: "boards/qemu-arm64-virt-debian13.yaml"
            case .wide, .wideTrixie, .noFIT, .noSignatures: "Tests/ConformanceTests/Boards/\(rawValue).yaml"
            }
        }
    }

    /// What another release answers differently.
    private struct OtherAnswers: Decodable {
        struct Difference: Decodable {
            var line: Int
            var output: String
            var status: Int?
        }

        var differences: [Difference]
        var expectedFDT: String?

        enum CodingKeys: String, CodingKey {
            case differences
            case expectedFDT = "expected_fdt"
        }
    }

    private func with(_ answers: OtherAnswers, of release: Release) -> RecordedSession {
        var session = self
        session.firmware = release
        for difference in answers.differences {
            session.commands[difference.line].output = difference.output
            session.commands[difference.line].status = difference.status
        }
        session.expectedFDT = answers.expectedFDT ?? expectedFDT
        return session
    }
}
