import Foundation
import Testing

@testable import Reports
@testable import Scenarios

/// Jenkins' schema, with which xmllint reads what is written.
enum JUnitSchema {
    static let advice = "xmllint or Jenkins' schema is missing: run scripts/setup"
    private static let program = "/usr/bin/xmllint"

    /// Where scripts/lib/junit-schema keeps it.
    static let file: String = {
        let environment = ProcessInfo.processInfo.environment
        let cache =
            environment["XDG_CACHE_HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? "\(environment["HOME"] ?? "")/.cache"
        return "\(cache)/ibtest/junit-10.xsd"
    }()

    /// Whether it is there, or this is a run in which it must be.
    static let isExpected =
        ProcessInfo.processInfo.environment["IBTEST_REQUIRE_EMULATOR"] != nil
        || FileManager.default.isExecutableFile(atPath: program) && FileManager.default.fileExists(atPath: file)

    /// What xmllint says of a document; nothing if it fits.
    static func complaints(_ text: String) throws -> String {
        for path in [program, file] {
            try #require(FileManager.default.fileExists(atPath: path), "\(path) is missing: run scripts/setup")
        }
        let document = FileManager.default.temporaryDirectory.appending(path: "ibtest-junit-\(UUID().uuidString).xml")
        // No pipe: whatever is started at the same time would keep its end open.
        let words = FileManager.default.temporaryDirectory.appending(path: "ibtest-junit-\(UUID().uuidString).txt")
        _ = FileManager.default.createFile(atPath: words.path, contents: nil)
        defer { for file in [document, words] { try? FileManager.default.removeItem(at: file) } }
        try Data(text.utf8).write(to: document)
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = ["--noout", "--nonet", "--schema", file, document.path]
        process.standardError = try FileHandle(forWritingTo: words)
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        let said = String(decoding: try Data(contentsOf: words), as: UTF8.self)
        return process.terminationStatus == 0 ? "" : "exit code \(process.terminationStatus)\n\(said.prefix(2000))"
    }
}

@Suite(.enabled(if: JUnitSchema.isExpected, Comment(rawValue: JUnitSchema.advice)), .timeLimit(.minutes(30)))
struct JUnitSchemaTests {
    @Test(arguments: RunSample.allCases)
    func reportFits(_ sample: RunSample) throws {
        #expect(try JUnitSchema.complaints(JUnitReport([sample.result]).text) == "")
    }

    @Test func reportOfManyRunsFits() throws {
        let results = RunSample.allCases.map(\.result)
        #expect(try JUnitSchema.complaints(JUnitReport(results + results).text) == "")
        #expect(try JUnitSchema.complaints(JUnitReport([]).text) == "")
    }

    /// Each control character, alone, where names and texts stand.
    @Test func reportOfEachCharacterFits() throws {
        let results = (0..<0x110).compactMap(UnicodeScalar.init).map { scalar in
            var result = RunSample.failed.result
            result.scenario = "a\(scalar)b"
            result.checks[0].text = String(scalar)
            result.failure?.cause = "\(scalar)x"
            result.failure?.evidence = ["\(scalar)"]
            return result
        }
        #expect(try JUnitSchema.complaints(JUnitReport(results).text) == "")
    }

    /// The judge can say no.
    @Test(arguments: [
        ("<testcase ", "<testcase line=\"3\" ", "attribute 'line'"),
        ("<properties>", "<properties><x/>", "Element 'x'"),
        ("time=\"12.340\"", "time=\"12,340 s\"", "attribute 'time'"), (" errors=\"0\" skipped", " skipped", "'errors'"),
        ("<testsuites ", "<testsuites \u{1} ", "parser error"), ("&quot;", "<", "parser error"),
    ])
    func otherDocumentsDoNot(_ old: String, _ new: String, _ complaint: String) throws {
        let text = JUnitReport([RunSample.failed.result]).text
        let other = text.replacing(old, with: new)
        #expect(other != text)
        #expect(try JUnitSchema.complaints(other).contains(complaint))
    }
}
