import Foundation
import Testing

/// Public boot scripts, parsed by the real U-Boot and executed by ibtest.
extension RealUBootTests {
    private static var isFetched: Bool {
        let cache = ProcessInfo.processInfo.environment["XDG_CACHE_HOME"] ?? NSHomeDirectory() + "/.cache"
        return FileManager.default.fileExists(atPath: cache + "/ibtest/corpus/corpus.json")
    }

    @Test(
        .tags(.emulator), .timeLimit(.minutes(30)),
        .enabled(if: isRequired || (isInstalled && isFetched), "nothing was fetched: run scripts/corpus"))
    func publicScriptsAreUnderstood() throws {
        let process = Process()
        let output = Pipe()
        process.executableURL = Self.root.appending(path: "scripts/corpus")
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(text)")
        #expect(text.contains("ibtest differs in 0"))
    }
}
