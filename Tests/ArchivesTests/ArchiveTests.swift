import Foundation
import Testing

@testable import Archives

struct ArchiveTests {
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "ibtest-archive-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private func write(_ name: String) throws -> String {
        let path = folder.appending(path: name).path
        let writer = try ArchiveWriter(path: path, .initramfs)
        try writer.addFolder("bin")
        try writer.add("bin/tool", permissions: 0o755, [UInt8](repeating: 7, count: 300_000))
        try writer.addLink("bin/sh", to: "tool")
        try writer.add("init", Array("#!/bin/sh\n".utf8))
        try writer.close()
        return path
    }

    @Test func whatWasPutInComesOut() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let reader = try ArchiveReader(path: try write("a"))
        var files: [String: [UInt8]] = [:]
        while let name = try reader.next() { try reader.read { files[name, default: []] += $0 } }
        #expect(files == ["bin/tool": [UInt8](repeating: 7, count: 300_000), "init": Array("#!/bin/sh\n".utf8)])
    }

    @Test func bytesDependOnTheContentOnly() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let first = try Data(contentsOf: URL(filePath: try write("a")))
        usleep(1_100_000)
        let second = try Data(contentsOf: URL(filePath: try write("b")))
        #expect(first == second)
    }

    @Test func gzipFileHoldsItsBytes() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "x.gz").path
        let writer = try ArchiveWriter(path: path, .gzip)
        try writer.add("x", Array("hello".utf8))
        try writer.close()
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: "/bin/gzip")
        process.arguments = ["-dc", path]
        process.standardOutput = output
        try process.run()
        #expect(output.fileHandleForReading.readDataToEndOfFile() == Data("hello".utf8))
        process.waitUntilExit()
    }

    @Test func whatIsNoArchiveIsAnError() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "text").path
        try Data("no archive".utf8).write(to: URL(filePath: path))
        #expect(throws: ArchiveError.self) {
            let reader = try ArchiveReader(path: path)
            while try reader.next() != nil {}
        }
        #expect(throws: ArchiveError.self) { try ArchiveReader(path: "/nowhere/x") }
    }
}
