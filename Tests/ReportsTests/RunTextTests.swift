import Testing

@testable import Reports
@testable import Scenarios

struct RunTextTests {
    private let text = RunText(style: TextStyle(usesColor: false))

    @Test(arguments: RunSample.allCases.filter { ![.hostile, .long, .sameNames].contains($0) })
    func textIsAsRecorded(_ sample: RunSample) throws {
        try GoldenFile.check(text.text(sample.result), "run-\(sample.rawValue).txt")
    }

    @Test func summaryIsAsRecorded() throws {
        let results = RunSample.allCases.filter { ![.hostile, .long].contains($0) }.map(\.result)
        try GoldenFile.check(text.summary(results, seconds: 200.06), "run-summary.txt")
    }

    @Test(
        arguments: [
            ([.passed], "1 run: 1 passed [20.0s]\n"), ([.error], "1 run: 0 passed, 1 error [20.0s]\n"),
            ([.passed, .passed], "2 runs: 2 passed [20.0s]\n"),
            (
                [.interrupted, .passed],
                "STOPPED  dom0-domu\n2 runs: 1 passed, 1 stopped [20.0s]\n"
            ), ([], "0 runs: 0 passed [20.0s]\n"),
        ] as [([RunSample], String)])
    func summaryCounts(_ samples: [RunSample], _ expected: String) {
        #expect(text.summary(samples.map(\.result), seconds: 20) == expected)
    }

    @Test func nothingSteersTheTerminal() {
        let result = RunSample.hostile.result
        for written in [text.text(result), text.summary([result, result], seconds: .nan)] {
            let controls = written.unicodeScalars.filter {
                ($0.value < 0x20 && $0 != "\n") || (0x7f...0x9f).contains($0.value)
            }
            #expect(controls.isEmpty)
        }
    }

    @Test func longLinesAreShownShort() {
        let lines = text.text(RunSample.long.result).split(separator: "\n")
        #expect(lines.allSatisfy { $0.unicodeScalars.count < 600 })
        #expect(lines.count == 17)
        #expect(lines.contains { $0.hasSuffix("… (39509 characters more)") })
    }

    @Test func colourAddsNothingButEscapes() {
        for sample in RunSample.allCases where sample != .long {
            var colored = RunText(style: TextStyle(usesColor: true)).text(sample.result)
            for code in ["1;31", "1;32", "1;33", "0"] { colored = colored.split(separator: "\u{1b}[\(code)m").joined() }
            #expect(colored == text.text(sample.result))
        }
    }

    @Test(arguments: [
        (0.04, "0.0s"), (0.05, "0.1s"), (59.96, "60.0s"), (-1, "0.0s"), (.nan, "0.0s"), (.infinity, "0.0s"),
    ])
    func secondsHaveOneDecimal(_ value: Double, _ expected: String) {
        #expect(RunText.seconds(value) == expected)
    }
}
