import Testing
import UBoot
import Verifier

@testable import Reports

struct FindingTextTests {
    private static let findings = [
        Finding(rule: "A", severity: .error, message: "m"), Finding(rule: "B", severity: .warning, message: "m"),
        Finding(rule: "C", severity: .warning, message: "m"), Finding(rule: "D", severity: .info, message: "m"),
    ]

    @Test(arguments: [
        (0..<0, "no findings"), (0..<1, "1 error"), (0..<3, "1 error, 2 warnings"), (2..<4, "1 warning, 1 remark"),
    ])
    func summaryCounts(_ range: Range<Int>, _ text: String) {
        #expect(FindingText.summary(Array(Self.findings[range])) == text)
    }
}

struct TextFormTests {
    @Test(arguments: [
        (0, "0 B"), (1023, "1023 B"), (1024, "1 KiB"), (1536, "1.5 KiB"), (0x1f6_dfc0, "31.4 MiB"), (1 << 30, "1 GiB"),
        (UInt64.max, "16777215 TiB"),
    ])
    func lengthsAreShort(_ count: UInt64, _ text: String) {
        #expect(byteCount(count) == text)
    }
}
