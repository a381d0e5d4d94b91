import Foundation
import Testing

@testable import Scenarios

struct ArtifactProviderTests {
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "ibtest-artifacts-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data("kernel".utf8).write(to: folder.appending(path: "kernel"))
    }

    private func scenario(_ artifacts: String) throws -> Scenario {
        let text = "artifacts:\n\(artifacts)\nconfig: c\nexpect: {dom0: [x]}\n"
        return try Scenario(text: Array(text.utf8), path: folder.appending(path: "scenario.yaml").path, name: "s")
    }

    private func provider() throws -> ArtifactProvider {
        var provider = ArtifactProvider(cache: try ArtifactCache(root: folder.appending(path: "cache").path))
        provider.isOffline = true
        return provider
    }

    @Test func digestIsRecordedAndEnforced() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let found = try provider().files(of: try scenario("  a: {file: kernel}"))
        let digest = found[0].file.sha256
        #expect(found[0].file.byteCount == 6)
        #expect(try provider().files(of: try scenario("  a: {file: kernel, sha256: \(digest)}")).count == 1)
        let wrong = String(repeating: "0", count: 64)
        let error = #expect(throws: ArtifactError.self) {
            try provider().files(of: try scenario("  a: {file: kernel, sha256: \(wrong)}"))
        }
        #expect(error?.description.contains("the SHA-256 is \(digest), expected \(wrong)") == true)
        #expect(error?.isUsage == false)
    }

    @Test func everythingThatIsMissingIsNamed() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let error = #expect(throws: ArtifactError.self) {
            try provider().files(of: try scenario("  a: {file: nowhere}\n  b: {package: p, path: q}"))
        }
        let lines = error?.description.split(separator: "\n") ?? []
        #expect(lines.count == 2)
        #expect(lines.first?.hasPrefix("a: ") == true)
        #expect(lines.first?.hasSuffix("nowhere: No such file or directory") == true)
        #expect(lines.last == "b: the package p of Debian bookworm is not in the cache")
    }

    @Test func whatWasMadeIsTakenFromTheCache() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let scenario = try scenario("  a: {file: kernel}\n  a.gz: {gzip: a}")
        let first = try provider().files(of: scenario)
        let second = try provider().files(of: scenario)
        #expect(first.map(\.file) == second.map(\.file))
        #expect(first[1].file.path.contains("/objects/"))
        try FileManager.default.removeItem(atPath: first[1].file.path)
        #expect(try provider().files(of: scenario).map(\.file) == first.map(\.file))
    }

    @Test func initramfsDependsOnItsContentOnly() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let text = "files:\n  bin/tool: {file: kernel}\nlinks: {bin/sh: tool}\ninit: |\n  #!/bin/sh\n"
        try Data(text.utf8).write(to: folder.appending(path: "i.yaml"))
        let scenario = try scenario("  i: {initramfs: i.yaml}")
        let first = try provider().files(of: scenario)
        try FileManager.default.removeItem(at: folder.appending(path: "cache"))
        #expect(try provider().files(of: scenario).map(\.file.sha256) == first.map(\.file.sha256))
        try Data("other".utf8).write(to: folder.appending(path: "kernel"))
        #expect(try provider().files(of: scenario).map(\.file.sha256) != first.map(\.file.sha256))
    }

    @Test func tinyGuestIsAnImage() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let source = ScenarioTests.root.appending(path: "scenarios/common/tiny.S").path
        let file = try provider().files(of: try scenario("  t: {assembly: \(source)}"))[0].file
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: file.path)))
        #expect(bytes.count < 512)
        #expect(Array(bytes[56..<60]) == Array("ARMd".utf8))
        #expect(Int(bytes[16]) | Int(bytes[17]) << 8 == bytes.count)
    }

    @Test func mistakeInAnInitramfsHasItsPlace() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data("inti: x\n".utf8).write(to: folder.appending(path: "i.yaml"))
        let error = #expect(throws: ArtifactError.self) {
            try provider().files(of: try scenario("  i: {initramfs: i.yaml}"))
        }
        #expect(error?.description.contains("i.yaml:1:1: unknown key 'inti', did you mean 'init'?") == true)
        #expect(error?.isUsage == true)
    }
}
