import Foundation
import Testing

@testable import Reports
@testable import Scenarios

struct RunEventJSONTests {
    private static let json = RunEventJSON()

    private static func objects(_ bytes: [UInt8]) throws -> [[String: Any]] {
        #expect(bytes.last == UInt8(ascii: "\n"))
        return try bytes.split(separator: UInt8(ascii: "\n")).map { line in
            try #require(try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any])
        }
    }

    @Test func streamBeginsWithSchemaAndEndsWithSummary() throws {
        let results = RunSample.allCases.map(\.result)
        var bytes: [UInt8] = []
        for result in results {
            bytes += Self.json.started(result.scenario) + Self.json.happened(.phase("script", 1), in: result.scenario)
            bytes += Self.json.happened(.seen(domain: "dom0", text: RunSample.nastyText, .nan), in: result.scenario)
            bytes += Self.json.finished(result)
        }
        bytes += Self.json.summary(results, seconds: 2)
        let objects = try Self.objects(bytes)
        #expect(objects.count == 4 * results.count + 1)
        #expect(objects.first?["schema"] as? Int == 1)
        #expect(objects.allSatisfy { $0["schema"] as? Int == 1 && $0["event"] is String })
        #expect(objects.prefix(4).map { $0["event"] as? String } == ["started", "phase", "seen", "finished"])
        #expect(objects.last?["event"] as? String == "summary")
        #expect(objects.dropLast().allSatisfy { $0["event"] as? String != "summary" })
    }

    @Test func summaryHasEachVerdict() throws {
        let results = [RunSample.passed, .failed, .failedByLimit].map(\.result)
        let summary = try Self.objects(Self.json.summary(results, seconds: 2))
        #expect(summary.first?["counts"] as? [String: Int] == ["passed": 1, "failed": 2, "error": 0, "interrupted": 0])
        #expect(summary.first?["seconds"] as? Double == 2)
    }

    @Test func eventsAreAsRecorded() throws {
        let name = "dom0-domu"
        let bytes =
            Self.json.started(name) + Self.json.happened(.phase("hypervisor", 1.5), in: name)
            + Self.json.happened(.seen(domain: "dom0", text: "HELLO \"x\"", 4.5), in: name)
            + Self.json.finished(RunSample.failed.result) + Self.json.summary([RunSample.failed.result], seconds: 12.5)
        try GoldenFile.check(String(decoding: bytes, as: UTF8.self), "events.jsonl")
    }

    @Test(arguments: RunSample.allCases.filter { $0 != .hostile })
    func resultComesBack(_ sample: RunSample) throws {
        struct Finished: Codable { var result: RunResult }
        let line = Self.json.finished(sample.result)
        #expect(line.count { $0 == UInt8(ascii: "\n") } == 1)
        let result = try JSONDecoder().decode(Finished.self, from: Data(line)).result
        #expect(result.failure == sample.result.failure)
        #expect(result.checks == sample.result.checks)
        #expect(result.files == sample.result.files)
        #expect(Self.json.finished(result) == line)
    }

    /// What JSON has no number for must not lose the event.
    @Test func timeThatIsNoNumberIsAText() throws {
        let event = try Self.objects(Self.json.happened(.phase("script", .infinity), in: "x")).first
        #expect(event?["seconds"] as? String == "inf")
    }
}
