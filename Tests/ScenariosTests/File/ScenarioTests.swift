import Foundation
import Testing

@testable import Scenarios

struct ScenarioTests {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    private static let good = """
        artifacts:
          xen: {file: xen}
        config: config
        expect:
          dom0: [HELLO]
        """

    private func error(_ text: String) -> String {
        do throws(ScenarioError) {
            _ = try Scenario(text: Array(text.utf8), path: "s.yaml", name: "s")
            return ""
        } catch {
            return error.description
        }
    }

    @Test func smallestScenarioHasDefaults() throws {
        let scenario = try Scenario(text: Array(Self.good.utf8), path: "dir/s.yaml", name: "s")
        #expect(scenario.board == "qemu-arm64-virt")
        #expect(scenario.target == .xen)
        #expect(scenario.boot == .script)
        #expect(scenario.folder == "dir")
        #expect(scenario.limits == Scenario.Limits())
        #expect(scenario.expectations.map(\.domain) == ["dom0"])
    }

    @Test func everyKindOfExpectationIsRead() throws {
        let text = Self.good.replacing(
            "[HELLO]", with: "[a, {text: b}, {match: 'c+'}, {fact: d}, {fact: {match: e}}, {never: f}]")
        let scenario = try Scenario(text: Array(text.utf8), path: "s.yaml", name: "s")
        let list = scenario.expectations[0].list
        #expect(list.map(\.order) == [.inOrder, .inOrder, .inOrder, .anytime, .anytime, .never])
        #expect(list.map(\.pattern.description) == ["\"a\"", "\"b\"", "/c+/", "\"d\"", "/e/", "\"f\""])
    }

    @Test(arguments: [
        ("expect:", "expekt:", "s.yaml:4:1: unknown key 'expekt', did you mean 'expect'?"),
        (
            "  dom0:", "  dmo0:",
            "s.yaml:5:3: expect.dmo0: unknown domain 'dmo0', expected firmware, xen, dom0 or a domain "
                + "such as domU0, did you mean 'dom0'?"
        ),
        (
            "config: config", "config: c\nscript: s",
            "s.yaml:3:9: config: expected either a config or a script, found both"
        ),
        ("config: config", "boot: fit", "s.yaml:5:3: expect: expected a config or a script, found neither"),
        (
            "config: config", "script: s\nboot: fit",
            "s.yaml:3:9: script: a FIT is made from a config, not from a script"
        ),
        (
            "config: config", "config: config\nboot: tfpt",
            "s.yaml:4:7: boot: unknown value 'tfpt', did you mean 'tftp'?"
        ),
        (
            "config: config", "config: config\nlimits: {silence: 0}",
            "s.yaml:4:19: limits.silence: expected 1 to 86400 seconds, found 0"
        ),
        ("config: config", "config: config\nmachine: {gic: 4}", "s.yaml:4:16: machine.gic: expected 2 or 3, found 4"),
        (
            "config: config", "config: config\nfirmware: zen",
            "s.yaml:4:11: firmware: no artifact 'zen', did you mean 'xen'?"
        ),
        (
            "{file: xen}", "{file: xen, gzip: x}",
            "s.yaml:2:26: artifacts.xen.gzip: expected one of package, file, initramfs, assembly, gzip, device-tree or "
                + "key, found 2 of them"
        ),
        ("{file: xen}", "{file: xen, path: x}", "s.yaml:2:26: artifacts.xen.path: 'path' belongs to a package only"),
        (
            "{file: xen}", "{file: xen, sha256: abc}",
            "s.yaml:2:28: artifacts.xen.sha256: expected 64 hexadecimal digits in lower case, found 'abc'"
        ),
        ("{file: xen}", "{gzip: y}", "s.yaml:2:8: artifacts.xen: no artifact 'y'"),
        ("xen: {file", "../xen: {file", "s.yaml:2:3: artifacts.../xen: '../xen' is no name of a file inside a folder"),
        (
            "[HELLO]", "[{match: '('}]",
            "s.yaml:5:18: expect.dom0.[0].match: no regular expression: Unmatched ( or \\("
        ),
        (
            "[HELLO]", "[{match: '\\d+'}]",
            "s.yaml:5:18: expect.dom0.[0].match: a POSIX expression has no '\\d', write [0-9]"
        ),
        ("[HELLO]", "[{never: x}]", "s.yaml:5:3: expect: expected at least one text that some domain writes"),
        ("[HELLO]", "['']", "s.yaml:5:10: expect.dom0.[0]: an empty text is in every line"),
    ])
    func mistakeHasItsPlace(_ old: String, _ new: String, _ message: String) {
        #expect(error(Self.good.replacing(old, with: new)) == message)
    }

    @Test func shippedScenariosCanBeRead() throws {
        let search = ScenarioSearch(folders: [Self.root.appending(path: "scenarios").path])
        #expect(!search.names.isEmpty)
        for name in search.names { #expect(try search.scenario(name).name == name) }
    }

    @Test func referenceScenarioFitsInFifteenLines() throws {
        let path = Self.root.appending(path: "scenarios/dom0-domu/scenario.yaml")
        #expect(try String(contentsOf: path, encoding: .utf8).split(separator: "\n").count <= 15)
    }

    @Test(arguments: ["", "/", "/.", "/../tiny-2", "/scenario.yaml", "/../tiny-2/./scenario.yaml", "/../tiny-2/."])
    func scenarioIsNamedAfterItsFolder(_ end: String) throws {
        let folder = Self.root.appending(path: "scenarios/tiny-2").path
        #expect(try ScenarioSearch().scenario(folder + end).name == "tiny-2")
    }

    @Test func unknownNameHasANearOne() {
        let search = ScenarioSearch(folders: [Self.root.appending(path: "scenarios").path])
        #expect(throws: ScenarioError("unknown scenario 'dom0-dmou', did you mean 'dom0-domu'?")) {
            try search.scenario("dom0-dmou")
        }
    }

    @Test(arguments: 0..<300)
    func anyTextIsReadOrRefused(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var text = Array(Self.good.utf8)
        for _ in 0..<Int.random(in: 1...8, using: &random) {
            let place = Int.random(in: 0..<text.count, using: &random)
            text[place] = UInt8.random(in: 0...255, using: &random)
        }
        _ = try? Scenario(text: text, path: "s.yaml", name: "s")
    }
}
