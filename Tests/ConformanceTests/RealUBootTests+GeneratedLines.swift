import Foundation
import Testing

/// Lines that a generator makes, typed at the real U-Boot under QEMU and at ibtest.
extension RealUBootTests {
    private static let lineCount = 1000

    /// A seed that stays, and the commit's, so that each commit tries lines that none has tried before.
    private static var seeds: [String] { ["ibtest", (try? output(of: "git", ["rev-parse", "HEAD"])) ?? "no-commit"] }

    @Test(
        .tags(.emulator), .timeLimit(.minutes(15)),
        .enabled(
            if: isInstalled || isRequired, "QEMU or U-Boot is missing: run scripts/setup"),
        arguments: seeds)
    func ibtestAnswersAsTheRealUBoot(_ seed: String) throws {
        let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
            .appending(path: "ibtest").path()
        let script = Self.root.appending(path: "scripts/fuzz-uboot").path()
        let words = ["--seed", seed, "--lines", "\(Self.lineCount)", "--ibtest", program]
        let text = try Self.output(of: script, words)
        // The last line has the seed, with which anyone can have the same lines again.
        let summary = text.split(separator: "\n").last ?? ""
        print(summary)
        #expect(summary.contains(": 0 differ"), "\(text)")
        #expect((summary.split(separator: " ").first.flatMap { Int($0) } ?? 0) >= Self.lineCount)
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
