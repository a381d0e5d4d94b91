import Foundation
import Testing

@testable import Compression

/// Files of the usual tools, unpacked with the libraries that are loaded for them.
struct LibraryTests {
    private static let text = Array(String(repeating: "packed and unpacked, ", count: 500).utf8)

    private func packed(_ command: String) throws -> [UInt8] {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", command]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        try input.fileHandleForWriting.write(contentsOf: Self.text)
        try input.fileHandleForWriting.close()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "\(command) failed: run scripts/setup")
        return [UInt8](bytes)
    }

    private func unpack<Result>(
        room: Int = text.count + 16, _ body: (inout MutableRawSpan) throws -> Result
    ) rethrows -> (Result, [UInt8]) {
        var output = [UInt8](repeating: 0, count: room)
        let result = try unsafe output.withUnsafeMutableBytes { buffer in
            var span = unsafe MutableRawSpan(_unsafeBytes: buffer)
            return try body(&span)
        }
        return (result, output)
    }

    @Test func bzip2() throws {
        var file = try packed("bzip2 -c")
        let (result, bytes) = try unpack { try unsafe BZip2.run(file.span.bytes, into: &$0) }
        #expect(result == .init(code: 0, byteCount: Self.text.count))
        #expect(bytes.starts(with: Self.text))
        #expect(try unpack(room: 100) { try unsafe BZip2.run(file.span.bytes, into: &$0) }.0.code == -8)
        file[0] ^= 1
        #expect(try unpack { try unsafe BZip2.run(file.span.bytes, into: &$0) }.0.code == -5)
    }

    @Test func lzop() throws {
        var file = try packed("lzop -c")
        let (result, bytes) = try unpack { try LZO.run(file, byteCount: file.count, into: &$0) }
        #expect(result == .init(code: 0, byteCount: Self.text.count))
        #expect(bytes.starts(with: Self.text))
        #expect(try unpack(room: 100) { try LZO.run(file, byteCount: file.count, into: &$0) }.0.code == -5)
        #expect(try unpack { try LZO.run(Array(file.dropLast(60)), byteCount: file.count, into: &$0) }.0.code == -4)
        file[2] ^= 1
        #expect(try unpack { try LZO.run(file, byteCount: file.count, into: &$0) }.0.code == -1)
    }

    @Test(arguments: ["zstd -qc", "zstd -qc --no-content-size", "zstd -qc -19 --no-check"])
    func zstandard(_ command: String) throws {
        let file = try packed(command)
        let (frame, bytes) = try unpack { try unsafe Zstandard.frame(file.span.bytes, into: &$0) }
        #expect(frame == .done(byteCount: Self.text.count))
        #expect(bytes.starts(with: Self.text))
        let (stream, others) = try unpack { try unsafe Zstandard.stream(file.span.bytes, into: &$0, window: 1 << 30) }
        #expect(stream == .done(byteCount: Self.text.count))
        #expect(others.starts(with: Self.text))
    }

    @Test func aStreamMayNotReferBackTooFar() throws {
        let file = try packed("zstd -qc --no-content-size")
        let result = try unpack { try unsafe Zstandard.stream(file.span.bytes, into: &$0, window: 100) }.0
        #expect(result == .failed(code: Zstandard.windowTooLarge, byteCount: 0))
    }

    @Test func whatIsNoFrameHasNoEnd() throws {
        let bytes = [UInt8](repeating: 7, count: 40)
        #expect(try unpack { try unsafe Zstandard.frame(bytes.span.bytes, into: &$0) }.0 == .endless(code: 10))
    }
}
