import Foundation
import Testing

@testable import ImageBuilder

/// The examples as the program is called for them: what upstream accepts is accepted, what it refuses is an error.
struct ExampleStatusTests {
    @Test(arguments: ExampleTests.accepted)
    func acceptedAsUpstreamDoes(example: ExampleTests.Example) throws {
        let files = try TestBuild()
        let config = TestBuild.golden.appendingPathComponent("examples/\(example.name).config").path
        var words = ["generate", "-c", config, "-d", ".", "-t", example.load, "--compat", "2023.2"]
        words += (example.base.map { ["-o", $0] } ?? []) + (example.prefix.map { ["-p", $0] } ?? [])
        words += (example.makesFIT ? ["-f"] : []) + (example.shell ? ["--allow-shell"] : [])
        let run = try files.program(words)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.hasPrefix("Generated uboot "))
        guard !example.name.hasPrefix("16") else { return }
        let base = example.base ?? "boot"
        #expect(try files.text("\(base).source") == (try example.recorded()))
    }

    @Test(arguments: [
        "e1-refused-dom0-keys-without-dom0", "e2-refused-too-little-memory", "e3-refused-xencmd-and-dom0mem",
    ])
    func refusedAsUpstreamDoes(name: String) throws {
        let files = try TestBuild()
        let config = TestBuild.golden.appendingPathComponent("examples/\(name).config").path
        for further in [[], ["--compat", "2023.2"]] {
            let run = try files.program(["generate", "-c", config, "-d", ".", "-t", "tftp"] + further)
            // Upstream's third one ends with 0, which no program could notice.
            #expect(run.status == (name.hasPrefix("e2") ? 1 : 2))
            #expect(run.output == "" && !run.errors.isEmpty)
            #expect(!FileManager.default.fileExists(atPath: files.folder + "/boot.source"))
        }
    }
}
