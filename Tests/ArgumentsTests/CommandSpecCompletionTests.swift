import Arguments
import Foundation
import Testing

struct CommandSpecCompletionTests {
    @Test func scriptIsAsRecorded() throws {
        try expectGolden(SampleSpec.root.bashCompletion(), "completion-bash")
    }

    /// The line up to the cursor as bash splits it, and what it is offered.
    @Test(arguments: [
        (["boots", ""], "run copy list help"),
        (["boots", "c"], "copy"),
        (["boots", "-"], "--verbose -v --color --help -h --version"),
        (["boots", "help", "r"], "run"),
        (["boots", "run", ""], ""),
        (["boots", "list", "codes", "-"], "--verbose -v --color --help -h --version"),
        (["boots", "-v", "r"], "run"),
        (["boots", "--color", ""], "auto always never"),
        (["boots", "--color", "=", "a"], "auto always"),
        (["boots", "--color", "="], "auto always never"),
        (["boots", "--color", "run", "r"], "run"),
        (["boots", "--color", "=", "auto", "r"], "run"),
        (["boots", "list", ""], "boards codes help"),
        (["boots", "list", "codes", "--c"], "--color"),
        (["boots", "run", "--b"], "--board"),
        (["boots", "run", "-b", ""], ""),
        (["boots", "run", "-b", "copy", "--ke"], "--keep"),
        (["boots", "run", "--progress", "p"], "plain"),
        (["boots", "run", "--", "--k"], ""),
    ])
    func bashIsOfferedWhatFits(_ words: [String], _ expected: String) throws {
        let quoted = words.map { "'\($0)'" }.joined(separator: " ")
        let script = """
            set -eu
            \(SampleSpec.root.bashCompletion())
            COMP_WORDS=(\(quoted))
            COMP_CWORD=\(words.count - 1)
            _boots || true
            echo "${COMPREPLY[*]-}"
            """
        #expect(try bash(script) == expected + "\n")
    }

    private func bash(_ script: String) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = ["--norc", "-c", script]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }
}
