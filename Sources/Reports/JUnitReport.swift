public import Scenarios

/// Results as JUnit's XML, as Jenkins' schema has it: a suite for each scenario, a class for each of its domains.
public struct JUnitReport {
    private static let textLimit = 60_000

    private let results: [RunResult]

    /// A report of some results.
    public init(_ results: [RunResult]) {
        self.results = results
    }

    /// The document in UTF-8.
    public var text: String {
        var lines = ["<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<testsuites>"]
        for result in results { lines += suite(result) }
        lines.append("</testsuites>")
        return lines.joined(separator: "\n") + "\n"
    }

    private func suite(_ result: RunResult) -> [String] {
        let cases = self.cases(result)
        let failures = cases.count { $0.element == "failure" }
        let errors = cases.count { $0.element == "error" }
        let skipped = cases.count { $0.element == "skipped" }
        var lines = [
            "  <testsuite name=\"\(Self.attribute(result.scenario))\" tests=\"\(cases.count)\" failures=\"\(failures)\" "
                + "errors=\"\(errors)\" skipped=\"\(skipped)\" time=\"\(Self.seconds(result.seconds))\">",
            "    <properties>",
        ]
        for (name, value) in properties(result) {
            lines.append("      <property name=\"\(Self.attribute(name))\" value=\"\(Self.attribute(value))\"/>")
        }
        lines.append("    </properties>")
        for item in cases {
            let head =
                "    <testcase classname=\"\(Self.attribute(item.className))\" name=\"\(Self.attribute(item.name))\" "
                + "time=\"\(Self.seconds(item.seconds))\""
            guard let element = item.element else {
                lines.append(head + "/>")
                continue
            }
            lines.append(head + ">")
            if element == "skipped" {
                lines.append("      <skipped message=\"\(Self.attribute(item.message))\"/>")
            } else {
                lines.append(
                    "      <\(element) message=\"\(Self.attribute(item.message))\" type=\"\(Self.attribute(item.kind))\">"
                        + "\(Self.escaped(item.body))</\(element)>")
            }
            lines.append("    </testcase>")
        }
        lines.append("  </testsuite>")
        return lines
    }

    private struct Case {
        var className: String
        var name: String
        var seconds: Double
        var element: String?
        var message = ""
        var kind = ""
        var body = ""
    }

    /// One case for the boot, which fails as a whole, and one for each text that came or did not.
    private func cases(_ result: RunResult) -> [Case] {
        var boot = Case(className: "\(result.scenario).boot", name: "boot", seconds: result.seconds)
        if result.status != .passed {
            boot.element = result.status == .failed ? "failure" : "error"
            boot.message = result.failure?.cause ?? "interrupted"
            boot.kind = result.failure?.kind.rawValue ?? "interrupted"
            boot.body = RunText(style: TextStyle(usesColor: false)).text(result)
        }
        var cases = [boot]
        var names: Set<String> = []
        var counts: [String: Int] = [:]
        for check in result.checks {
            var item = Case(
                className: "\(result.scenario).\(check.domain)", name: check.text, seconds: check.seconds ?? 0)
            let key = "\(item.className) \(item.name)"
            if !names.insert(key).inserted {
                counts[key, default: 1] += 1
                item.name += " (\(counts[key] ?? 0))"
            }
            if !check.isSeen {
                // The boot is what failed; what it did not reach is no failure of its own.
                item.element = "skipped"
                item.message = "not reached"
            }
            cases.append(item)
        }
        return cases
    }

    private func properties(_ result: RunResult) -> [(String, String)] {
        var list = [("command", result.commandLine)]
        if let emulator = result.emulator { list.append(("qemu", emulator)) }
        for file in result.files {
            list.append(("sha256 \(file.name)", file.sha256))
            list.append(("origin \(file.name)", file.origin))
        }
        return list
    }

    private static func seconds(_ value: Double) -> String {
        let thousandths = Int((max(0, value) * 1000).rounded())
        let fraction = String(thousandths % 1000)
        return "\(thousandths / 1000).\(String(repeating: "0", count: 3 - fraction.count))\(fraction)"
    }

    private static func attribute(_ text: String) -> String { escaped(text, isAttribute: true) }

    /// Without what XML 1.0 forbids; the middle of a long text is left out.
    private static func escaped(_ text: String, isAttribute: Bool = false) -> String {
        var text = text
        if text.utf8.count > textLimit {
            text = text.prefix(textLimit / 3) + "\n(…)\n" + text.suffix(textLimit / 3)
        }
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\n" where isAttribute, "\t" where isAttribute: result += "&#\(scalar.value);"
            case "\n", "\t": result.unicodeScalars.append(scalar)
            case "\u{fffe}", "\u{ffff}": result += "\u{fffd}"
            case _ where scalar.value < 0x20: result += "\u{fffd}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
