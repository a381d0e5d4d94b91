import Foundation
import Testing

/// Lines that a generator makes, typed at the real U-Boot under QEMU and at ibtest.
extension RealUBootTests {
    /// Lines of one seed, from all areas that take part by themselves or from one.
    struct Batch: Sendable, CustomTestStringConvertible {
        var seed: String
        var area: String?
        var lineCount = 1000

        var testDescription: String { "\(seed), \(area ?? "all")" }
    }

    /// A seed that stays, and the commit's, so that each commit tries lines that none has tried before.
    ///
    /// Lines about images and disks, whose damage can end in what U-Boot's heap held, have a seed that stays.
    private static var batches: [Batch] {
        [
            Batch(seed: "ibtest"), Batch(seed: (try? output(of: "git", ["rev-parse", "HEAD"])) ?? "no-commit"),
            Batch(seed: "ibtest", area: "images", lineCount: 500), Batch(seed: "ibtest", area: "disks", lineCount: 500),
        ]
    }

    @Test(
        .tags(.emulator), .timeLimit(.minutes(30)),
        .enabled(
            if: isInstalled || isRequired, "QEMU or U-Boot is missing: run scripts/setup"),
        arguments: batches)
    func ibtestAnswersAsTheRealUBoot(_ batch: Batch) throws {
        let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
            .appending(path: "ibtest").path()
        let script = Self.root.appending(path: "scripts/fuzz-uboot").path()
        let area = batch.area.map { ["--area", $0] } ?? []
        let words = ["--seed", batch.seed, "--lines", "\(batch.lineCount)", "--ibtest", program] + area
        let text = try Self.output(of: script, words)
        // The last line has the seed, with which anyone can have the same lines again.
        let summary = text.split(separator: "\n").last ?? ""
        print(summary)
        #expect(summary.contains(": 0 differ"), "\(text)")
        #expect((summary.split(separator: " ").first.flatMap { Int($0) } ?? 0) >= batch.lineCount)
    }

    /// What a program prints, without the last line feed.
    private static func output(of program: String, _ words: [String]) throws -> String {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [program] + words
        process.currentDirectoryURL = Self.root
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return text.trimmingCharacters(in: .newlines)
    }
}
