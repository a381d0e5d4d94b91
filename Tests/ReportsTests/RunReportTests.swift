import Foundation
import FoundationXML
import Reports
import Testing

@testable import Scenarios

struct RunReportTests {
    private static func result(_ status: RunResult.Status) -> RunResult {
        var result = RunResult(scenario: "dom0less", status: status, seconds: 12.34, folder: "out/dom0less")
        result.checks = [
            .init(domain: "dom0", text: "HELLO", isSeen: true, line: 3, seconds: 4.5, guestSeconds: 2),
            .init(domain: "dom0", text: "HELLO", isSeen: true, line: 4, seconds: 4.6, guestSeconds: 2),
            .init(domain: "domU0", text: "<b> & \"q\" \u{1b}[6n", isSeen: status == .passed),
        ]
        result.files = [.init(name: "xen", sha256: "00", origin: "package")]
        result.commandLine = "qemu -M 'a & b'"
        guard status == .failed else { return result }
        result.failure = RunResult.Failure(
            kind: .script, phase: "script", domain: nil, cause: "the TFTP server has no file \"Image\"",
            places: ["boot.source:3:1", "firmware.log:124"], consequence: "Xen panics: Could not set up domain domU0",
            consequencePlace: "xen.log:23", limit: nil, evidence: ["firmware:123: TFTP error: 'File not found' (1)"])
        result.findings = [.init(rule: "UB-X", severity: "error", message: "no such file", place: "boot.source:3:1")]
        return result
    }

    private let text = RunText(style: TextStyle(usesColor: false))

    @Test func passedBootIsOneLine() {
        #expect(text.text(Self.result(.passed)) == "PASS  dom0less  [12.3s]\n")
    }

    @Test func failedBootSaysItsFirstCause() {
        #expect(
            text.text(Self.result(.failed)) == """
                FAIL  dom0less  [12.3s]  phase script
                  cause        the TFTP server has no file "Image"  boot.source:3:1, firmware.log:124
                  consequence  Xen panics: Could not set up domain domU0  xen.log:23
                  not reached  domU0: "<b> & "q" \\x1b[6n"
                  log          firmware:123: TFTP error: 'File not found' (1)
                  simulation   boot.source:3:1: error: no such file [UB-X]
                  logs         out/dom0less/
                  rerun        ibtest run dom0less

                """)
    }

    @Test func summaryCounts() {
        let results = [Self.result(.passed), Self.result(.failed)]
        #expect(text.summary(results, seconds: 20) == "2 scenarios: 1 passed, 1 failed [20.0s]\n")
    }

    @Test func reportIsXMLWithUniqueCases() throws {
        let document = try XMLDocument(
            data: Data(JUnitReport([Self.result(.passed), Self.result(.failed)]).text.utf8), options: [])
        let cases = try document.nodes(forXPath: "//testcase").compactMap { $0 as? XMLElement }
        let names = cases.map {
            ($0.attribute(forName: "classname")?.stringValue ?? "") + " "
                + ($0.attribute(forName: "name")?.stringValue ?? "")
        }
        #expect(Array(names.prefix(3)) == ["dom0less.boot boot", "dom0less.dom0 HELLO", "dom0less.dom0 HELLO (2)"])
        #expect(names[3] == "dom0less.domU0 <b> & \"q\" \u{fffd}[6n")
        #expect(try document.nodes(forXPath: "//failure").count == 1)
        #expect(try document.nodes(forXPath: "//skipped").count == 1)
        #expect(try document.nodes(forXPath: "//testsuite[2]/@failures").first?.stringValue == "1")
    }

    @Test func eventsAreLinesOfJSON() throws {
        let json = RunEventJSON()
        let bytes =
            json.started("a") + json.happened(.phase("script", 1), in: "a") + json.finished(Self.result(.failed))
            + json.summary([Self.result(.failed)], seconds: 2)
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        #expect(lines.count == 4)
        for line in lines {
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            #expect(object?["schema"] as? Int == 1)
        }
    }
}
