import Foundation
import FoundationXML
import Testing

@testable import Reports
@testable import Scenarios

struct JUnitReportTests {
    private static func document(_ samples: [RunSample]) throws -> XMLDocument {
        try XMLDocument(data: Data(JUnitReport(samples.map(\.result)).text.utf8), options: [])
    }

    private static func values(_ document: XMLDocument, _ path: String) throws -> [String] {
        try document.nodes(forXPath: path).map { $0.stringValue ?? "" }
    }

    private static func names(_ document: XMLDocument) throws -> [String] {
        try document.nodes(forXPath: "//testcase").compactMap { $0 as? XMLElement }.map { item in
            ["classname", "name"].map { item.attribute(forName: $0)?.stringValue ?? "" }.joined(separator: " | ")
        }
    }

    @Test(arguments: [RunSample.passed, .failed, .error, .interrupted, .failedCrossCheck])
    func reportIsAsRecorded(_ sample: RunSample) throws {
        try GoldenFile.check(JUnitReport([sample.result]).text, "junit-\(sample.rawValue).xml")
    }

    @Test func runsOfOneScenarioAreOneSuite() throws {
        let document = try Self.document([.passed, .failedWithNothingKnown, .passed, .failed])
        #expect(try Self.values(document, "//testsuite/@name") == ["dom0-domu", "bare"])
        #expect(try Self.values(document, "//testsuite[1]/@time") == ["37.020"])
        #expect(try Self.values(document, "//testsuite[1]/@failures") == ["1"])
        #expect(
            try Self.names(document) == [
                "dom0-domu.boot | boot", "dom0-domu.dom0 | HELLO from dom0", "dom0-domu.domU0 | HELLO from domU0",
                "dom0-domu.boot | boot [run 2]", "dom0-domu.dom0 | HELLO from dom0 [run 2]",
                "dom0-domu.domU0 | HELLO from domU0 [run 2]", "dom0-domu.boot | boot [run 3]",
                "dom0-domu.dom0 | HELLO from dom0 [run 3]", "dom0-domu.domU0 | HELLO from domU0 [run 3]",
                "bare.boot | boot",
            ])
        // What was used is the same in all runs.
        #expect(try Self.values(document, "//property[@name='sha256 xen']/@value") == ["9f86d081"])
    }

    @Test func fileThatChangesBetweenRunsIsAPropertyOfItsOwn() throws {
        var second = RunSample.passed.result
        second.files[0].sha256 = "other"
        let text = JUnitReport([RunSample.passed.result, second]).text
        #expect(text.contains("<property name=\"sha256 xen\" value=\"9f86d081\"/>"))
        #expect(text.contains("<property name=\"sha256 xen [run 2]\" value=\"other\"/>"))
    }

    @Test(arguments: [
        [RunSample.sameNames], [.sameNames, .sameNames], RunSample.allCases, RunSample.allCases + RunSample.allCases,
    ])
    func casesHaveNamesOfTheirOwn(_ samples: [RunSample]) throws {
        let names = try Self.names(try Self.document(samples))
        #expect(Set(names).count == names.count)
        #expect(
            names.count
                == samples.map { $0.result.checks.count + 1 + ($0.result.crossCheck == nil ? 0 : 1) }.reduce(0, +))
    }

    /// Readers that have no suites know a case by its class and its name.
    @Test func scenariosWithDotsDoNotShareCases() throws {
        var one = RunSample.passed.result
        one.scenario = "a"
        one.checks = [.init(domain: "b.c", text: "x", isSeen: true)]
        var other = one
        other.scenario = "a.b"
        other.checks = [.init(domain: "c", text: "x", isSeen: true)]
        let text = JUnitReport([one, other]).text
        #expect(text.contains("classname=\"a.b.c\" name=\"x\" "))
        #expect(text.contains("classname=\"a.b.c\" name=\"x (2)\" "))
    }

    @Test(
        arguments: [
            (.passed, 0, 0, 0), (.failed, 1, 0, 1), (.error, 0, 1, 0), (.interrupted, 0, 1, 1),
            (.failedCrossCheck, 1, 0, 0),
            (.manyMissing, 1, 0, 29),
        ] as [(RunSample, Int, Int, Int)])
    func countsAreThoseOfTheElements(_ sample: RunSample, _ failures: Int, _ errors: Int, _ skipped: Int) throws {
        let document = try Self.document([sample])
        for (element, count) in [("failure", failures), ("error", errors), ("skipped", skipped)] {
            #expect(try document.nodes(forXPath: "//testcase/\(element)").count == count)
        }
        for (name, count) in [("failures", failures), ("errors", errors), ("skipped", skipped)] {
            #expect(try Self.values(document, "//testsuite/@\(name)") == ["\(count)"])
        }
        #expect(try Self.values(document, "/testsuites/@failures") == ["\(failures)"])
        #expect(try Self.values(document, "/testsuites/@errors") == ["\(errors)"])
        let cases = try document.nodes(forXPath: "//testcase").count
        #expect(try Self.values(document, "//testsuite/@tests | /testsuites/@tests") == ["\(cases)", "\(cases)"])
    }

    @Test func textsComeBack() throws {
        let document = try Self.document([.hostile])
        let expected =
            "\\x00\\x01\\x08\t\n\\x0b\\x0d\\x1b[31m\\x7f\\x85\\x9b\u{2028}\u{fffd}\u{fffd}\u{1fffe}\u{10ffff} <b> & \"q\" 'a' ]]> "
            + "<![CDATA[ <!-- &amp; %s 🧑‍🚒 é e\u{301} "
            + String(decoding: [0xff, 0xc3, 0x28, 0xed, 0xa0, 0x80], as: UTF8.self)
        #expect(try Self.values(document, "//failure/@message") == [expected])
        #expect(try Self.values(document, "//property[@name='command']/@value") == [expected])
        // A name is one line.
        let name = expected.split(separator: "\t").joined(separator: "\\x09").split(separator: "\n").joined(
            separator: "\\x0a")
        #expect(try Self.values(document, "//testsuite/@name") == [name])
        #expect(try Self.values(document, "//testcase[2]/@name") == [name])
    }

    @Test func longTextsKeepHeadAndTail() throws {
        let document = try Self.document([.long])
        let all = try Self.values(document, "//@* | //failure")
        #expect(all.allSatisfy { $0.utf8.count <= 64 << 10 })
        #expect(all.count { $0.utf8.count > 50_000 } == 3)
        let message = try Self.values(document, "//failure/@message")[0]
        #expect(message.hasPrefix("first ]]>]]>") && message.hasSuffix("]]> last"))
        #expect(message.contains("bytes left out"))
        let body = try Self.values(document, "//failure")[0]
        #expect(body.hasPrefix("FAIL  dom0-domu  [12.3s]") && body.hasSuffix("ibtest run dom0-domu --attach\n"))
        let command = try Self.values(document, "//property[@name='command']/@value")[0]
        #expect(command.hasPrefix("HEAD") && command.hasSuffix("TAIL"))
        // Nothing is cut within a character's bytes.
        #expect(all.allSatisfy { !$0.unicodeScalars.contains("\u{fffd}") })
    }

    @Test(arguments: 0..<8)
    func cutsAreBetweenCharacters(_ offset: Int) {
        for character in ["x", "é", "€", "🚒"] {
            let text = String(repeating: "x", count: offset) + String(repeating: character, count: 70_000)
            let cut = XMLText.bounded(text)
            #expect(cut.utf8.count <= XMLText.byteLimit)
            #expect(cut.utf8.count > XMLText.byteLimit - 200)
            #expect(!cut.unicodeScalars.contains("\u{fffd}"))
            let left = cut.split(separator: "\n")[1].split(separator: " ")[1]
            let kept = cut.split(separator: "\n").enumerated().filter { $0.offset != 1 }.map(\.element.utf8.count)
                .reduce(0, +)
            #expect(Int(left) == text.utf8.count - kept)
        }
    }
}
