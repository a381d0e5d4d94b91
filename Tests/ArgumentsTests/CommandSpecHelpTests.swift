import Arguments
import Foundation
import Testing

struct CommandSpecHelpTests {
    @Test(
        arguments: [
            ("help-root", [], 80), ("help-run", ["run"], 80), ("help-run-narrow", ["run"], 50),
            ("help-copy", ["copy"], 80),
            ("help-list", ["list"], 80), ("help-codes", ["list", "codes"], 80),
        ] as [(String, [String], Int)])
    func helpIsAsRecorded(_ name: String, _ path: [String], _ width: Int) throws {
        try expectGolden(SampleSpec.root.helpText(path: path, width: width), name)
    }

    @Test(arguments: [40, 60, 80, 120])
    func linesKeepTheWidth(_ width: Int) {
        for path in [[], ["run"], ["list", "codes"]] {
            let lines = SampleSpec.root.helpText(path: path, width: width).split(separator: "\n")
            // Labels and examples are never broken.
            let wrapped = lines.filter { !$0.contains("boots run") && !$0.contains("--a-name") }
            #expect(wrapped.allSatisfy { $0.count <= width }, "\(wrapped.filter { $0.count > width })")
            #expect(lines.allSatisfy { $0.last != " " })
        }
    }

    @Test func bareCommandHasOnlyTheBuiltinOptions() {
        let text = CommandSpec(name: "x", abstract: "do it").helpText(path: [], width: 80)
        #expect(
            text == """
                usage: x [options]

                do it

                options:
                  -h, --help     show this help
                      --version  show the version

                """)
    }

    @Test func unknownPathGivesTheNearestCommandAbove() {
        let root = SampleSpec.root
        #expect(root.helpText(path: ["list", "x"], width: 80) == root.helpText(path: ["list"], width: 80))
    }
}

/// Compares with `Golden/NAME.txt`; with `RECORD_GOLDEN=1`, writes it and fails all the same.
func expectGolden(_ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Golden")
    let file = folder.appending(path: name + ".txt")
    if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1" {
        try Data(text.utf8).write(to: file)
        Issue.record("recorded \(name).txt, run again without RECORD_GOLDEN", sourceLocation: sourceLocation)
        return
    }
    let expected = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    #expect(text == expected, "differs from Golden/\(name).txt", sourceLocation: sourceLocation)
}
