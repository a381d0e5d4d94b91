import Foundation
import Testing

@testable import LineEditor

struct HistoryFileTests {
    /// A path in a folder that does not exist yet; the folder above it is removed by the caller.
    private static func scratch() -> String {
        FileManager.default.temporaryDirectory.appending(path: "ibtest-\(UUID().uuidString)").path()
    }

    private static func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test func linesComeBackInOrderFromAPrivateFile() throws {
        let folder = Self.scratch()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let history = HistoryFile(path: "\(folder)/ibtest/history", limit: 10)
        #expect(history.load() == [])
        history.append(Array("first".utf8))
        history.append(Array("second \u{e9}".utf8))
        history.append([])
        history.append(Array("two\nlines".utf8))
        #expect(history.load() == ["first", "second \u{e9}"].map { Array($0.utf8) })
        #expect(try Self.mode(history.path) == 0o600)
        #expect(try Self.mode("\(folder)/ibtest") == 0o700)
    }

    @Test func aFileThatOthersCanReadIsMadePrivate() throws {
        let folder = Self.scratch()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = "\(folder)/history"
        #expect(
            FileManager.default.createFile(
                atPath: path, contents: Data("a\u{1b}[2J\n\nb".utf8), attributes: [.posixPermissions: 0o644]))
        #expect(HistoryFile(path: path, limit: 10).load() == ["a[2J", "b"].map { Array($0.utf8) })
        #expect(try Self.mode(path) == 0o600)
    }

    @Test func onlyTheNewestLinesAreKept() throws {
        let folder = Self.scratch()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let history = HistoryFile(path: "\(folder)/history", limit: 3)
        for number in 1...5 { history.append(Array("\(number)".utf8)) }
        #expect(history.load() == ["3", "4", "5"].map { Array($0.utf8) })
        #expect(try String(contentsOfFile: history.path, encoding: .utf8) == "3\n4\n5\n")
    }

    @Test(arguments: ["/proc/nosuch/history", "/dev/null/history", "/dev/null", "/"])
    func whatCannotBeAHistoryIsLeftAlone(_ path: String) {
        let history = HistoryFile(path: path, limit: 3)
        history.append(Array("a".utf8))
        #expect(history.load() == [])
    }

    @Test(arguments: [
        (["XDG_STATE_HOME": "/s", "HOME": "/h"], "/s/ibtest/history"),
        (["HOME": "/h"], "/h/.local/state/ibtest/history"),
        (["XDG_STATE_HOME": "relative", "HOME": "/h"], "/h/.local/state/ibtest/history"), ([:], nil),
    ])
    func thePathFollowsTheEnvironment(_ variables: [String: String], _ path: String?) {
        #expect(HistoryFile.standardPath { variables[$0] } == path)
    }
}
